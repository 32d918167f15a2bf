"""Codes that one person is given and another types in."""

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.domain.codes import GROUP_BITS, Code, Purpose, digest, spelled
from bot.domain.errors import BadInput
from bot.domain.limits import Limit
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.core import Core

_REMEMBERED = timedelta(days=30)
"""For so long after its end somebody who types a code is told what became of it."""


class WrongCode(BadInput):
    """What was typed is no code that was given out for this."""


async def give_out(core: Core, unit: Unit, purpose: Purpose, subject: int, *, groups: int, lasts: timedelta) -> str:
    """A new code about a subject, in the caller's transaction; this once it is there to be read.

    Of more codes than a subject may have at a time, the oldest end.
    """
    now, code = core.clock.now(), spelled(core.random.getrandbits(groups * GROUP_BITS), groups)
    await unit.codes.forget(now - _REMEMBERED)
    await unit.codes.keep_newest(purpose, subject, core.limiter.limits.codes_held - 1, now)
    await unit.codes.add(Code(digest=digest(code), purpose=purpose, subject=subject, expires_at=now + lasts))
    return code


async def found(unit: Unit, typed: str, purpose: Purpose, now: datetime) -> Code:
    """The code that somebody typed; nobody else uses it until the transaction ends.

    Raises:
        WrongCode: there never was such a code, or none for this.
        BadInput: it was used, or has expired.
    """
    code = await unit.codes.lock(digest(typed))
    if code is None or code.purpose not in {purpose, Purpose.USED}:
        raise WrongCode(_("I don't know that code. Please check that you typed it exactly as shown."))
    if code.purpose is Purpose.USED:
        raise BadInput(_("That code has been used already, and each works only once. Please ask for a new one."))
    if code.expires_at <= now:
        raise BadInput(_("That code has expired. Please ask for a new one."))
    return code


@contextmanager
def counting_wrong(core: Core, who: Sequence[Hashable]) -> Iterator[None]:
    """Let ``who`` type a code inside, and count it where it is a wrong one.

    Raises:
        Limited: too many wrong ones were typed.
    """
    core.limiter.take(Limit.WRONG_CODES, who)  # beforehand, or many at the same time would all be let through
    try:
        yield
    except WrongCode:
        raise
    except BaseException:
        core.limiter.give_back(Limit.WRONG_CODES, who)
        raise
    core.limiter.give_back(Limit.WRONG_CODES, who)
