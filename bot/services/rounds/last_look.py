"""Read reactions once more before a round that is answered with them closes, for whatever reason it closes.

Events may have been lost, and nobody knows at once that a connection has ended. So every close is preceded by a look
at the message itself: `look` asks the platform, and `bot.services.rounds.closing.end` closes the round afterwards.
"""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import structlog

from bot.domain.errors import QuizbotError
from bot.domain.identity import RoundId
from bot.domain.rounds import AnswerWith, Round
from bot.i18n import gettext as _
from bot.ports import Forbidden, Gone
from bot.services.core import Core
from bot.services.rounds.reacting import read_last

_SHORTLY_S = 8.0
"""A short wait, because a person who typed a command waits too, or the next question does."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LastLook:
    """The outcome of looking at a round's reactions.

    Attributes:
        trouble: why they couldn't be read, in Markdown; empty if everything there was has been read.
        again: whether it may be possible to read them later.
    """

    trouble: str = ""
    again: bool = False


LastLooks = Mapping[RoundId, LastLook]


async def look(core: Core, rounds: Collection[Round], *, within: float = _SHORTLY_S) -> LastLooks:
    """Bring the answers of open rounds in line with the reactions on their messages.

    Rounds that aren't answered with reactions are left out, and so are those on platforms that another process serves.

    Args:
        core: storage, answers, clock, and the platforms.
        rounds: the rounds that are about to close.
        within: how long to wait for the platform, in seconds.
    """
    by_reactions = [round_ for round_ in rounds if round_.answer_with is AnswerWith.REACTIONS]
    if not by_reactions or not core.serves:
        return {}
    until = asyncio.get_running_loop().time() + within
    found = await asyncio.gather(*(_look(core, round_.id, until) for round_ in by_reactions))
    return {round_.id: seen for round_, seen in zip(by_reactions, found, strict=True) if seen is not None}


async def _look(core: Core, round_id: RoundId, until: float) -> LastLook | None:
    try:
        return LastLook() if await read_last(core, round_id, until) else None
    except Gone as error:
        seen = LastLook()
        reason = str(error)
    except Forbidden as error:
        seen = LastLook(str(error))
        reason = str(error)
    except (QuizbotError, TimeoutError) as error:
        seen = LastLook(_("The platform couldn't be reached."), again=True)
        reason = str(error) or "it doesn't answer"
    _log.warning("reactions_not_read", round_id=round_id, reason=reason, again=seen.again)
    return seen
