"""One person's accounts."""

from bot.domain.commands import Caller, Option, Slot, ValueKind
from bot.domain.views import MessageView
from bot.i18n import later
from bot.rendering import linking as rendering
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.people import linking


async def _link(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if options.get("code"):
        return await linking.link(core, caller, options["code"])
    return rendering.code(await linking.give_code(core, caller))


async def _unlink(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return await linking.unlink(core, caller)


COMMANDS = (
    Command(
        name="link",
        does=later("Link your accounts: get a code, or type the one from your other account"),
        handler=_link,
        options=(
            Option(
                name="code",
                about=later("The code that your other account got"),
                kind=ValueKind.CODE,
                slot=Slot.NEXT,
                takes_rest=True,
            ),
        ),
        help=later("makes your accounts, here and elsewhere, one player; unlink separates them"),
    ),
    Command(name="unlink", does=later("Unlink this account, so that it plays for itself again"), handler=_unlink),
)
