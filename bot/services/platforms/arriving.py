"""Record that the bot joins or leaves spaces; `bot.services.forgetting` deletes those that it left long ago."""

from dataclasses import replace

import structlog

from bot.domain.identity import Space
from bot.ports import HOSTS, Post, Unit
from bot.rendering.notices import welcome
from bot.services.core import Core
from bot.services.leagues.spaces import make_space
from bot.services.rounds.closing import close

_log = structlog.get_logger(__name__)


async def arrive(
    core: Core, adapter: str, external_id: str, name: str, *, zone: str, channel: str | None = None
) -> Space:
    """Record that the bot is in a space, and return the space; a new one gets its own league and a welcome message.

    Args:
        core: storage, clock and ids.
        adapter: the platform, which knows the space by ``external_id``.
        external_id: the platform's id of the space.
        name: what people call the space.
        zone: the IANA name of the time zone in which a new league's days begin and end.
        channel: where the welcome goes; None: to the hosts of the space.
    """
    now = core.clock.now()

    async def work(unit: Unit) -> Space:
        known = await unit.spaces.known_as(adapter, external_id)
        if known is not None:
            if known.left_at is not None:
                await unit.spaces.set_left(known.id, None)
            return replace(known, left_at=None)
        space = await make_space(core, unit, adapter, external_id, name, zone)
        await unit.outbox.put(
            Post(key=f"w{space.id}", space_id=space.id, channel=channel or HOSTS, view=welcome(), posted_at=now)
        )
        _log.info("arrived", adapter=adapter, space_id=space.id)
        return space

    return await core.write_and_deliver(work)


async def depart(core: Core, adapter: str, external_id: str) -> None:
    """Record that the bot was removed from a space: it asks nothing there any more, and its data is deleted later."""
    now = core.clock.now()

    async def work(unit: Unit) -> None:
        space = await unit.spaces.known_as(adapter, external_id)
        if space is None or space.left_at is not None:
            return
        for series in await unit.schedules.all(space.id):
            await unit.schedules.set_next(series.id, None)
        for round_ in await unit.rounds.open_in(space.id):  # nobody can read its reactions any more
            await close(unit, round_.id, now)
        await unit.outbox.give_up_in(space.id, None, "the bot left")
        await unit.spaces.set_left(space.id, now)
        _log.info("departed", adapter=adapter, space_id=space.id)

    await core.storage.write(work)


async def spaces_of(core: Core, adapter: str) -> list[Space]:
    """Return the spaces of a platform that the bot is in, as far as it knows."""
    return await core.storage.read(lambda unit: unit.spaces.present(adapter))
