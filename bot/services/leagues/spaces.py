"""Make spaces and their leagues when an adapter first meets them, and look them up."""

from itertools import chain, count

from bot.domain.identity import LeagueId, Space, SpaceId
from bot.domain.leagues import League
from bot.domain.names import shown
from bot.ports import Unit
from bot.services.core import Core


async def ensure_space(core: Core, adapter: str, external_id: str, name: str, zone: str) -> Space:
    """Return the space that an adapter knows by this id; a new space gets its own league, with days in ``zone``."""

    async def work(unit: Unit) -> Space:
        known = await unit.spaces.known_as(adapter, external_id)
        return known or await make_space(core, unit, adapter, external_id, name, zone)

    return await core.storage.write(work)


async def make_space(core: Core, unit: Unit, adapter: str, external_id: str, name: str, zone: str) -> Space:
    """Make a space with a league of its own, in the caller's transaction."""
    league_id = LeagueId(core.ids.next())
    called = shown(name) or external_id
    space = Space(
        id=SpaceId(core.ids.next()),
        adapter=adapter,
        external_id=external_id,
        name=called,
        league_id=league_id,
        language=core.language,
    )
    await unit.leagues.add(League(id=league_id, name=await free_league_name(unit, space), zone=zone))
    await unit.spaces.add(space)
    return space


async def league_of(unit: Unit, space_id: SpaceId) -> League:
    """Return the league that a space is in now."""
    return await unit.leagues.get((await unit.spaces.get(space_id)).league_id)


async def free_league_name(unit: Unit, space: Space) -> str:
    """Return a name for a space's own league: the space's name, or a longer one if that is taken."""
    taken = {league.name for league in await unit.leagues.all()}
    numbered = (f"{space.name} ({number})" for number in count(2))
    names = chain((space.name, f"{space.name} ({space.adapter} {space.external_id})"), numbered)
    return next(name for name in names if name not in taken)
