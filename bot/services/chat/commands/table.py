"""The one table of commands. It decides what can be typed and by whom, and feeds menus, completion and /help."""

from collections.abc import Mapping, Sequence
from functools import cache

from bot.domain.commands import Caller
from bot.domain.identity import Member
from bot.domain.operators import Operator
from bot.domain.typed import Typed, typed
from bot.domain.views import MessageView
from bot.i18n import Later, later
from bot.i18n import gettext as _
from bot.rendering import replies
from bot.services.chat.commands import (
    Command,
    banks,
    correcting,
    daily,
    hosting,
    importing,
    languages,
    leagues,
    linking,
    night,
    own_data,
    playing,
    publishing,
    questions,
    seasons,
    subscriptions,
    suggesting,
    teams,
    writing,
)
from bot.services.core import Core
from bot.services.people.hosting import is_host

GROUPS: Mapping[str, Later] = {
    "team": later("Teams"),
    "league": later("The league of this space"),
    "daily": later("The daily question of this channel"),
    "night": later("The quiz night of this channel"),
    "host": later("Who is host here"),
    "bank": later("Question banks"),
    "question": later("Single questions"),
    "privacy": later("What is stored about you"),
}
"""The first words of two-word commands, each with a line about the group for menus."""


async def _help(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return help_text(is_host=await is_host(core, caller, of_channel=True), operator=core.operator)


async def _help_in_private(core: Core, _accounts: Sequence[Member], _options: dict[str, str]) -> MessageView:
    return help_text(is_host=False, operator=core.operator)


_HELP = Command(
    name="help",
    does=later("Show what you can type"),
    handler=_help,
    limit=None,
    in_private=_help_in_private,
    at_hand=True,
)

COMMANDS: Mapping[str, Command] = {
    command.name: command
    for command in (
        *playing.COMMANDS,
        *teams.COMMANDS,
        *leagues.COMMANDS,
        *seasons.COMMANDS,
        *publishing.COMMANDS,
        *linking.COMMANDS,
        *daily.COMMANDS,
        *night.COMMANDS,
        *hosting.COMMANDS,
        *languages.COMMANDS,
        *banks.COMMANDS,
        *importing.COMMANDS,
        *questions.COMMANDS,
        *correcting.COMMANDS,
        *writing.COMMANDS,
        *suggesting.COMMANDS,
        *subscriptions.COMMANDS,
        *own_data.COMMANDS,
        _HELP,
    )
}


@cache
def in_group(word: str) -> tuple[Command, ...]:
    """Return the commands of a group, in the order of the table."""
    return tuple(command for command in COMMANDS.values() if command.group == word)


def in_menu(command: Command) -> str:
    """Describe a command of a group in a menu; beside commands for everybody it says that it is for hosts."""
    if command.for_hosts and not all(other.for_hosts for other in in_group(command.group)):
        return _("{does} (for hosts)").format(does=command.does)
    return str(command.does)


def help_text(*, is_host: bool, operator: Operator | None = None) -> MessageView:
    """List what everybody can type and, for a host, what only hosts can; say who helps, if the operator is known."""
    return replies.help_text(help_lines(for_hosts=False), help_lines(for_hosts=True) if is_host else [], operator)


def help_lines(*, for_hosts: bool) -> list[tuple[Typed, str]]:
    """Return the lines of /help for everybody, or those for hosts.

    What hosts come for is first, the daily question, then the groups that only hosts use: a platform may fold the rest.
    """
    listed = [(command, command.help_example or typed(command.name)) for command in COMMANDS.values() if command.help]
    listed = [(command, example) for command, example in listed if _is_for_hosts(command, example) == for_hosts]
    if for_hosts:
        listed.sort(
            key=lambda one: (one[0].group != "daily", not all(command.for_hosts for command in in_group(one[0].group)))
        )
    return [(example, str(command.help)) for command, example in listed]


def _is_for_hosts(command: Command, example: Typed) -> bool:
    return command.is_for_hosts({option.name: option.value for option in example.options})
