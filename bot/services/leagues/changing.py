"""Move a space to another league, with everything that counts there."""

from bot.domain.identity import LeagueId, Space
from bot.domain.leagues import League
from bot.ports import Unit
from bot.services.acting import note
from bot.services.core import Core


async def move(core: Core, unit: Unit, space: Space, league_id: LeagueId) -> League:
    """Put a space into another league, in the caller's transaction, which has locked both leagues whole.

    The space's answers come along and keep their days; a league that is left without spaces is deleted.
    """
    league = await unit.leagues.get(league_id)
    brought = await unit.spaces.move(space, league.id)
    if not await unit.spaces.of_league(space.league_id):
        await unit.leagues.remove(space.league_id, into=league.id)
    await unit.boards.rebuild(leagues=[space.league_id, league.id])
    if space.weekly_next_at is not None:
        await unit.spaces.set_weekly_next(space.id, core.next_fire(league.weekly_moments, core.clock.now()))
    teams = " ".join(map(str, brought))
    details = f"league {league.id} from league {space.league_id}, with teams: {teams}"
    await note(core, unit, "moved into league", f"space {space.id}", details)
    return league
