"""Handle ``/reminders``: people choose whether they are reminded before they lose a streak."""

from collections.abc import Sequence

from bot.domain.commands import Caller, Option, Slot
from bot.domain.errors import BadInput
from bot.domain.identity import Member
from bot.domain.limits import Limit
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import reminders as rendering
from bot.rendering.replies import say
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.people.reminders import reminders_of, want_reminders


async def _reminders(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    return await _in_private(core, [caller.member], options)


async def _in_private(core: Core, members: Sequence[Member], options: dict[str, str]) -> MessageView:
    turn = options.get("turn", "").casefold()
    if turn not in {"", "on", "off"}:
        raise BadInput(_("Type on or off: {command}").format(command=typed("reminders", turn="on")))
    if not members:
        return say(_("Nothing is stored about you."))
    if not turn:
        return rendering.reminders_choice(await reminders_of(core, members))
    await want_reminders(core, members, wanted=turn == "on")
    return rendering.reminders_chosen(wanted=turn == "on")


COMMANDS = (
    Command(
        name="reminders",
        does=later("Whether I remind you before you lose a streak"),
        handler=_reminders,
        limit=Limit.CHANGES,
        options=(
            Option(
                name="turn",
                about=later("on or off (default: show how it is now)"),
                slot=Slot.NEXT,
                takes_rest=True,
                choices=("on", "off"),
            ),
        ),
        in_private=_in_private,
        help=later("a private message before you lose a streak, if you want one: reminders on"),
    ),
)
