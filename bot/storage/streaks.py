"""Count how many days in a row players have answered: from their totals of single days, and from answers to cards.

`bot.domain.streaks` says which days count.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import and_
from typing import NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import LeagueId, PlayerId
from bot.domain.ledger import day_name
from bot.domain.rounds import Reveal
from bot.domain.streaks import DAYS_OF_WEEK, Streak, first_missed_of_weeks, latest_within_a_week, unbroken
from bot.storage import tables as t
from bot.storage.parts import parts
from bot.storage.responses import is_given
from bot.storage.unhurried import unhurried

_WEEKS_FIRST = 2
_WEEKS_AFTERWARDS = 8
"""How many weeks one query reads: up to 56 days, the bits of one number, so that each player needs a single row."""
_DOUBTFUL_FIRST = 4
"""How many days without an answer are looked up at first: enough to find a missed day behind a weekend."""


async def streaks(
    connection: AsyncConnection,
    league_id: LeagueId,
    player_ids: Collection[PlayerId],
    day: date,
    *,
    is_over: bool = False,
    is_asked: bool = False,
) -> dict[PlayerId, Streak]:
    """Count players' days in a row up to ``day`` in a league; leave out those with none.

    If the day ``is_over``, it can be frozen. If it ``is_asked``, it has a question that counts, even if that is open
    and counts only once it has closed. Most streaks are short and a few go back for years, so each further query
    reads earlier weeks of unbroken ones only.
    """
    found: dict[PlayerId, int] = {}
    frozen: dict[PlayerId, tuple[date, int]] = {}
    going_on: Collection[PlayerId] = player_ids
    timetable = await _timetable(connection, league_id) if player_ids else None
    last, weeks = day, _WEEKS_FIRST
    while timetable is not None and going_on:
        number = last.weekday() + 1 + DAYS_OF_WEEK * (weeks - 1)
        answered = dict.fromkeys(going_on, 0) | await _answered(connection, league_id, going_on, last, number)
        asked = await _asked(connection, timetable, answered.values(), last, number)
        asked |= is_asked and last == day
        going_on = []
        async for player_id, days in unhurried(answered.items()):
            skipped = first_missed_of_weeks(days, asked, last.weekday()) if timetable.freezes else 0
            if last == day and not is_over:
                skipped &= ~1
            length, goes_on = unbroken(days, asked & ~skipped)
            if last == day and (frost := latest_within_a_week(skipped, days, asked)):
                ago, newer = frost
                frozen[player_id] = day - timedelta(days=ago), newer
            if length:
                found[player_id] = found.get(player_id, 0) + length
            if goes_on:
                going_on.append(player_id)
        last, weeks = last - timedelta(days=number), _WEEKS_AFTERWARDS
    return {
        player_id: Streak(days=length, frozen=_told(frozen.get(player_id), length))
        for player_id, length in found.items()
    }


def _told(frozen: tuple[date, int] | None, length: int) -> date | None:
    """Return a frozen day, unless all days of the streak come after it, so that it saved nothing."""
    return frozen[0] if frozen and frozen[1] < length else None


class _Timetable(NamedTuple):
    """When series of a league asked: ``since`` is the first local day; None: they never did.

    ``freezes``: whether the first missed day of a week ends no streak.
    """

    league_id: LeagueId
    zone: ZoneInfo
    since: date | None
    freezes: bool


async def _timetable(connection: AsyncConnection, league_id: LeagueId) -> _Timetable:
    asked = first_asked(league_id).scalar_subquery()
    query = sa.select(t.leagues.c.zone, t.leagues.c.streak_freeze, asked).where(t.leagues.c.id == league_id)
    name, freezes, first = (await connection.execute(query)).one()
    zone = ZoneInfo(name)
    return _Timetable(league_id, zone, first.astimezone(zone).date() if first else None, freezes)


async def _asked(
    connection: AsyncConnection, timetable: _Timetable, answered: Collection[int], last: date, number: int
) -> int:
    """Return which of ``number`` days up to ``last`` count, with bits as in `_answered`, as far as that matters.

    Days on which everybody answered aren't looked up, nor those before the last one that each player missed; whether
    that one is frozen depends on its whole week, so with a freeze all others are.
    """
    by_all = reduce(and_, answered)
    doubtful = [ago for ago in range(number) if not by_all >> ago & 1]
    asked = 0
    at_once = len(doubtful) if timetable.freezes else _DOUBTFUL_FIRST
    for some in (doubtful[:at_once], doubtful[at_once:]):
        days = {last - timedelta(days=ago): 1 << ago for ago in some}
        without = await _without_question(connection, timetable, days)
        asked |= sum(bit for day, bit in days.items() if day not in without)
        if all(asked & ~one for one in answered):
            break
    return asked


async def _without_question(connection: AsyncConnection, timetable: _Timetable, days: Collection[date]) -> set[date]:
    """Return the days since a league's first series on which none of its series asked."""
    zone = timetable.zone
    planned = [day for day in days if timetable.since is not None and day >= timetable.since]
    spans = [(_midnight(day, zone), _midnight(day + timedelta(days=1), zone)) for day in planned]
    found = (await connection.execute(asked_in(timetable.league_id, spans))).one() if spans else ()
    return {day for day, is_asked in zip(planned, found, strict=True) if not is_asked}


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def first_asked(league_id: LeagueId) -> sa.Select[tuple[datetime | None]]:
    """Select when a series first asked in a league."""
    return sa.select(sa.func.min(t.rounds.c.opened_at)).where(
        t.rounds.c.league_id == league_id, t.rounds.c.series_id.is_not(None)
    )


