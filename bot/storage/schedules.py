"""Storage of series."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.errors import NotFound
from bot.domain.identity import SeriesId, SpaceId
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.series import Series, Supply, Timetable
from bot.domain.words import describe_days, parse_days, parse_time
from bot.i18n import gettext as _
from bot.ports import Schedules
from bot.storage import tables as t
from bot.storage.slices import in_slices

_LIVE = sa.select(t.series).where(~t.series.c.removed)
_THIS = _LIVE.where(t.series.c.id == sa.bindparam("this"))
_LOCKED = _THIS.with_for_update()
_ALL = _LIVE.order_by(t.series.c.id)
_IN_SPACE = _ALL.where(t.series.c.space_id == sa.bindparam("space"))
_IN_CHANNEL = _IN_SPACE.where(t.series.c.channel == sa.bindparam("channel"))
_DUE = (
    sa.select(t.series.c.id)
    .join_from(t.series, t.spaces)
    .where(
        t.series.c.next_at <= sa.bindparam("now"),
        ~t.series.c.removed,
        t.spaces.c.left_at.is_(None),
        t.spaces.c.adapter.in_(sa.bindparam("adapters")),
    )
    .order_by(t.series.c.next_at)
)


class SqlSchedules(Schedules):
    """`bot.ports.Schedules` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def add(self, series: Series) -> None:
        await self._connection.execute(sa.insert(t.series), _row(series))

    @override
    async def change(self, series: Series) -> None:
        await self._connection.execute(sa.update(t.series).where(t.series.c.id == series.id).values(_row(series)))

    @override
    async def get(self, series_id: SeriesId) -> Series:
        return _there(await self._one(_THIS, series_id), series_id)

    @override
    async def lock(self, series_id: SeriesId) -> Series:
        return _there(await self.lock_if_there(series_id), series_id)

    @override
    async def lock_if_there(self, series_id: SeriesId) -> Series | None:
        return await self._one(_LOCKED, series_id)

    @override
    async def all(self, space_id: SpaceId | None = None, channel: str | None = None) -> list[Series]:
        query = _ALL if space_id is None else _IN_SPACE if channel is None else _IN_CHANNEL
        here = {"space": space_id, "channel": channel}
        return [_series(row) for row in await self._connection.execute(query, here)]

    @override
    async def is_quiet(self, series_id: SeriesId) -> bool:
        return bool(await self._connection.scalar(sa.select(t.series.c.quiet).where(t.series.c.id == series_id)))

    @override
    async def set_next(self, series_id: SeriesId, at: datetime | None) -> None:
        await self._connection.execute(sa.update(t.series).where(t.series.c.id == series_id).values(next_at=at))

    @override
    async def set_supply(self, series_id: SeriesId, supply: Supply) -> None:
        await self._connection.execute(sa.update(t.series).where(t.series.c.id == series_id).values(supply=supply))

    @override
    async def remove(self, series_id: SeriesId) -> None:
        await self._connection.execute(
            sa.update(t.series).where(t.series.c.id == series_id).values(removed=True, next_at=None)
        )

    @override
    async def due(self, now: datetime, adapters: Collection[str]) -> list[SeriesId]:
        due = {"now": now, "adapters": list(adapters)}
        return await in_slices(self._connection, _DUE, due, SeriesId)

    async def _one(self, query: sa.Select[tuple[object, ...]], series_id: SeriesId) -> Series | None:
        row = (await self._connection.execute(query, {"this": series_id})).one_or_none()
        return _series(row) if row else None


def _series(row: sa.Row[tuple[object, ...]]) -> Series:
    r = row._mapping
    return Series(
        id=SeriesId(r["id"]),
        space_id=SpaceId(r["space_id"]),
        channel=r["channel"],
        timetable=Timetable(
            at=parse_time(r["local_time"]),
            zone=r["zone"],
            days=parse_days(r["days"]),
            every=r["every"],
            anchor=r["anchor"],
            holidays=frozenset(map(date.fromisoformat, r["holidays"])),
        ),
        name=r["name"],
        bank=r["bank"],
        topic=r["topic"],
        weights=r["weights"],
        difficulty=r["difficulty"],
        answer_with=AnswerWith(r["answer_with"]),
        reveal=Reveal(r["reveal"]),
        close_after=None if r["close_after_s"] is None else timedelta(seconds=r["close_after_s"]),
        thread=r["thread"],
        quiet=r["quiet"],
        together=r["together"],
        cards=r["cards"],
        next_at=r["next_at"],
        supply=Supply(r["supply"]),
        set_by=r["set_by"] or "",
        mention=r["mention"] or "",
    )


def _row(series: Series) -> dict[str, object]:
    return {
        "id": series.id,
        "space_id": series.space_id,
        "channel": series.channel,
        "local_time": f"{series.timetable.at:%H:%M}",
        "zone": series.timetable.zone,
        "days": describe_days(series.timetable.days),
        "every": series.timetable.every,
        "anchor": series.timetable.anchor,
        "holidays": sorted(map(date.isoformat, series.timetable.holidays)),
        "name": series.name,
        "bank": series.bank,
        "topic": series.topic,
        "weights": dict(series.weights),
        "difficulty": series.difficulty,
        "answer_with": series.answer_with,
        "reveal": series.reveal,
        "close_after_s": None if series.close_after is None else int(series.close_after.total_seconds()),
        "thread": series.thread,
        "quiet": series.quiet,
        "together": series.together,
        "cards": series.cards,
        "next_at": series.next_at,
        "supply": series.supply,
        "set_by": series.set_by or None,
        "mention": series.mention or None,
        "removed": False,
    }


def _there(series: Series | None, series_id: SeriesId) -> Series:
    if series is None:
        raise NotFound(_("There is no series {id}.").format(id=series_id))
    return series
