"""Let people choose whether results may name them among the fastest."""

from collections.abc import Sequence

from bot.domain.identity import Member
from bot.ports import Unit
from bot.services.core import Core


async def may_be_named(core: Core, members: Sequence[Member]) -> bool:
    """Whether these accounts of one person may be named; those who never chose may."""

    async def work(unit: Unit) -> bool:
        known = [player for member in members if (player := await unit.people.player(member))]
        return all(player.among_fastest for player in await unit.people.players(known))

    return await core.storage.read(work)


async def let_be_named(core: Core, members: Sequence[Member], *, named: bool) -> None:
    """Store whether these accounts of one person may be named, for every result from the next one on."""

    async def work(unit: Unit) -> None:
        for member in members:
            player = await unit.people.ensure_player(member)
            await unit.people.set_among_fastest(player, allowed=named)

    await core.storage.write(work)