def asked_in(league_id: LeagueId, spans: Sequence[tuple[datetime, datetime]]) -> sa.Select[tuple[bool, ...]]:
    """Select for each span of time whether a series of a league asked a question in it that counts."""
    counts = (
        t.rounds.c.league_id == league_id,
        t.rounds.c.series_id.is_not(None),
        t.questions.c.id == t.rounds.c.question_id,
        t.questions.c.withdrawn.is_(False),
        sa.or_(t.rounds.c.reveal != Reveal.AT_CLOSE, t.rounds.c.closed_at.is_not(None)),
    )
    return sa.select(
        *(
            sa.exists().where(*counts, t.rounds.c.opened_at >= since, t.rounds.c.opened_at < until)
            for since, until in spans
        )
    )


async def _answered(
    connection: AsyncConnection, league_id: LeagueId, player_ids: Collection[PlayerId], last: date, number: int
) -> dict[PlayerId, int]:
    """Return on which of ``number`` days players answered: the lowest bit is ``last``, the next the day before it."""
    bits = {day_name(last - timedelta(days=ago)): 1 << ago for ago in range(number)}
    days = sa.cast(sa.func.sum(sa.case(bits, value=t.totals.c.period)), sa.BigInteger)
    answered: dict[PlayerId, int] = {}
    for part in parts(list(player_ids)):
        rows = await connection.execute(
            sa.select(t.totals.c.player_id, days)
            .where(t.totals.c.league_id == league_id, t.totals.c.period.in_(bits), t.totals.c.player_id.in_(part))
            .group_by(t.totals.c.player_id)
        )
        answered |= {PlayerId(player_id): on for player_id, on in rows}
        for player_id, day in await connection.execute(card_days(league_id, part, last, number)):
            answered[player_id] = answered.get(player_id, 0) | bits[day_name(day)]
    return answered


def card_days(
    league_id: LeagueId, player_ids: Collection[PlayerId], last: date, number: int
) -> sa.Select[tuple[PlayerId, date]]:
    """Select on which of ``number`` days players answered cards: no total has these, because cards aren't scored."""
    until = datetime.combine(last + timedelta(days=2), time(), UTC)  # later than that day's end in any time zone
    return (
        sa.select(t.answers.c.player_id, t.answers.c.day)
        .distinct()
        .join_from(t.rounds, t.answers)
        .where(
            t.rounds.c.league_id == league_id,
            t.rounds.c.kind == sa.literal_column("'card'", sa.Text),  # as in the index
            t.rounds.c.opened_at < until,
            t.rounds.c.key_text.is_not(None),  # a withdrawn question counts for nothing
            t.answers.c.player_id.in_(player_ids),
            t.answers.c.day.between(last - timedelta(days=number - 1), last),
            is_given,
        )
    )
