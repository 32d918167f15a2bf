"""How long players have answered day after day, read from their totals of single days."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from itertools import chain, repeat, takewhile

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import LeagueId, PlayerId
from bot.storage import tables as t
from bot.storage.ledger import day_name
from bot.storage.parts import parts

_DAYS_AT_ONCE = (14, 60)
_DAYS_AFTERWARDS = 400


async def streaks(
    connection: AsyncConnection, league_id: LeagueId, player_ids: Collection[PlayerId], day: date
) -> dict[PlayerId, int]:
    """The days in a row with an answer in a league that end on ``day``; without those who didn't answer on it.

    Most streaks are short, and a few go back for years: further back only those are read that aren't broken yet.
    """
    found: dict[PlayerId, int] = {}
    unbroken: Collection[PlayerId] = player_ids
    for days_at_once in chain(_DAYS_AT_ONCE, repeat(_DAYS_AFTERWARDS)):
        if not unbroken:
            return found
        days = [day_name(day - timedelta(days=ago)) for ago in range(days_at_once)]
        answered = await _answered(connection, league_id, unbroken, days)
        lengths = {player_id: _length(days, on) for player_id, on in answered.items() if days[0] in on}
        for player_id, length in lengths.items():
            found[player_id] = found.get(player_id, 0) + length
        unbroken = [player_id for player_id, length in lengths.items() if length == days_at_once]
        day -= timedelta(days=days_at_once)
    return found


async def _answered(
    connection: AsyncConnection, league_id: LeagueId, player_ids: Collection[PlayerId], days: Iterable[str]
) -> dict[PlayerId, set[str]]:
    answered: dict[PlayerId, set[str]] = {}
    for part in parts(list(player_ids)):
        rows = await connection.execute(
            sa.select(t.totals.c.player_id, t.totals.c.period).where(
                t.totals.c.league_id == league_id, t.totals.c.period.in_(days), t.totals.c.player_id.in_(part)
            )
        )
        for player_id, name in rows:
            answered.setdefault(PlayerId(player_id), set()).add(name)
    return answered


def _length(days: Iterable[str], answered: Collection[str]) -> int:
    return sum(1 for _day in takewhile(answered.__contains__, days))
