"""When people learn the verdict in a series that doesn't say."""

from bot.domain.identity import SpaceId
from bot.domain.rounds import Reveal
from bot.ports import Unit


async def usual_reveal(unit: Unit, space_id: SpaceId) -> Reveal:
    """Return when a space's new series tell the verdict, unless a host says otherwise.

    That is at the close if its league has teams: the first to answer could tell the others what is right.
    """
    league_id = (await unit.spaces.get(space_id)).league_id
    return Reveal.AT_CLOSE if await unit.people.teams(league_id) else Reveal.ON_ANSWER
