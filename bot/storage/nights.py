"""Storage of quiz nights."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import NightId, PlayerId, QuestionId, RoundId, SpaceId
from bot.domain.night import Asked, Night
from bot.domain.standings import Score
from bot.ports import Nights
from bot.storage import tables as t
from bot.storage.responses import is_given


class SqlNights(Nights):
    """`bot.ports.Nights` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def add(self, night: Night) -> None:
        await self._connection.execute(sa.insert(t.nights), asdict(night))

    @override
    async def find(self, night_id: NightId) -> Night | None:
        row = (await self._connection.execute(sa.select(t.nights).where(t.nights.c.id == night_id))).one_or_none()
        return Night(**row._mapping) if row else None

    @override
    async def lock_if_there(self, night_id: NightId) -> Night | None:
        return await self._one(t.nights.c.id == night_id)

    @override
    async def here(self, space_id: SpaceId, channel: str) -> Night | None:
        here = t.nights.c.space_id == space_id, t.nights.c.channel == channel
        return await self._one(*here, t.nights.c.ended_at.is_(None))

    @override
    async def going_on(self, adapters: Collection[str]) -> list[NightId]:
        found = await self._connection.scalars(_GOING_ON, {"adapters": list(adapters)})
        return [NightId(night_id) for night_id in found]

    @override
    async def stop(self, night_id: NightId) -> None:
        await self._connection.execute(sa.update(t.nights).where(t.nights.c.id == night_id).values(stops=True))

    @override
    async def save_ended(self, night_id: NightId, at: datetime) -> None:
        await self._connection.execute(sa.update(t.nights).where(t.nights.c.id == night_id).values(ended_at=at))

    @override
    async def give_up(self, space_id: SpaceId, channel: str | None, at: datetime) -> None:
        here = [t.nights.c.space_id == space_id, t.nights.c.ended_at.is_(None)]
        if channel is not None:
            here.append(t.nights.c.channel == channel)
        await self._connection.execute(sa.update(t.nights).where(*here).values(ended_at=at))

    @override
    async def asked(self, night_id: NightId) -> list[Asked]:
        rows = await self._connection.execute(_ASKED, {"night": night_id})
        return [Asked(round_id=RoundId(one), opened_at=o, closed_at=c, answered=n) for one, o, c, n in rows]

    @override
    async def questions(self, night_id: NightId) -> set[QuestionId]:
        asked = sa.select(t.rounds.c.question_id).where(t.rounds.c.night_id == night_id)
        return {QuestionId(question_id) for question_id in await self._connection.scalars(asked)}

    @override
    async def missing(self, night_id: NightId, round_id: RoundId) -> int | None:
        this = t.answers.c.round_id == round_id
        players = (
            sa.select(t.answers.c.player_id, sa.func.max(sa.case((this, 1), else_=0)).label("here"))
            .join_from(t.answers, t.rounds, t.answers.c.round_id == t.rounds.c.id)
            .where(t.rounds.c.night_id == night_id, is_given)
            .group_by(t.answers.c.player_id)
            .having(sa.func.max(sa.case((this, 0), else_=1)) == 1)
            .subquery()
        )
        row = (await self._connection.execute(sa.select(sa.func.count(), sa.func.sum(players.c.here)))).one()
        return row[0] - int(row[1]) if row[0] else None

    @override
    async def scores(self, night_id: NightId) -> list[Score]:
        rows = await self._connection.execute(
            sa.select(
                t.players.c.id,
                t.players.c.name,
                sa.cast(sa.func.sum(t.answers.c.points), sa.BigInteger),
                sa.func.sum(sa.case((t.answers.c.correct, 1), else_=0)),
                sa.func.count(),
            )
            .join_from(t.answers, t.rounds, t.answers.c.round_id == t.rounds.c.id)
            .join(t.players, t.players.c.id == t.answers.c.player_id)
            .where(t.rounds.c.night_id == night_id, t.answers.c.points.is_not(None), is_given)
            .group_by(t.players.c.id, t.players.c.name)
        )
        return [
            Score(player_id=PlayerId(player), name=name, points=points, right=right, answered=answered)
            for player, name, points, right, answered in rows
        ]

    async def _one(self, *where: sa.ColumnElement[bool]) -> Night | None:
        row = (await self._connection.execute(sa.select(t.nights).where(*where).with_for_update())).one_or_none()
        return Night(**row._mapping) if row else None


_GOING_ON = (
    sa.select(t.nights.c.id)
    .join_from(t.nights, t.spaces, t.nights.c.space_id == t.spaces.c.id)
    .where(
        t.nights.c.ended_at.is_(None),
        t.spaces.c.left_at.is_(None),
        t.spaces.c.adapter.in_(sa.bindparam("adapters")),
    )
    .order_by(t.nights.c.id)
)
_ASKED = (
    sa.select(t.rounds.c.id, t.rounds.c.opened_at, t.rounds.c.closed_at, sa.func.count(t.answers.c.player_id))
    .select_from(t.rounds.outerjoin(t.answers, sa.and_(t.answers.c.round_id == t.rounds.c.id, is_given)))
    .where(t.rounds.c.night_id == sa.bindparam("night"))
    .group_by(t.rounds.c.id)
    .order_by(t.rounds.c.id)
)
