"""Store spaces, and delete them with everything that belongs to them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import LeagueId, PlayerId, RoundId, Space, SpaceId, TeamId
from bot.ports import PostKind, Spaces
from bot.storage import league_moves, linking, naming
from bot.storage import tables as t
from bot.storage.boards import SqlBoards
from bot.storage.images import SqlImages
from bot.storage.slices import in_slices
from bot.storage.upsert import insert

_OF_A_SPACE = (
    t.posts,
    t.rounds,
    t.series,
    t.team_groups,
    t.members,
    t.league_requests,
    t.former_leagues,
    t.closed_channels,
)
"""The tables whose rows are deleted with a space; a table comes before those that it refers to."""

_COLUMNS = [column for column in t.spaces.c if column.name in {field.name for field in fields(Space)}]


class SqlSpaces(Spaces):
    """`bot.ports.Spaces` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection, new_id: Callable[[], int]) -> None:
        self._connection = connection
        self._new_id = new_id

    @override
    async def known_as(self, adapter: str, external_id: str) -> Space | None:
        this = t.spaces.c.adapter == adapter, t.spaces.c.external_id == external_id
        return await self._space(sa.select(*_COLUMNS).where(*this))

    @override
    async def get(self, space_id: SpaceId) -> Space:
        return _there(await self.find(space_id), space_id)

    @override
    async def find(self, space_id: SpaceId) -> Space | None:
        return await self._space(sa.select(*_COLUMNS).where(t.spaces.c.id == space_id))

    @override
    async def lock(self, space_id: SpaceId) -> Space:
        return _there(await self.lock_if_there(space_id), space_id)

    @override
    async def lock_if_there(self, space_id: SpaceId) -> Space | None:
        this = sa.select(*_COLUMNS).where(t.spaces.c.id == space_id)
        return await self._space(this.with_for_update(key_share=True))  # other transactions may still refer to it

    async def _space(self, query: sa.Select[Any]) -> Space | None:
        row = (await self._connection.execute(query)).one_or_none()
        return Space(**row._mapping) if row else None

    @override
    async def add(self, space: Space) -> None:
        await self._connection.execute(sa.insert(t.spaces).values(asdict(space)))

    @override
    async def of_league(self, league_id: LeagueId) -> list[Space]:
        here = sa.select(*_COLUMNS).where(t.spaces.c.league_id == league_id).order_by(t.spaces.c.id)
        return [Space(**row._mapping) for row in await self._connection.execute(here)]

    @override
    async def present(self, adapter: str) -> list[Space]:
        present = sa.select(*_COLUMNS).where(t.spaces.c.adapter == adapter, t.spaces.c.left_at.is_(None))
        return [Space(**row._mapping) for row in await self._connection.execute(present)]

    @override
    async def left_before(self, moment: datetime) -> list[Space]:
        gone = sa.select(*_COLUMNS).where(t.spaces.c.left_at < moment)
        return [Space(**row._mapping) for row in await self._connection.execute(gone)]

    @override
    async def set_left(self, space_id: SpaceId, at: datetime | None) -> None:
        await self._connection.execute(sa.update(t.spaces).where(t.spaces.c.id == space_id).values(left_at=at))

    @override
    async def weekly_due(self, now: datetime, adapters: Collection[str]) -> list[SpaceId]:
        due = (
            sa.select(t.spaces.c.id)
            .where(t.spaces.c.weekly_next_at <= now, t.spaces.c.left_at.is_(None), t.spaces.c.adapter.in_(adapters))
            .order_by(t.spaces.c.weekly_next_at, t.spaces.c.league_id, t.spaces.c.id)
        )
        return await in_slices(self._connection, due, SpaceId)

    @override
    async def set_weekly_next(self, space_id: SpaceId, at: datetime) -> None:
        this = t.spaces.c.id == space_id
        await self._connection.execute(sa.update(t.spaces).where(this).values(weekly_next_at=at))

    @override
    async def set_weekly_channel(self, space_id: SpaceId, channel: str | None) -> None:
        this = t.spaces.c.id == space_id
        await self._connection.execute(sa.update(t.spaces).where(this).values(weekly_channel=channel))

    @override
    async def begin_weeks(self, space_id: SpaceId, at: datetime) -> None:
        unplanned = t.spaces.c.id == space_id, t.spaces.c.weekly_next_at.is_(None)
        await self._connection.execute(sa.update(t.spaces).where(*unplanned).values(weekly_next_at=at))

    @override
    async def spaces_that_may_name(self, space_ids: Collection[SpaceId]) -> set[SpaceId]:
        return await league_moves.spaces_that_may_name(self._connection, space_ids)

    @override
    async def add_closed_channel(self, space_id: SpaceId, channel: str) -> None:
        closed = insert(self._connection, t.closed_channels).values(space_id=space_id, channel=channel)
        await self._connection.execute(closed.on_conflict_do_nothing())

    @override
    async def was_closed(self, space_id: SpaceId, channel: str) -> bool:
        this = t.closed_channels.c.space_id == space_id, t.closed_channels.c.channel == channel
        return await self._connection.scalar(sa.select(t.closed_channels.c.channel).where(*this)) is not None

    @override
    async def move(self, space: Space, league_id: LeagueId) -> list[TeamId]:
        """Move a space to another league with its rounds, answers and teams; return the teams that it brings."""
        return await league_moves.move(self._connection, self._new_id, space, league_id)

    @override
    async def forget(self, space: Space, unknown_in: Collection[SpaceId], at: datetime) -> list[RoundId]:
        people = await self._people(space)
        rounds = sa.select(t.rounds.c.id).where(t.rounds.c.space_id == space.id)
        await self._delete(t.answers, t.answers.c.round_id.in_(rounds))
        cards = set(await self._cards(t.posts.c.space_id == space.id))
        linked = await self._also_elsewhere(space)
        posts = sa.select(t.posts.c.key).where(t.posts.c.space_id == space.id)
        await self._delete(t.post_names, t.post_names.c.post_key.in_(posts))
        for table in _OF_A_SPACE:
            await self._delete(table, table.c.space_id == space.id)
        brought = sa.update(t.teams).where(t.teams.c.brought_by == space.id)
        await self._connection.execute(brought.values(brought_by=None, own_name=None))
        await self._keep(linked, space)
        nowhere = sa.select(t.players.c.id).where(~sa.exists().where(t.members.c.player_id == t.players.c.id))
        for table in (t.totals, t.team_members):
            await self._delete(table, table.c.player_id.in_(nowhere))
        results = await naming.forget(self._connection, people, unknown_in, at)
        await self._delete(t.players, t.players.c.id.in_(nowhere))
        await linking.forget_dead_ends(self._connection)
        league_spaces = sa.select(t.spaces.c.id).where(t.spaces.c.league_id == space.league_id)
        cards.difference_update(await self._cards(t.posts.c.space_id.in_(league_spaces)))
        await SqlImages(self._connection).drop(cards)
        await self._forget_banks(space.id)
        await self._delete(t.spaces, t.spaces.c.id == space.id)
        if await self._connection.scalar(sa.select(t.spaces.c.id).where(t.spaces.c.league_id == space.league_id)):
            return results
        await self._forget_shared(t.shared_questions.c.league_id == space.league_id)
        for table in (t.totals, t.team_members, t.teams, t.season_names, t.seasons, t.league_requests):
            await self._delete(table, table.c.league_id == space.league_id)
        await self._delete(t.leagues, t.leagues.c.id == space.league_id)
        return results

    async def _people(self, space: Space) -> list[PlayerId]:
        """Return everybody with an account here; on PostgreSQL, no new post names them until this transaction ends."""
        here = sa.select(t.members.c.player_id).where(t.members.c.space_id == space.id)
        them = sa.select(t.players.c.id).where(t.players.c.id.in_(here)).order_by("id").with_for_update()
        return [PlayerId(player_id) for player_id in await self._connection.scalars(them)]

    async def _also_elsewhere(self, space: Space) -> set[PlayerId]:
        """Return the players with an account here and in another space."""
        other = t.members.alias()
        both = sa.select(t.members.c.player_id).join(other, other.c.player_id == t.members.c.player_id)
        here = t.members.c.space_id == space.id, other.c.space_id != space.id
        return {PlayerId(player_id) for player_id in await self._connection.scalars(both.where(*here))}

    async def _keep(self, linked: Collection[PlayerId], space: Space) -> None:
        """Keep players who have other accounts: update their teams, names and totals without the account here."""
        if not linked:
            return
        in_league = (
            sa.select(t.members.c.player_id)
            .join(t.spaces, t.spaces.c.id == t.members.c.space_id)
            .where(t.spaces.c.league_id == space.league_id)
        )
        theirs = t.team_members.c.league_id == space.league_id, t.team_members.c.player_id.in_(linked)
        await self._delete(t.team_members, sa.and_(*theirs, t.team_members.c.player_id.not_in(in_league)))
        await linking.name_by_account(self._connection, linked)
        await SqlBoards(self._connection).rebuild(players=linked)

    async def _forget_shared(self, where: sa.ColumnElement[bool]) -> None:
        """Delete shared questions; the rounds that asked them keep their answers."""
        these = sa.select(t.shared_questions.c.id).where(where)
        await self._connection.execute(
            sa.update(t.rounds).where(t.rounds.c.shared_id.in_(these)).values(shared_id=None)
        )
        await self._delete(t.shared_questions, where)

    async def _cards(self, where: sa.ColumnElement[bool]) -> Iterable[str]:
        """Return the pictures of weekly and season posts, which the spaces of a league share."""
        cards = t.posts.c.kind.in_([PostKind.WEEK, PostKind.SEASON]), t.posts.c.image.is_not(None)
        return await self._connection.scalars(sa.select(t.posts.c.image).where(where, *cards))

    async def _forget_banks(self, space_id: SpaceId) -> None:
        banks = sa.select(t.banks.c.id).where(t.banks.c.space_id == space_id)
        asked_elsewhere = sa.exists().where(t.rounds.c.question_id == t.questions.c.id)
        await self._leave_behind(banks, asked_elsewhere)
        questions = sa.select(t.questions.c.id).where(t.questions.c.bank_id.in_(banks), ~asked_elsewhere)
        theirs = t.revisions.c.question_id.in_(questions)
        pictures = sa.select(t.revisions.c.image).where(theirs, t.revisions.c.image.is_not(None)).distinct()
        digests = list(await self._connection.scalars(pictures))
        await self._delete(t.revisions, theirs)
        await SqlImages(self._connection).drop(digests)
        await self._forget_shared(t.shared_questions.c.question_id.in_(questions))
        await self._delete(t.questions, sa.and_(t.questions.c.bank_id.in_(banks), ~asked_elsewhere))
        for bank_id, heir in await self._heirs(space_id):
            name = f"former {bank_id}"  # the heir may have a bank with the old name, and needn't know it
            left = {"space_id": heir, "name": name, "folded_name": name, "title": name, "notes": [], "findings": []}
            await self._connection.execute(sa.update(t.banks).where(t.banks.c.id == bank_id).values(left))
        await self._delete(t.banks, t.banks.c.space_id == space_id)

    async def _leave_behind(self, banks: sa.Select[tuple[int]], asked_elsewhere: sa.ColumnElement[bool]) -> None:
        """Withdraw the questions that other spaces were asked: their rounds need them, but nobody may draw them."""
        await self._connection.execute(
            sa.update(t.questions)
            .where(t.questions.c.bank_id.in_(banks), asked_elsewhere)
            .values(withdrawn=True, status="withdrawn", after_id=None)
        )

    async def _heirs(self, space_id: SpaceId) -> Sequence[tuple[int, int]]:
        """Return the space's banks with questions that another space was asked, each with one such space."""
        found = await self._connection.execute(
            sa.select(t.banks.c.id, sa.func.min(t.rounds.c.space_id))
            .join(t.questions, t.questions.c.bank_id == t.banks.c.id)
            .join(t.rounds, t.rounds.c.question_id == t.questions.c.id)
            .where(t.banks.c.space_id == space_id)
            .group_by(t.banks.c.id)
        )
        return [(bank_id, heir) for bank_id, heir in found]

    async def _delete(self, table: sa.Table, where: sa.ColumnElement[bool]) -> None:
        await self._connection.execute(sa.delete(table).where(where))


def _there(space: Space | None, space_id: SpaceId) -> Space:
    if space is None:
        raise LookupError(f"there is no space {space_id}")
    return space
