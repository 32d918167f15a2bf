"""A code that a whole class reads from a screen: while a space has one, nobody joins without it."""

import hmac
from datetime import timedelta

from bot import security
from bot.domain.codes import ClassCode, class_code, class_letters
from bot.domain.errors import BadInput
from bot.domain.identity import Member, SpaceId
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.security import Event
from bot.services.codes import WrongCode
from bot.services.core import Core
from bot.services.people.hosts import host_of

CODE_LASTS = timedelta(hours=8)


class CodeEnded(BadInput):
    """The class code has ended, and nobody joins until a host makes another."""


async def code_of(core: Core, space_id: SpaceId) -> ClassCode | None:
    """Return a space's class code, which may have ended; None if people join without one."""
    return await core.storage.read(lambda unit: unit.admissions.class_code(space_id))


async def make_code(core: Core, by: Member) -> ClassCode:
    """Make a class code for the host's space, in place of the one that it has.

    Raises:
        NotAllowed: the caller isn't a host any more.
    """
    code = ClassCode(letters=class_code(core.random), until=core.clock.now() + CODE_LASTS)
    await _set(core, by, code, Event.CLASS_CODE_MADE)
    return code


async def drop_code(core: Core, by: Member) -> None:
    """Let people join the host's space without a code.

    Raises:
        NotAllowed: the caller isn't a host any more.
    """
    await _set(core, by, None, Event.CLASS_CODE_DROPPED)


async def _set(core: Core, by: Member, code: ClassCode | None, event: Event) -> None:
    async def work(unit: Unit) -> int:
        host = await host_of(unit, by)
        await unit.admissions.set_class_code(by.space_id, code)
        return host.player_id

    security.note(event, by=await core.storage.write(work))


async def check_code(core: Core, unit: Unit, space_id: SpaceId, typed: str) -> None:
    """Check the code that somebody typed to join, in the caller's transaction.

    Raises:
        WrongCode: it isn't the space's class code.
        CodeEnded: the class code has ended, whatever was typed.
    """
    code = await unit.admissions.class_code(space_id)
    if code is None:
        return
    if code.until <= core.clock.now():
        raise CodeEnded(_("The class code has expired, so nobody new can join now. Ask your host for a new one."))
    if not hmac.compare_digest(class_letters(typed).encode(), code.letters.encode()):
        raise WrongCode(_("That isn't the class code. Look at the screen again, or ask your host."))
