"""Application commands: registers them, and finds those that people can type."""

import re
from typing import Any, ClassVar

from tests.platforms.discord.api import Handler
from tests.platforms.discord.errors import (
    MISSING_ACCESS,
    TOO_MANY_COMMANDS,
    UNKNOWN_COMMAND,
    UNKNOWN_COMMAND_PERMISSIONS,
    Form,
    Refused,
)
from tests.platforms.discord.model import Guild, Json, Role, User
from tests.platforms.discord.recording import Request
from tests.platforms.discord.world import World

Path = tuple[str | int, ...]

SUB_COMMAND, SUB_GROUP = 1, 2
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 8, 9, 10, 11

_CHAT_INPUT = 1
_COMMANDS, _OPTIONS, _CHOICES, _SIZE = 100, 25, 25, 8000
_NAME = re.compile(r"[-_'\w]{1,32}")
LOCALES = {
    *("id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR"),
    *("ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko"),
}
"""The languages of Discord's apps: https://discord.com/developers/docs/reference#locales."""


class Commands:
    """The bot's registered commands: global ones, and those of single guilds."""

    _accepted: ClassVar[list[Json]] = []
    """The latest commands that passed the checks: nearly each start of a bot sends the same ones."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept: dict[int | None, dict[str, Json]] = {}
        self._settings: dict[tuple[int, str], dict[int, bool]] = {}

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by method and route."""
        everywhere = "/applications/{application}/commands"
        in_guild = "/applications/{application}/guilds/{guild}/commands"
        handlers: dict[str, Handler] = {}
        for route in (everywhere, in_guild):
            handlers |= {
                f"PUT {route}": self._overwrite,
                f"GET {route}": lambda request: list(self._scope(request).values()),
                f"POST {route}": self._upsert,
                f"DELETE {route}/{{command}}": self._delete,
            }
        return handlers | {f"GET {in_guild}/{{command}}/permissions": self._permissions}

    def allow(self, guild: Guild, name: str, whom: Role | User, *, allowed: bool) -> None:
        """Let a role or member use a command, or not, as an admin does in the server's settings."""
        self._settings.setdefault((guild.id, self.known(guild)[name]["id"]), {})[whom.id] = allowed

    def allowed(self, guild: Guild, name: str, user: User) -> bool | None:
        """Whether the server's settings let somebody use a command; None if they say nothing.

        https://discord.com/developers/docs/interactions/application-commands#permissions: "Members with the
        Administrator permission can use all commands."
        """
        said = self._settings.get((guild.id, self.known(guild)[name]["id"]), {})
        if user.id in said:
            return said[user.id]
        of_roles = [said[role.id] for role in guild.members[user.id].roles if role.id in said]
        return any(of_roles) if of_roles else said.get(guild.id)

    def _permissions(self, request: Request) -> Json:
        """Return a command's settings: https://discord.com/developers/docs/interactions/application-commands."""
        self._scope(request)
        guild, command = request.id("guild"), request.params["command"]
        said = self._settings.get((guild, command))
        if not said:
            raise Refused(UNKNOWN_COMMAND_PERMISSIONS)
        listed = [
            {"id": str(one), "type": 2 if one in self._world.users else 1, "permission": allowed}
            for one, allowed in said.items()
        ]
        application = str(self._world.application_id)
        return {"id": command, "application_id": application, "guild_id": str(guild), "permissions": listed}

    def known(self, guild: Guild | None = None) -> dict[str, Json]:
        """Return the commands that people can type in a guild, by name; without a guild, in a direct channel."""
        own = self._kept.get(guild.id, {}) if guild else {}
        return {**self._kept.get(None, {}), **own}

    def _overwrite(self, request: Request) -> Any:
        scope = self._scope(request)
        if not isinstance(request.body, list):
            form = Form()
            form.refuse((), "BASE_TYPE_BAD_TYPE", "Expected a list.")
            form.settle()
        if sum(command.get("type", _CHAT_INPUT) == _CHAT_INPUT for command in request.body) > _COMMANDS:
            raise Refused(TOO_MANY_COMMANDS)
        if request.body != self._accepted:
            self._check(request.body)
            type(self)._accepted = request.body
        new = {command["name"]: self._registered(command, scope, request) for command in request.body}
        scope.clear()
        scope.update(new)
        return list(scope.values())

    @staticmethod
    def _check(commands: list[Json]) -> None:
        form = Form()
        for index, command in enumerate(commands):
            check_command(command, form, (index,))
        names = [command.get("name") for command in commands]
        for index, name in enumerate(names):
            if name in names[:index]:
                message = "Application command names must be unique"
                form.refuse((index,), "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
        form.settle()

    def _upsert(self, request: Request) -> Any:
        form = Form()
        check_command(request.json, form, ())
        form.settle()
        scope = self._scope(request)
        scope[request.json["name"]] = self._registered(request.json, scope, request)
        return scope[request.json["name"]]

    def _delete(self, request: Request) -> None:
        scope = self._scope(request)
        for name, command in scope.items():
            if command["id"] == request.params["command"]:
                del scope[name]
                return
        raise Refused(UNKNOWN_COMMAND)

    def _registered(self, command: Json, scope: dict[str, Json], request: Request) -> Json:
        """Return a command as it is stored; if its name was registered before, it keeps its id."""
        before = scope.get(command["name"])
        more: Json = {
            "id": before["id"] if before else str(self._world.ids.next()),
            "application_id": str(self._world.application_id),
            "type": command.get("type", _CHAT_INPUT),
            "description": command.get("description", ""),
            "options": command.get("options") or [],
            "default_member_permissions": command.get("default_member_permissions"),
            "version": str(self._world.ids.next()),
        }
        if "guild" in request.params:
            more["guild_id"] = request.params["guild"]
        return {**command, **more}

    def _scope(self, request: Request) -> dict[str, Json]:
        if request.id("application") != self._world.application_id:
            raise Refused(MISSING_ACCESS)
        if "guild" not in request.params:
            return self._kept.setdefault(None, {})
        guild = self._world.guilds.get(request.id("guild"))
        if guild is None or not guild.bot_is_in:
            raise Refused(MISSING_ACCESS)
        return self._kept.setdefault(guild.id, {})


def check_command(command: Json, form: Form, path: Path) -> None:
    """Note in ``form`` what Discord refuses when a command is registered."""
    _check_name(command, form, path)
    if command.get("type", _CHAT_INPUT) == _CHAT_INPUT:
        _check_description(command, form, path)
    _check_options(command.get("options") or [], form, (*path, "options"))
    if _size(command) > _SIZE:
        message = f"Command exceeds maximum size ({_SIZE})"
        form.refuse(path, "APPLICATION_COMMAND_TOO_LARGE", message)


def _check_options(options: list[Json], form: Form, path: Path) -> None:
    form.count(path, options, _OPTIONS)
    seen_optional = False
    for index, option in enumerate(options):
        where = (*path, index)
        _check_name(option, form, where)
        _check_description(option, form, where)
        if option.get("name") in [before.get("name") for before in options[:index]]:
            message = "Option names must be unique"
            form.refuse((*where, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_NOT_UNIQUE", message)
        if option.get("required") and seen_optional:
            message = "Required options must be placed before non-required options"
            form.refuse(where, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        seen_optional = seen_optional or not option.get("required")
        _check_choices(option, form, where)
        _check_options(option.get("options") or [], form, (*where, "options"))


def _check_choices(option: Json, form: Form, path: Path) -> None:
    choices = option.get("choices") or []
    check_choices(choices, form, (*path, "choices"))
    if choices and option.get("autocomplete"):
        message = "Cannot have both choices and autocomplete"
        form.refuse((*path, "autocomplete"), "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", message)


def check_choices(choices: list[Json], form: Form, path: Path) -> None:
    """Note in ``form`` what Discord refuses among an option's choices, whether registered or offered while typing."""
    form.count(path, choices, _CHOICES)
    for index, choice in enumerate(choices):
        form.length((*path, index, "name"), choice.get("name"), 100, fewest=1)
        if isinstance(choice.get("value"), str):
            form.length((*path, index, "value"), choice["value"], 100, fewest=1)


def _check_description(described: Json, form: Form, path: Path) -> None:
    form.length((*path, "description"), described.get("description"), 100, fewest=1)
    for locale, text in (described.get("description_localizations") or {}).items():
        where = (*path, "description_localizations", locale)
        form.length(where, text, 100, fewest=1)
        if locale not in LOCALES:
            form.refuse(where, "BASE_TYPE_CHOICES", f"Value must be one of {sorted(LOCALES)}.")


def _check_name(named: Json, form: Form, path: Path) -> None:
    name = str(named.get("name") or "")
    form.length((*path, "name"), name, 32, fewest=1)
    if named.get("type", _CHAT_INPUT) != _CHAT_INPUT and "description" not in named:
        return  # a context menu command may have spaces and capitals in its name
    if 0 < len(name) <= 32 and not (_NAME.fullmatch(name) and name == name.lower()):
        form.refuse((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _size(named: Json) -> int:
    """Count characters; of a description's languages only the longest: discord/discord-api-docs#5343 and #6668."""
    described = [named.get("description"), *(named.get("description_localizations") or {}).values()]
    own = len(str(named.get("name") or "")) + max(len(str(text or "")) for text in described)
    choices = sum(len(str(each.get("name"))) + len(str(each.get("value"))) for each in named.get("choices") or [])
    return own + choices + sum(map(_size, named.get("options") or []))
