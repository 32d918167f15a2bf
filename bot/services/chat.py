"""Commands in chat, the same on every platform."""

from dataclasses import replace

from bot.domain.commands import Caller, ChatCommand
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering import replies
from bot.services import privacy
from bot.services.chat_grammar import parse_command
from bot.services.commands import banks, daily, leagues, linking, own_data, playing, publishing, seasons, teams
from bot.services.core import Core


async def handle(core: Core, caller: Caller, text: str) -> MessageView | None:
    """Run a typed command; see `run`.

    Raises:
        QuizbotError: with what was wrong, and what to type instead.
    """
    return await run(core, caller, parse_command(text))


async def run(core: Core, caller: Caller, command: ChatCommand) -> MessageView | None:
    """Do what somebody asked for; the private reply, or None where a public message says it all.

    Raises:
        NotAllowed: the command is for admins.
        QuizbotError: with what was wrong, and what to type instead.
    """
    if command.name in _FOR_ADMINS and not caller.is_admin:
        raise NotAllowed(_("Only an admin of this place may do that."))
    # An adapter may remember a space from before it changed its league.
    space = await core.storage.read(lambda unit: unit.spaces.get(caller.space.id))
    return await _HANDLERS[command.name](core, replace(caller, space=space or caller.space), command.options)


async def run_in_private(core: Core, adapter: str, member_id: str, command: ChatCommand) -> MessageView:
    """Do what somebody asked for in a direct message, where there is no space: help, and one's data of all spaces.

    Raises:
        NotFound: the command needs a channel.
    """
    if command.name == "help":
        return replies.help_text(is_admin=False)
    if not command.name.startswith("privacy"):
        raise NotFound(_("That works in a channel where I am. Here I can do: /quiz help and /quiz privacy"))
    return await own_data.FOR_ACCOUNTS[command.name](
        core, await privacy.accounts(core, adapter, member_id), command.options
    )


_HANDLERS = (
    playing.HANDLERS
    | teams.HANDLERS
    | leagues.HANDLERS
    | linking.HANDLERS
    | seasons.HANDLERS
    | publishing.HANDLERS
    | daily.HANDLERS
    | banks.HANDLERS
    | own_data.HANDLERS
)
_OF_LEAGUES = frozenset(name for name in leagues.HANDLERS | publishing.HANDLERS if name != "league show")
_FOR_ADMINS = _OF_LEAGUES | {name for name in _HANDLERS if name.startswith(("daily", "bank", "team map", "team draw"))}
