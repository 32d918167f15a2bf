"""Turns a command that somebody types into the data that Discord sends to the bot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.discord import payloads
from tests.platforms.discord.commands import (
    ATTACHMENT,
    BOOLEAN,
    CHANNEL,
    INTEGER,
    MENTIONABLE,
    NUMBER,
    ROLE,
    STRING,
    SUB_COMMAND,
    SUB_GROUP,
    USER,
)
from tests.platforms.discord.demand import demand
from tests.platforms.discord.model import Attachment, Channel, Guild, Json, Role, User
from tests.platforms.discord.permissions import May

_PYTHON: dict[int, Any] = {
    STRING: str,
    INTEGER: int,
    BOOLEAN: bool,
    USER: User,
    CHANNEL: Channel,
    ROLE: Role,
    MENTIONABLE: (User, Role),
    NUMBER: (int, float),
    ATTACHMENT: Attachment,
}


@dataclass(slots=True)
class TypedCommand:
    """Makes the data that a client sends for a typed line, and refuses, as a client does, what can't be sent.

    Raises:
        AssertionError: there is no such command, option or choice, or a required option is missing.
    """

    known: Mapping[str, Json]
    guild: Guild | None
    resolved: Json = field(default_factory=dict)

    def data(self, line: str, options: Mapping[str, Any], focused: str | None = None) -> Json:
        """Return the interaction's data; ``focused`` is the option that is being typed, if any."""
        name, *path = line.removeprefix("/").split()
        command = self.known.get(name, {})
        demand(command, f"no command /{name}, only {sorted(self.known)}")
        data: Json = {"id": command["id"], "name": name, "type": command["type"]}
        data["options"] = self._inside(command, path, options, focused)
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        if self.resolved:
            data["resolved"] = self.resolved
        return data

    def _inside(self, parent: Json, path: list[str], given: Mapping[str, Any], focused: str | None) -> list[Json]:
        offered = {option["name"]: option for option in parent.get("options") or []}
        groups = {name for name, option in offered.items() if option["type"] in (SUB_COMMAND, SUB_GROUP)}
        if path:
            demand(path[0] in groups, f"{parent['name']!r} has no {path[0]!r}, only {sorted(groups)}")
            chosen = offered[path[0]]
            inner = self._inside(chosen, path[1:], given, focused)
            return [{"name": chosen["name"], "type": chosen["type"], "options": inner}]
        demand(not groups, f"{parent['name']!r} needs one of {sorted(groups)}")
        _check_names(parent, offered, given, complete=focused is None)
        return [self._option(offered[name], value, name == focused) for name, value in given.items()]

    def _option(self, option: Json, value: Any, is_focused: bool) -> Json:
        body: Json = {"name": option["name"], "type": option["type"]}
        if is_focused:
            return body | {"value": str(value), "focused": True}
        demand(isinstance(value, _PYTHON[option["type"]]), f"{option['name']!r} takes no {value!r}")
        choices = [choice["value"] for choice in option.get("choices") or []]
        demand(not choices or value in choices, f"{option['name']!r} offers {choices}, not {value!r}")
        _check_range(option, value)
        return body | {"value": self._sent(value)}

    def _sent(self, value: Any) -> Any:
        """Return a value as it is sent: people, roles, channels and files as ids, which are described separately."""
        if isinstance(value, User):
            self.resolved.setdefault("users", {})[str(value.id)] = payloads.user(value)
            if self.guild is not None and value.id in self.guild.members:
                about = payloads.member(self.guild.members[value.id], with_user=False)
                about["permissions"] = payloads.permissions(self.guild.permissions_of(value))
                self.resolved.setdefault("members", {})[str(value.id)] = about
        elif isinstance(value, Channel):
            about = payloads.channel(value) | {"permissions": payloads.permissions(May.VIEW_CHANNEL)}
            self.resolved.setdefault("channels", {})[str(value.id)] = about
        elif isinstance(value, Role):
            self.resolved.setdefault("roles", {})[str(value.id)] = payloads.role(value, 1)
        elif isinstance(value, Attachment):
            self.resolved.setdefault("attachments", {})[str(value.id)] = payloads.attachment(value)
        else:
            return value
        return str(value.id)


def _check_names(parent: Json, offered: Mapping[str, Json], given: Mapping[str, Any], *, complete: bool) -> None:
    unknown = [name for name in given if name not in offered]
    missing = [name for name, option in offered.items() if option.get("required") and name not in given]
    demand(not unknown, f"{parent['name']!r} has no options {unknown}, only {list(offered)}")
    demand(not (missing and complete), f"{parent['name']!r} needs {missing}")


def _check_range(option: Json, value: Any) -> None:
    size = len(value) if isinstance(value, str) else value
    least = option.get("min_length") if isinstance(value, str) else option.get("min_value")
    most = option.get("max_length") if isinstance(value, str) else option.get("max_value")
    fits = (least is None or size >= least) and (most is None or size <= most)
    demand(fits, f"{option['name']!r} takes {least} to {most}, not {value!r}")


def check_visible(command: Json, may: May, allowed: bool | None, *, in_guild: bool) -> None:
    """Raise an AssertionError unless a client shows this command to somebody with these permissions.

    ``allowed`` is what the server's settings say of it; they come before the command's own default.
    """
    needed = command.get("default_member_permissions")
    if allowed is not None and May.ADMINISTRATE not in may:
        demand(allowed, f"/{command['name']} is closed to them in the server's settings")
    elif in_guild and needed is not None:
        demand(not May(int(needed)) & ~may, f"/{command['name']} is hidden from who lacks {May(int(needed))!r}")
    contexts = command.get("contexts")
    is_offered = command.get("dm_permission") is not False if contexts is None else 1 in contexts
    demand(in_guild or is_offered, f"/{command['name']} is not offered in direct messages")
