"""Storage of spaces."""

from collections.abc import Callable, Collection
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import LeagueId, Space, SpaceId, TeamId
from bot.domain.quick import Allowed, QuickRule
from bot.ports import Spaces
from bot.storage import league_moves
from bot.storage import tables as t
from bot.storage.slices import in_slices
from bot.storage.upsert import insert

_COLUMNS = [column for column in t.spaces.c if column.name in {field.name for field in fields(Space)}]
_THIS = sa.select(*_COLUMNS).where(t.spaces.c.id == sa.bindparam("this"))
_LOCKED = _THIS.with_for_update(key_share=True)  # other transactions may still refer to it
_KNOWN_AS = sa.select(*_COLUMNS).where(
    t.spaces.c.adapter == sa.bindparam("adapter"), t.spaces.c.external_id == sa.bindparam("external_id")
)
_WEEKLY_DUE = (
    sa.select(t.spaces.c.id)
    .where(
        t.spaces.c.weekly_next_at <= sa.bindparam("now"),
        t.spaces.c.left_at.is_(None),
        t.spaces.c.adapter.in_(sa.bindparam("adapters")),
    )
    .order_by(t.spaces.c.weekly_next_at, t.spaces.c.league_id, t.spaces.c.id)
)

CHANNELS = (
    t.spaces.c.weekly_channel,
    t.spaces.c.quick_channel,
    t.series.c.channel,
    t.rounds.c.channel,
    t.posts.c.channel,
    t.suggestions.c.channel,
    t.hosts.c.channel,
    t.nights.c.channel,
)
"""The columns that name a channel where the bot does something."""


class SqlSpaces(Spaces):
    """`bot.ports.Spaces` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection, new_id: Callable[[], int]) -> None:
        self._connection = connection
        self._new_id = new_id

    @override
    async def known_as(self, adapter: str, external_id: str) -> Space | None:
        return await self._space(_KNOWN_AS, adapter=adapter, external_id=external_id)

    @override
    async def get(self, space_id: SpaceId) -> Space:
        return _there(await self.find(space_id), space_id)

    @override
    async def find(self, space_id: SpaceId) -> Space | None:
        return await self._space(_THIS, this=space_id)

    @override
    async def lock(self, space_id: SpaceId) -> Space:
        return _there(await self.lock_if_there(space_id), space_id)

    @override
    async def lock_if_there(self, space_id: SpaceId) -> Space | None:
        return await self._space(_LOCKED, this=space_id)

    async def _space(self, query: sa.Select[Any], **values: object) -> Space | None:
        row = (await self._connection.execute(query, values)).one_or_none()
        return Space(**row._mapping) if row else None

    @override
    async def add(self, space: Space) -> None:
        await self._connection.execute(sa.insert(t.spaces), asdict(space))

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
        due = {"now": now, "adapters": list(adapters)}
        return await in_slices(self._connection, _WEEKLY_DUE, due, SpaceId)

    @override
    async def set_weekly_next(self, space_id: SpaceId, at: datetime) -> None:
        this = t.spaces.c.id == space_id
        await self._connection.execute(sa.update(t.spaces).where(this).values(weekly_next_at=at))

    @override
    async def set_weekly_channel(self, space_id: SpaceId, channel: str | None) -> None:
        this = t.spaces.c.id == space_id
        await self._connection.execute(sa.update(t.spaces).where(this).values(weekly_channel=channel))

    @override
    async def set_language(self, space_id: SpaceId, language: str) -> None:
        this = t.spaces.c.id == space_id
        await self._connection.execute(sa.update(t.spaces).where(this).values(language=language))

    @override
    async def quick_rule(self, space_id: SpaceId) -> QuickRule:
        rule = sa.select(t.spaces.c.quick_allowed, t.spaces.c.quick_channel).where(t.spaces.c.id == space_id)
        row = (await self._connection.execute(rule)).one()
        return QuickRule(allowed=Allowed(row.quick_allowed), channel=row.quick_channel)

    @override
    async def set_quick_rule(self, space_id: SpaceId, rule: QuickRule) -> None:
        new = {"quick_allowed": rule.allowed, "quick_channel": rule.channel}
        await self._connection.execute(sa.update(t.spaces).where(t.spaces.c.id == space_id).values(new))

    @override
    async def digests_due(self, adapters: Collection[str]) -> list[SpaceId]:
        there = t.spaces.c.left_at.is_(None), t.spaces.c.adapter.in_(adapters)
        due = sa.select(t.spaces.c.id).where(t.spaces.c.digest_week.is_not(None), *there).order_by(t.spaces.c.id)
        return [SpaceId(space_id) for space_id in await self._connection.scalars(due)]

    @override
    async def digest_week(self, space_id: SpaceId) -> date | None:
        week = sa.select(t.spaces.c.digest_week).where(t.spaces.c.id == space_id)
        monday: date | None = await self._connection.scalar(week)
        return monday

    @override
    async def set_digest_week(self, space_id: SpaceId, monday: date | None) -> None:
        this = t.spaces.c.id == space_id
        await self._connection.execute(sa.update(t.spaces).where(this).values(digest_week=monday))

    @override
    async def begin_weeks(self, space_id: SpaceId, at: datetime) -> None:
        unplanned = t.spaces.c.id == space_id, t.spaces.c.weekly_next_at.is_(None)
        await self._connection.execute(sa.update(t.spaces).where(*unplanned).values(weekly_next_at=at))

    @override
    async def in_charge(self, space_id: SpaceId) -> str | None:
        this = t.in_charge.c.space_id == space_id
        return await self._connection.scalar(sa.select(t.in_charge.c.account).where(this))

    @override
    async def put_in_charge(self, space_id: SpaceId, account: str) -> None:
        row = insert(self._connection, t.in_charge).values(space_id=space_id, account=account)
        latest = row.on_conflict_do_update(index_elements=["space_id"], set_={"account": account})
        await self._connection.execute(latest)

    @override
    async def move_channel(self, space_id: SpaceId, old: str, new: str) -> None:
        there = t.hosts.alias()
        is_there = sa.exists().where(
            there.c.space_id == space_id,
            there.c.channel == new,
            there.c.account == t.hosts.c.account,
            there.c.group_id == t.hosts.c.group_id,
        )
        twice = sa.delete(t.hosts).where(t.hosts.c.space_id == space_id, t.hosts.c.channel == old, is_there)
        await self._connection.execute(twice)
        for column in CHANNELS:
            owner = column.table.c.id if column.table is t.spaces else column.table.c.space_id
            here = owner == space_id, column == old
            await self._connection.execute(sa.update(column.table).where(*here).values({column: new}))

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


def _there(space: Space | None, space_id: SpaceId) -> Space:
    if space is None:
        raise LookupError(f"there is no space {space_id}")
    return space
