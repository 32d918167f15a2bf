"""Record that the bot joins or leaves spaces, and delete the data of those that it left long ago."""

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.domain.identity import Space, SpaceId
from bot.ports import HOSTS, Post, Unit
from bot.rendering.notices import welcome
from bot.services.acting import note
from bot.services.core import Core
from bot.services.leagues.spaces import make_space
from bot.services.rounds.closing import close, renew_results

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


async def forget_departed(core: Core, retention: timedelta) -> None:
    """Delete all data of spaces that the bot left longer ago than ``retention``, with an audit line for each."""
    now = core.clock.now()
    for space in await core.storage.read(lambda unit: unit.spaces.left_before(now - retention)):
        await _forget(core, space.id, now)


async def _forget(core: Core, space_id: SpaceId, now: datetime) -> None:
    async def work(unit: Unit) -> None:
        space = await unit.spaces.lock_if_there(space_id)
        if space is None or space.left_at is None:  # it was invited again, or another process was first
            return
        unknown_in = await unit.spaces.spaces_that_may_name([space_id]) - {space_id}
        await renew_results(unit, await unit.spaces.forget(space, unknown_in, now), now)
        await note(core, unit, "space deleted", f"space {space_id}", space.adapter)
        _log.info("space_deleted", space_id=space_id)

    await core.storage.write(work)
    core.forgotten()
    core.wake()
