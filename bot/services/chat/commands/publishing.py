"""Standings for everybody who has the link."""

from bot.domain.commands import Caller, Option, Slot
from bot.domain.errors import BadInput
from bot.domain.limits import Limit
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.domain.words import switched
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import replies
from bot.services.acting import actor
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.standings import public_link


async def _public(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    who = await core.storage.write(lambda unit: actor(unit, caller.member))
    match switched(options.get("show", "")):
        case True:
            address = f"{core.site_url}/public/{await public_link.publish(core, caller.space.id, actor=who)}"
            return replies.say(
                _("Anybody who has this link can read the standings: `{address}`").format(address=address)
            )
        case False:
            closed = await public_link.unpublish(core, caller.space.id, actor=who)
            return replies.say(_("The link doesn't work any more.") if closed else _("There is no public link."))
        case None:
            raise BadInput(_("On or off? {command}").format(command=typed("league public", show="on")))


COMMANDS = (
    Command(
        name="league public",
        does=later("Turn a public link to the standings on or off"),
        handler=_public,
        limit=Limit.CHANGES,
        options=(
            Option(
                name="show",
                about=later("on: make the link; off: disable it for good"),
                slot=Slot.NEXT,
                required=True,
                choices=("on", "off"),
            ),
        ),
        for_hosts=True,
    ),
)
