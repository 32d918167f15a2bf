"""Suggest values for a command's option while somebody types it."""

import asyncio
from collections.abc import Iterable
from functools import cache
from zoneinfo import available_timezones

from bot.domain.commands import Option, ValueSource
from bot.domain.identity import Space
from bot.ports import Unit
from bot.services.banks.storing import names_of
from bot.services.core import Core

MOST = 25
"""The most suggestions: platforms show no more."""

_PATIENCE_S = 2.5
"""How long to wait for the turn to look suggestions up, in seconds: platforms show none that come later."""


async def suggest(core: Core, space: Space, option: Option, typed: str) -> list[str]:
    """Return up to `MOST` values of an option that match the typed text, best first."""
    if option.choices:
        return _fitting(option.choices, typed)
    if option.completed_from is ValueSource.ZONES:
        return _fitting(await asyncio.to_thread(zones), typed)
    return _fitting(await _looked_up(core, space, option.completed_from), typed)


@cache
def zones() -> tuple[str, ...]:
    """Return all time zones. They come from many files, so they are read only once."""
    return tuple(sorted(available_timezones()))


async def _looked_up(core: Core, space: Space, source: ValueSource | None) -> list[str]:
    """Look values up, for one space at a time: each letter typed asks again, and a large bank takes a while.

    Nothing is suggested if the space's turn doesn't come in time.
    """
    turns = core.turns
    try:
        async with (
            asyncio.timeout(_PATIENCE_S) as patience,
            turns.of(("suggestions", space.id)),
            turns.of("suggestions"),
        ):
            patience.reschedule(None)  # cancelled, the read would go on, and the next one would begin beside it
            return await core.storage.read(lambda unit: _known(unit, space, source))
    except TimeoutError:
        return []


async def _known(unit: Unit, space: Space, source: ValueSource | None) -> list[str]:
    match source:
        case ValueSource.BANKS:
            return names_of(await unit.banks.summaries(space.id))
        case ValueSource.TOPICS:
            return await unit.banks.topics(space.id)
        case ValueSource.TEAMS:
            now = await unit.spaces.find(space.id)  # it may have changed its league
            return [team.name for team in await unit.people.teams(now.league_id)] if now else []
        case _:
            return []


def _fitting(values: Iterable[str], typed: str) -> list[str]:
    """Return values that begin with the typed text, then those with a word that does, then those that contain it."""
    wanted = typed.strip().casefold().replace(" ", "_")

    def rank(value: str) -> int | None:
        folded = value.casefold().replace(" ", "_")
        if folded.startswith(wanted):
            return 0
        if any(word.startswith(wanted) for word in folded.replace("/", "_").split("_")):
            return 1
        return 2 if wanted in folded else None

    ranked = [(tier, value) for value in values if (tier := rank(value)) is not None]
    return [value for _tier, value in sorted(ranked, key=lambda pair: pair[0])][:MOST]
