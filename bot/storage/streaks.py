"""Count how many days in a row players have answered: from their totals of single days, and from answers to cards."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, repeat

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import LeagueId, PlayerId
from bot.domain.ledger import day_name
from bot.storage import tables as t
from bot.storage.parts import parts
from bot.storage.responses import is_given

_DAYS_FIRST = 14
_DAYS_AFTERWARDS = 60
"""How many days one query reads. They come as the bits of one number, so that each player needs a single row."""


async def streaks(
    connection: AsyncConnection, league_id: LeagueId, player_ids: Collection[PlayerId], day: date
) -> dict[PlayerId, int]:
    """Count the days in a row, ending on ``day``, on which players answered in a league; leave out those with none.

    Most streaks are short and a few go back for years, so each further query reads earlier days of unbroken ones only.
    """
    found: dict[PlayerId, int] = {}
    unbroken: Collection[PlayerId] = player_ids
    for number in chain([_DAYS_FIRST], repeat(_DAYS_AFTERWARDS)):
        if not unbroken:
            return found
        answered = await _answered(connection, league_id, unbroken, day, number)
        lengths = {player_id: length for player_id, days in answered.items() if (length := _ones(days))}
        for player_id, length in lengths.items():
            found[player_id] = found.get(player_id, 0) + length
        unbroken = [player_id for player_id, length in lengths.items() if length == number]
        day -= timedelta(days=number)
    return found


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


def _ones(bits: int) -> int:
    """Count how many of the lowest bits are 1 before the first 0."""
    return (~bits & (bits + 1)).bit_length() - 1
