"""Let hosts open a league's standings to everybody who has the link, and close them again."""

import secrets
from dataclasses import replace

from bot.domain.identity import SpaceId
from bot.domain.leagues import League
from bot.ports import Unit
from bot.services.acting import note
from bot.services.core import Core


async def publish(core: Core, space_id: SpaceId, *, actor: str) -> str:
    """Open the standings of a space's league to everybody with the link; return the secret that the link ends with.

    If they are open already, the link stays as it is. A link from before they were closed never works again.
    """

    async def work(unit: Unit) -> str:
        league = await _locked(unit, space_id)
        if league.link_secret is not None:
            return league.link_secret
        secret = secrets.token_urlsafe(24)
        await unit.leagues.save(replace(league, link_secret=secret))
        await note(core, unit, "standings made public", f"league {league.id}", actor=actor)
        return secret

    return await core.storage.write(work)


async def unpublish(core: Core, space_id: SpaceId, *, actor: str) -> bool:
    """Close the standings to everybody but members; False if they were closed already."""

    async def work(unit: Unit) -> bool:
        league = await _locked(unit, space_id)
        if league.link_secret is None:
            return False
        await unit.leagues.save(replace(league, link_secret=None))
        await note(core, unit, "standings made private", f"league {league.id}", actor=actor)
        return True

    return await core.storage.write(work)


async def public_league(core: Core, secret: str) -> League | None:
    """Return the league that a link opens; None if the link opens none, or no longer does."""
    return await core.storage.read(lambda unit: unit.leagues.with_link_secret(secret))


async def _locked(unit: Unit, space_id: SpaceId) -> League:
    return await unit.leagues.lock((await unit.spaces.get(space_id)).league_id)
