"""Sign-in links, which members make for themselves to be the same member in another browser."""

from datetime import datetime, timedelta

from bot import security
from bot.domain.codes import GROUP_BITS, digest, spelled
from bot.domain.errors import NotAllowed
from bot.domain.identity import Member, SpaceId
from bot.i18n import gettext as _
from bot.ports import Admission, Unit
from bot.security import Event
from bot.services.codes import WrongCode
from bot.services.core import Core

LINK_LASTS = timedelta(days=30)
KEY_GROUPS = 8


async def make_link(core: Core, member: Member, epoch: int) -> str:
    """Return the key of a member's new link, which works once within `LINK_LASTS`; an earlier link ends.

    Only the key's digest is stored.

    Raises:
        NotAllowed: the sessions of this epoch have ended: somebody who was signed out must not come back with a link.
    """
    key = spelled(core.random.getrandbits(KEY_GROUPS * GROUP_BITS), KEY_GROUPS)
    until = core.clock.now() + LINK_LASTS
    await _set(core, member, epoch, Event.SIGN_IN_LINK_MADE, (digest(key), until))
    return key


async def end_link(core: Core, member: Member, epoch: int) -> None:
    """End a member's link, if there is one.

    Raises:
        NotAllowed: the sessions of this epoch have ended, and the link with them.
    """
    await _set(core, member, epoch, Event.SIGN_IN_LINK_ENDED, None)


async def _set(core: Core, member: Member, epoch: int, event: Event, link: tuple[str, datetime] | None) -> None:
    async def work(unit: Unit) -> Admission | None:
        if not await unit.admissions.set_link(member, link, epoch=epoch):
            raise NotAllowed(_("You aren't signed in any more."))
        return await unit.admissions.find(member)

    admission = await core.storage.write(work)
    security.note(event, player=admission.player_id if admission else None)


async def sign_in(core: Core, space_id: SpaceId, key: str) -> Admission:
    """Let in the member whose link has this key, and use the link up.

    Raises:
        WrongCode: no link has this key, or it was used, ended or expired.
    """
    now = core.clock.now()
    admission = await core.storage.write(lambda unit: unit.admissions.take_link(space_id, digest(key), now))
    if admission is None:
        raise WrongCode(
            _(
                "This link doesn't work any more. Make a new one on Your page in a browser where you are signed in, or "
                "ask a host for a code."
            )
        )
    return admission
