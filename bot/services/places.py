"""Spaces and their leagues come into being when an adapter first meets them."""

from bot.domain.identity import LeagueId, Space, SpaceId
from bot.domain.leagues import League
from bot.ports import Unit
from bot.services.core import Core


async def ensure_space(core: Core, adapter: str, external_id: str, name: str, zone: str) -> Space:
    """The space that an adapter knows by this id; a new one gets a league of its own, with days in ``zone``."""

    async def work(unit: Unit) -> Space:
        known = await unit.spaces.find(adapter, external_id)
        return known or await make_space(core, unit, adapter, external_id, name, zone)

    return await core.storage.write(work)


async def make_space(core: Core, unit: Unit, adapter: str, external_id: str, name: str, zone: str) -> Space:
    """A new space with a league of its own, in the caller's transaction."""
    taken = {league.name for league in await unit.leagues.all()}
    league_name = name if name not in taken else f"{name} ({adapter} {external_id})"
    league = League(id=LeagueId(core.ids.next()), name=league_name, zone=zone)
    await unit.leagues.add(league)
    space = Space(id=SpaceId(core.ids.next()), adapter=adapter, external_id=external_id, name=name, league_id=league.id)
    await unit.spaces.add(space)
    return space
