"""Record that the bot joins or leaves spaces; `bot.services.forgetting` deletes those that it left long ago."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.domain.identity import Member, Space
from bot.domain.series import Series
from bot.i18n import use_language
from bot.ports import HOSTS, Post, Unit
from bot.rendering.notices import back_again, welcome
from bot.services.core import Core
from bot.services.leagues.spaces import make_space
from bot.services.rounds.asking import renew_closing_times
from bot.services.rounds.closing import close
from bot.services.telling import tell_hosts

LONG_AWAY = timedelta(days=7)
"""After so long an absence, series don't go on by themselves: hosts resume those that they still want."""

_log = structlog.get_logger(__name__)


async def arrive(
    core: Core,
    adapter: str,
    external_id: str,
    name: str,
    *,
    zone: str,
    channel: str | None = None,
    welcomes: bool = True,
) -> Space:
    """Record that the bot is in a space, and return the space; a new one gets its own league and a welcome message.

    In a space that the bot had left, series go on where they were, or pause if it was away for `LONG_AWAY`; its hosts
    are told what was found.

    Args:
        core: storage, clock and ids.
        adapter: the platform, which knows the space by ``external_id``.
        external_id: the platform's id of the space.
        name: what people call the space.
        zone: the IANA name of the time zone in which a new league's days begin and end.
        channel: where the welcome goes; None: to the hosts of the space.
        welcomes: whether there is somebody to welcome; if not, `greet_host` does so later.
    """
    now = core.clock.now()

    async def work(unit: Unit) -> Space:
        known = await unit.spaces.known_as(adapter, external_id)
        if known is not None:
            if known.left_at is not None:
                await unit.spaces.set_left(known.id, None)
                await _come_back(core, unit, known, now - known.left_at)
            return replace(known, left_at=None)
        space = await make_space(core, unit, adapter, external_id, name, zone)
        if welcomes:
            await _put_welcome(unit, space, channel or HOSTS, now)
        _log.info("arrived", adapter=adapter, space_id=space.id)
        return space

    return await core.write_and_deliver(work)


async def _come_back(core: Core, unit: Unit, space: Space, away: timedelta) -> None:
    """Plan the series that ran when the bot left, and tell the hosts what there is."""
    now, running, paused = core.clock.now(), [], []
    for series in await unit.schedules.all(space.id):
        if series.next_at is None:
            paused.append(series)
            continue
        coming = None if away >= LONG_AWAY else _coming(core, series, now)
        await unit.schedules.set_next(series.id, coming)
        await renew_closing_times(unit, series.id, now)
        running.append(replace(series, next_at=coming))
    await tell_hosts(core, unit, space.id, partial(back_again, away, running, paused))
    _log.info("came_back", adapter=space.adapter, space_id=space.id)


def _coming(core: Core, series: Series, now: datetime) -> datetime:
    """Return when a running series asks next; one that is paused until a date stays so."""
    if series.next_at is not None and series.next_at > now:
        return series.next_at
    return core.next_fire(series.timetable, now)


async def greet_host(core: Core, space: Space, host: Member) -> None:
    """Welcome the first host who shows up in a space that nobody is known to have set up, and put them in charge."""
    now = core.clock.now()

    async def work(unit: Unit) -> None:
        await unit.forgetting.refuse_outdated(host)
        await unit.spaces.lock(space.id)  # two hosts may show up at the same time
        if await unit.spaces.in_charge(space.id) is not None:
            return
        await unit.spaces.put_in_charge(space.id, host.external_id)
        if await unit.outbox.find(_welcome_key(space)) is None:
            await _put_welcome(unit, space, HOSTS, now)

    await core.write_and_deliver(work)


async def _put_welcome(unit: Unit, space: Space, channel: str, now: datetime) -> None:
    with use_language(space.language):
        view = welcome()
    await unit.outbox.put(Post(key=_welcome_key(space), space_id=space.id, channel=channel, view=view, posted_at=now))


def _welcome_key(space: Space) -> str:
    return f"w{space.id}"


async def depart(core: Core, adapter: str, external_id: str) -> None:
    """Record that the bot was removed from a space: it asks nothing there, and its data is deleted later."""
    now = core.clock.now()

    async def work(unit: Unit) -> None:
        space = await unit.spaces.known_as(adapter, external_id)
        if space is None or space.left_at is not None:
            return
        for round_ in await unit.rounds.open_in(space.id):  # nobody can read its reactions any more
            await close(unit, round_.id, now)
        await unit.nights.give_up(space.id, None, now)
        await unit.outbox.give_up_in(space.id, None, "the bot left")
        await unit.spaces.set_left(space.id, now)
        _log.info("departed", adapter=adapter, space_id=space.id)

    await core.storage.write(work)


async def spaces_of(core: Core, adapter: str) -> list[Space]:
    """Return the spaces of a platform that the bot is in, as far as it knows."""
    return await core.storage.read(lambda unit: unit.spaces.present(adapter))
