"""Give out codes, and check the codes that people type."""

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
"""How long after a code's end somebody who types it still learns what became of it."""


class WrongCode(BadInput):
    """The typed text isn't a code that was given out for this purpose."""


async def give_out(core: Core, unit: Unit, purpose: Purpose, subject: int, *, groups: int, lasts: timedelta) -> str:
    """Make a code for a subject, in the caller's transaction, and return it: only its digest is stored.

    If the subject then has more codes than allowed, the oldest ones expire.
    """
    now, code = core.clock.now(), spelled(core.random.getrandbits(groups * GROUP_BITS), groups)
    await unit.codes.forget(now - _REMEMBERED)
    await unit.codes.keep_newest(purpose, subject, core.limiter.limits.codes_held - 1, now)
    await unit.codes.add(Code(digest=digest(code), purpose=purpose, subject=subject, expires_at=now + lasts))
    return code


async def found(unit: Unit, typed: str, purpose: Purpose, now: datetime) -> Code:
    """Find the code that somebody typed, and lock it until the transaction ends.

    Raises:
        WrongCode: there never was such a code, or not for this purpose.
        BadInput: the code has been used or has expired.
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
    """Let ``who`` type a code inside the block; a wrong one counts towards the limit.

    Raises:
        Limited: too many wrong codes were typed.
    """
    core.limiter.take(Limit.WRONG_CODES, who)  # before the check, or many at once would all get through
    try:
        yield
    except WrongCode:
        raise
    except BaseException:
        core.limiter.give_back(Limit.WRONG_CODES, who)
        raise
    core.limiter.give_back(Limit.WRONG_CODES, who)
