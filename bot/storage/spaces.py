"""Spaces and leagues."""

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import League, LeagueId, Space, SpaceId
from bot.storage import tables as t


class SqlSpaces:
    """`bot.ports.Spaces` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, adapter: str, external_id: str) -> Space | None:
        """The space that an adapter knows by this id."""
        return await self._space(t.spaces.c.adapter == adapter, t.spaces.c.external_id == external_id)

    async def get(self, space_id: SpaceId) -> Space | None:
        """One space."""
        return await self._space(t.spaces.c.id == space_id)

    async def _space(self, *where: sa.ColumnElement[bool]) -> Space | None:
        row = (await self._connection.execute(sa.select(t.spaces).where(*where))).one_or_none()
        return Space(**row._mapping) if row else None

    async def add(self, space: Space) -> None:
        """Store a new space."""
        await self._connection.execute(sa.insert(t.spaces).values(asdict(space)))

    async def present(self, adapter: str) -> list[Space]:
        """The spaces of an adapter that the bot is in."""
        present = sa.select(t.spaces).where(t.spaces.c.adapter == adapter, t.spaces.c.left_at.is_(None))
        return [Space(**row._mapping) for row in await self._connection.execute(present)]

    async def left_before(self, moment: datetime) -> list[Space]:
        """The spaces, of all adapters, that the bot left before a moment."""
        gone = sa.select(t.spaces).where(t.spaces.c.left_at < moment)
        return [Space(**row._mapping) for row in await self._connection.execute(gone)]

    async def set_left(self, space_id: SpaceId, at: datetime | None) -> None:
        """Keep when the bot left a space; None: it is there."""
        await self._connection.execute(sa.update(t.spaces).where(t.spaces.c.id == space_id).values(left_at=at))

    async def league(self, league_id: LeagueId) -> League | None:
        """One league."""
        row = (await self._connection.execute(sa.select(t.leagues).where(t.leagues.c.id == league_id))).one_or_none()
        return League(**row._mapping) if row else None

    async def leagues(self) -> list[League]:
        """All leagues by name."""
        rows = await self._connection.execute(sa.select(t.leagues).order_by(t.leagues.c.name))
        return [League(**row._mapping) for row in rows]

    async def add_league(self, league: League) -> None:
        """Store a new league."""
        await self._connection.execute(sa.insert(t.leagues).values(asdict(league)))

    async def forget(self, space: Space) -> None:
        """Delete a space with all that is in it but its players; its league too, where it was the last one there."""
        rounds = sa.select(t.rounds.c.id).where(t.rounds.c.space_id == space.id)
        await self._connection.execute(sa.delete(t.answers).where(t.answers.c.round_id.in_(rounds)))
        banks = sa.select(t.banks.c.id).where(t.banks.c.space_id == space.id)
        questions = sa.select(t.questions.c.id).where(t.questions.c.bank_id.in_(banks))
        for table in (t.posts, t.rounds, t.series, t.team_groups):
            await self._connection.execute(sa.delete(table).where(table.c.space_id == space.id))
        await self._connection.execute(sa.delete(t.revisions).where(t.revisions.c.question_id.in_(questions)))
        await self._connection.execute(sa.delete(t.questions).where(t.questions.c.bank_id.in_(banks)))
        await self._connection.execute(sa.delete(t.banks).where(t.banks.c.space_id == space.id))
        await self._connection.execute(sa.delete(t.members).where(t.members.c.space_id == space.id))
        await self._connection.execute(sa.delete(t.spaces).where(t.spaces.c.id == space.id))
        others = await self._connection.scalar(
            sa.select(t.spaces.c.id).where(t.spaces.c.league_id == space.league_id).limit(1)
        )
        if others is None:
            for table in (t.totals, t.team_members, t.teams):
                await self._connection.execute(sa.delete(table).where(table.c.league_id == space.league_id))
            await self._connection.execute(sa.delete(t.leagues).where(t.leagues.c.id == space.league_id))
