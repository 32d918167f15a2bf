"""The command table as slash commands for Discord to register, and the ids that Discord gives them."""

from collections.abc import Iterable, Sequence

from adapters.discord.controls import Json
from adapters.discord.spelling import prefixed, unprefixed
from bot.domain.commands import Option, ValueKind
from bot.services.chat.commands import Command
from bot.services.chat.commands.table import COMMANDS, GROUPS, in_group, in_menu

_SUB_COMMAND = 1
_TYPES = {
    ValueKind.TEXT: 3,
    ValueKind.CODE: 3,
    ValueKind.NUMBER: 4,
    ValueKind.YES_NO: 5,
    ValueKind.MEMBER: 6,
    ValueKind.GROUP: 8,
    ValueKind.MENTION: 9,
    ValueKind.FILE: 11,
}
_IN_SERVERS, _IN_DIRECT_MESSAGES = 0, 1
_INSTALLED_IN_SERVERS = 0
_MANAGE_SERVER = str(1 << 5)


def commands() -> list[Json]:
    """Return all commands as Discord's JSON, described in the current language."""
    first_words = dict.fromkeys(command.group or command.name for command in COMMANDS.values())
    return [_group(word) if word in GROUPS else _single(COMMANDS[word]) for word in first_words]


def ids(registered: Iterable[Json]) -> dict[str, str]:
    """Read the commands' ids, by name, from Discord's answer to the registration."""
    found = {}
    for command in registered:
        first = unprefixed(command["name"])
        subs = [option["name"] for option in command.get("options") or () if option["type"] == _SUB_COMMAND]
        names = [f"{first} {sub}" for sub in subs] or [first]
        found.update(dict.fromkeys(names, str(command["id"])))
    return found


def _group(word: str) -> Json:
    members = in_group(word)
    subs = [
        {"type": _SUB_COMMAND, "name": one.name.removeprefix(f"{word} "), "description": in_menu(one)}
        | {"options": _options(one)}
        for one in members
    ]
    return _registered(word, str(GROUPS[word]), subs, members)


def _single(command: Command) -> Json:
    return _registered(command.name, str(command.does), _options(command), [command])


def is_hidden(command: str) -> bool:
    """Whether Discord shows a command only to people who manage the server, unless the server's settings say else."""
    group = COMMANDS[command].group
    return all(one.for_hosts for one in (in_group(group) if group else [COMMANDS[command]]))


def _registered(name: str, description: str, options: list[Json], members: Sequence[Command]) -> Json:
    """One entry of Discord's menu; only hosts see it if everything in it is for hosts."""
    private = all(command.in_private for command in members)
    return {
        "type": 1,
        "name": prefixed(name),
        "description": description,
        "options": options,
        "default_member_permissions": _MANAGE_SERVER if all(command.for_hosts for command in members) else None,
        "contexts": [_IN_SERVERS, _IN_DIRECT_MESSAGES] if private else [_IN_SERVERS],
        "integration_types": [_INSTALLED_IN_SERVERS],
    }


def _options(command: Command) -> list[Json]:
    return [_option(option) for option in command.options if option.in_menus]


def _option(option: Option) -> Json:
    shown: Json = {
        "type": _TYPES[option.kind],
        "name": option.name,
        "description": str(option.about),
        "required": option.required,
    }
    if option.completed_from:
        shown["autocomplete"] = True
    if option.choices:
        shown["choices"] = [{"name": word.replace("_", " "), "value": str(word)} for word in option.choices]
    if option.bounds:
        shown["min_value"], shown["max_value"] = option.bounds
    return shown
