"""The command table as slash commands for Discord to register, and the ids that Discord gives them."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from adapters.discord.controls import Json
from adapters.discord.spelling import prefixed, unprefixed
from bot.domain.commands import Option, ValueKind
from bot.i18n import LANGUAGES, use_language
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
_LOCALES = {"en": ("en-US", "en-GB"), "es": ("es-ES", "es-419"), "pt_BR": ("pt-BR",)}
"""Discord's names of languages that it names otherwise: https://discord.com/developers/docs/reference#locales."""


def commands() -> list[Json]:
    """Return all commands as Discord's JSON, described in the current language, and in the others for who reads those.

    Of the descriptions of one thing, only the longest counts towards a command's size:
    https://github.com/discord/discord-api-docs/pull/5343
    """
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
        {"type": _SUB_COMMAND, "name": one.name.removeprefix(f"{word} "), "options": _options(one)}
        | _described(partial(in_menu, one))
        for one in members
    ]
    return _registered(word, GROUPS[word].__str__, subs, members)


def _single(command: Command) -> Json:
    return _registered(command.name, command.does.__str__, _options(command), [command])


def is_hidden(command: str) -> bool:
    """Whether Discord shows a command only to people who manage the server, unless the server's settings say else."""
    group = COMMANDS[command].group
    return all(one.for_hosts for one in (in_group(group) if group else [COMMANDS[command]]))


def _described(describe: Callable[[], str]) -> Json:
    """Describe something in the current language, and in each other one."""
    told = describe()
    others = {}
    for language in LANGUAGES:
        with use_language(language):
            if (text := describe()) != told:
                others.update(dict.fromkeys(_LOCALES.get(language, (language,)), text))
    return {"description": told, "description_localizations": others}


def _registered(name: str, describe: Callable[[], str], options: list[Json], members: Sequence[Command]) -> Json:
    """One entry of Discord's menu; only hosts see it if everything in it is for hosts."""
    private = all(command.in_private for command in members)
    return {
        "type": 1,
        "name": prefixed(name),
        "options": options,
        "default_member_permissions": _MANAGE_SERVER if all(command.for_hosts for command in members) else None,
        "contexts": [_IN_SERVERS, _IN_DIRECT_MESSAGES] if private else [_IN_SERVERS],
        "integration_types": [_INSTALLED_IN_SERVERS],
        **_described(describe),
    }


def _options(command: Command) -> list[Json]:
    return [_option(option) for option in command.options if option.in_menus]


def _option(option: Option) -> Json:
    shown: Json = {
        "type": _TYPES[option.kind],
        "name": option.name,
        "required": option.required,
        **_described(option.about.__str__),
    }
    if option.completed_from:
        shown["autocomplete"] = True
    if option.choices:
        shown["choices"] = [{"name": word.replace("_", " "), "value": str(word)} for word in option.choices]
    if option.bounds:
        shown["min_value"], shown["max_value"] = option.bounds
    return shown
