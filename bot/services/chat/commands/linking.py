"""One person's accounts."""

from bot.domain.commands import Caller, Option, Slot, ValueKind
from bot.domain.limits import Limit
from bot.domain.views import MessageView
from bot.i18n import later
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.people import linking


async def _link(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    match options.get("action", "").casefold():
        case "confirm":
            return await linking.confirm(core, caller)
        case "decline":
            return await linking.decline(core, caller)
        case "" if options.get("code"):
            return await linking.wish(core, caller, options["code"])
        case _other:
            return await linking.give_code(core, caller)


async def _unlink(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return await linking.unlink(core, caller)


COMMANDS = (
    Command(
        name="link",
        does=later("Link your accounts: get a code, or type the one from your other account"),
        handler=_link,
        limit=Limit.CODES,
        options=(
            Option(
                name="code",
                about=later("The code that your other account got"),
                kind=ValueKind.CODE,
                slot=Slot.NEXT,
                takes_rest=True,
            ),
            Option(
                name="action",
                about=later("Say yes or no to an account that wants to be linked with this one"),
                slot=Slot.ANYWHERE,
                choices=("confirm", "decline"),
            ),
        ),
        help=later("makes your accounts, here and elsewhere, one player; unlink separates them"),
    ),
    Command(
        name="unlink",
        does=later("Unlink this account, so that it plays for itself again"),
        handler=_unlink,
        limit=Limit.CHANGES,
    ),
)
