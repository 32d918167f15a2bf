"""Who asks for what in chat, whatever the platform."""

from dataclasses import dataclass, field

from bot.domain.identity import Member, Space


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody who typed a command: where, and with what right.

    ``is_admin`` is the platform's own word: Manage Server, workspace admin, host of the web room.
    """

    space: Space
    channel: str
    member: Member
    is_admin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatCommand:
    """A command with its options by name: ``daily set`` with ``{"time": "09:00", …}``."""

    name: str
    options: dict[str, str] = field(default_factory=dict)
