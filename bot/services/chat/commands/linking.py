"""One person's accounts."""

from bot.domain.commands import Caller, Option, Slot, ValueKind
from bot.domain.limits import Limit
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
        does=later("One player, several accounts: get a code, or type the one of your other account"),
        handler=_link,
        limit=Limit.CODES,
        options=(
            Option(
                name="code",
                about=later("What your other account was given"),
                kind=ValueKind.CODE,
                slot=Slot.NEXT,
                takes_rest=True,
            ),
        ),
        help=later("lets your accounts, here and elsewhere, be one player; unlink parts them"),
    ),
    Command(
        name="unlink", does=later("Let this account be a player of its own again"), handler=_unlink, limit=Limit.CHANGES
    ),
)
