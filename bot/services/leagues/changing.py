"""A space changes its league, with everything that is counted in it."""

import re
from collections.abc import Collection

from bot.domain.identity import LeagueId, Space, SpaceId, TeamId
from bot.domain.leagues import League
from bot.ports import AuditEntry, Unit
from bot.services.core import Core

_MOVED = "moved into league"
_LEAGUE = re.compile(r"league (\d+)")


async def move(core: Core, unit: Unit, space: Space, league_id: LeagueId) -> League:
    """Put a space into another league, in the caller's transaction, in which both leagues are locked whole.

    What was answered in it comes along and keeps its days; a league that nobody is left in is deleted.
    """
    league = await unit.leagues.get(league_id)
    brought = await unit.spaces.move(space, league.id, await _came_with_it(unit, space))
    if not await unit.spaces.of_league(space.league_id):
        await unit.leagues.remove(space.league_id, into=league.id)
    await unit.boards.rebuild(leagues=[space.league_id, league.id])
    now = core.clock.now()
    if space.weekly_next_at is not None:
        await unit.spaces.set_weekly_next(space.id, core.next_fire(league.weekly_moments, now))
    teams = " ".join(map(str, brought))
    details = f"league {league.id} from league {space.league_id}, with teams: {teams}"
    entry = AuditEntry(at=now, actor="bot", action=_MOVED, subject=f"space {space.id}", details=details)
    await unit.audit.add(entry)
    return league


async def leagues_of(unit: Unit, space: Space) -> list[LeagueId]:
    """The leagues that a space is or was in: people of it may be named there."""
    moves = await _moves(unit, space)
    return sorted(
        {space.league_id, *(LeagueId(int(number)) for entry in moves for number in _LEAGUE.findall(entry.details))}
    )


async def could_name(unit: Unit, spaces: Collection[Space]) -> set[SpaceId]:
    """The spaces where people of these may be named: those that share a league with one of them, or ever did."""
    shared = {league_id for space in spaces for league_id in await leagues_of(unit, space)}
    found = {one.id for league_id in shared for one in await unit.spaces.of_league(league_id)}
    for entry in await unit.audit.of(_MOVED):
        if shared & {int(number) for number in _LEAGUE.findall(entry.details)}:
            found.add(SpaceId(int(entry.subject.removeprefix("space "))))
    return found


async def _moves(unit: Unit, space: Space) -> list[AuditEntry]:
    return [entry for entry in await unit.audit.about(f"space {space.id}") if entry.action == _MOVED]


async def _came_with_it(unit: Unit, space: Space) -> list[TeamId]:
    """The teams that a space brought into the league that it is in, by the audit line that was left then."""
    last = (await _moves(unit, space))[-1:]
    return [TeamId(int(number)) for entry in last for number in re.findall(r"\d+", entry.details.split(":")[1])]
