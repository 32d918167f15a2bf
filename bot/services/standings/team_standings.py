"""Rate the teams of a league in any stretch of time."""

import asyncio
from dataclasses import replace
from datetime import date
from functools import partial

from bot.domain.leagues import BEGINNING, League
from bot.domain.standings import Standing
from bot.domain.stretches import Stretch
from bot.domain.team_race import Membership, Sums, periods_after, race
from bot.ports import Unit


async def team_standings(unit: Unit, league: League, stretch: Stretch, today: date) -> list[Standing]:
    """Return the league's teams that answered in a stretch, in no order and without places."""
    members = await unit.boards.memberships(league.id, [stretch.period])
    first, last = stretch.first or BEGINNING, min(stretch.last or today, today)
    if any(first < member.since <= last for member in members):
        first = max(first, await _first_asked(unit, league, today))
        members = await _since_joining(unit, league, members, first, last, today)
    rated = partial(race, members, first=first, last=last, on_demand=league.rules.team_race_on_demand)
    return await asyncio.to_thread(rated)  # of ten thousand members, it takes longer than anybody should wait


async def _first_asked(unit: Unit, league: League, today: date) -> date:
    opened = await unit.rounds.first_opened(league.id)
    return league.day(opened) if opened else today


async def _since_joining(
    unit: Unit, league: League, members: list[Membership], first: date, last: date, today: date
) -> list[Membership]:
    """Return the members; those who joined during the stretch without what they earned before."""
    sums = await unit.boards.sums_since_joining(league.id, first, periods_after(first, last, today))
    return [
        replace(member, sums=sums.get(member.player_id, Sums())) if member.since > first else member
        for member in members
    ]
