"""Compute all totals from the answers, to check or rebuild the stored ones."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.grading import DAILY_CAP
from bot.domain.identity import LeagueId, PlayerId
from bot.domain.standings import Window
from bot.storage import tables as t
from bot.storage import types
from bot.storage.leagues import SqlLeagues

TOTALS_COLUMNS = ("league_id", "period", "player_id", "points", "correct", "answered", "on_demand")


async def recount(
    connection: AsyncConnection,
    *,
    leagues: Collection[LeagueId] | None = None,
    players: Collection[PlayerId] | None = None,
) -> sa.CompoundSelect[Any]:
    """Return a query for all totals (`TOTALS_COLUMNS`), or those of some leagues or players; valid in this transaction.

    The answers are read once, into a temporary table with a row for each player and day; each window sums those up.
    Another temporary table says to which week, month and season a day belongs, because SQL can't tell.
    """
    for table in (_player_days, _calendar):
        await connection.execute(sa.schema.CreateTable(table, if_not_exists=True))
        await connection.execute(sa.delete(table))
    which = _DAYS.where(*_of(leagues, players))
    await connection.execute(sa.insert(_player_days).from_select([c.name for c in _player_days.c], which))
    known = {league.id: league for league in await SqlLeagues(connection).all()}
    days = await connection.execute(sa.select(_player_days.c.league_id, _player_days.c.day).distinct())
    rows = [
        {"league_id": league_id, "day": day, "span": window, "period": known[league_id].period(window, day)}
        for league_id, day in days
        for window in Window
    ]
    if rows:
        await connection.execute(sa.insert(_calendar), rows)
    return sa.union_all(_single_days(), *(_sums(window) for window in Window if window is not Window.DAY))


_temporary = sa.MetaData()
_player_days = sa.Table(
    "player_days",
    _temporary,
    *(sa.Column(name, sa.BigInteger) for name in ("league_id", "player_id")),
    sa.Column("day", types.Day),
    *(sa.Column(name, sa.BigInteger) for name in ("points", "correct", "answered", "on_demand")),
    prefixes=["TEMPORARY"],
)
_calendar = sa.Table(
    "calendar",
    _temporary,
    sa.Column("span", sa.Text, primary_key=True),
    sa.Column("league_id", sa.BigInteger, primary_key=True),
    sa.Column("day", types.Day, primary_key=True),
    sa.Column("period", sa.Text),
    prefixes=["TEMPORARY"],
)


def _of(leagues: Collection[LeagueId] | None, players: Collection[PlayerId] | None) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if leagues is not None:  # by their rounds: there are fewer of them, and answers have an index by round
        asked = sa.select(t.rounds.c.id).where(t.rounds.c.league_id.in_(leagues))
        found.append(t.answers.c.round_id.in_(asked))
    if players is not None:
        found.append(t.answers.c.player_id.in_(players))
    return found


def capped(on_demand: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """`bot.domain.grading.capped` as an SQL expression."""
    return sa.case((on_demand > DAILY_CAP, DAILY_CAP), else_=on_demand)


_fixed = sa.func.sum(sa.case((t.answers.c.on_demand, 0), else_=t.answers.c.points))
_extra = sa.func.sum(sa.case((t.answers.c.on_demand, t.answers.c.points), else_=0))
_DAYS = (
    sa.select(
        t.answers.c.league_id,
        t.answers.c.player_id,
        t.answers.c.day,
        _fixed + capped(_extra),
        sa.func.sum(sa.case((t.answers.c.correct, 1), else_=0)),
        sa.func.count(),
        _extra,
    )
    .where(t.answers.c.points.is_not(None))
    .group_by(t.answers.c.league_id, t.answers.c.day, t.answers.c.player_id)
)


def _joined(window: Window) -> sa.FromClause:
    same_day = sa.and_(_calendar.c.league_id == _player_days.c.league_id, _calendar.c.day == _player_days.c.day)
    return _player_days.join(_calendar, sa.and_(same_day, _calendar.c.span == sa.literal_column(f"'{window}'")))


def _single_days() -> sa.Select[Any]:
    """Select the totals of single days. Only they keep on-demand points as they were before the cap."""
    days = _player_days.c
    return sa.select(
        days.league_id,
        _calendar.c.period,
        days.player_id,
        days.points,
        sa.cast(days.correct, sa.Integer),
        sa.cast(days.answered, sa.Integer),
        days.on_demand,
    ).select_from(_joined(Window.DAY))


def _sums(window: Window) -> sa.Select[Any]:
    days = _player_days.c
    return (
        sa.select(
            days.league_id,
            _calendar.c.period,
            days.player_id,
            sa.cast(sa.func.sum(days.points), sa.BigInteger),
            sa.cast(sa.func.sum(days.correct), sa.Integer),
            sa.cast(sa.func.sum(days.answered), sa.Integer),
            sa.cast(sa.func.sum(capped(days.on_demand)), sa.BigInteger),
        )
        .select_from(_joined(window))
        .group_by(days.league_id, _calendar.c.period, days.player_id)
    )
