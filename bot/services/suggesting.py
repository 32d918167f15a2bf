"""What a command's option may be, while somebody types it."""

import asyncio
from collections.abc import Iterable
from functools import cache
from zoneinfo import available_timezones

from bot.domain.identity import Space
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.standings import Ranked, Window
from bot.ports import Unit
from bot.services.core import Core

MOST = 25
"""As many as a platform shows that completes what is typed."""

_FIXED = {
    "window": tuple(Window),
    "by": tuple(Ranked),
    "answer_with": tuple(AnswerWith),
    "reveal": tuple(Reveal),
    "difficulty": ("easy", "medium", "hard"),
}


async def suggest(core: Core, space: Space, what: str, typed: str) -> list[str]:
    """Up to `MOST` values of an option (``bank``, ``topic``, ``team``, ``zone``, ``window`` …) that fit, best first."""
    if what == "zone":
        return _fitting(await asyncio.to_thread(_zones), typed)
    if what in _FIXED:
        return _fitting(map(str, _FIXED[what]), typed)
    return _fitting(await core.storage.read(lambda unit: _known(unit, space, what)), typed)


@cache
def _zones() -> tuple[str, ...]:
    """They are read from many files, once."""
    return tuple(sorted(available_timezones()))


async def _known(unit: Unit, space: Space, what: str) -> list[str]:
    if what == "bank":
        return [s.bank.name for s in await unit.banks.summaries() if s.bank.is_open_to(space.id)]
    if what == "topic":
        return await unit.banks.topics(space.id)
    if what == "team":
        now = await unit.spaces.get(space.id)  # it may have changed its league
        return [team.name for team in await unit.people.teams(now.league_id)] if now else []
    return []


def _fitting(values: Iterable[str], typed: str) -> list[str]:
    """Those that begin with what was typed, then those in which a word does, then those that hold it anywhere."""
    wanted = typed.strip().casefold().replace(" ", "_")

    def rank(value: str) -> int | None:
        folded = value.casefold().replace(" ", "_")
        if folded.startswith(wanted):
            return 0
        if any(word.startswith(wanted) for word in folded.replace("/", "_").split("_")):
            return 1
        return 2 if wanted in folded else None

    ranked = [(place, value) for value in values if (place := rank(value)) is not None]
    return [value for _place, value in sorted(ranked, key=lambda pair: pair[0])][:MOST]
