"""Who asks for what in chat, and what a command's options are, whatever the platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.domain.identity import Member, Space
from bot.i18n import Later


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody who typed a command: where, and with what right.

    ``is_host`` follows the platform's own rights: Manage Server, workspace admin, host of the web room. ``address`` is
    where they connect from; empty where only the platform knows it.
    """

    space: Space
    channel: str
    member: Member
    is_host: bool
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatCommand:
    """A command with its options by name: ``daily set`` with ``{"time": "09:00", …}``."""

    name: str
    options: dict[str, str] = field(default_factory=dict)


class ValueKind(Enum):
    """What an option's value is; handlers get all of them as text."""

    TEXT = auto()
    NUMBER = auto()
    YES_NO = auto()
    CODE = auto()
    """May be typed in several pieces, which are put together."""
    MEMBER = auto()
    GROUP = auto()
    """A role or user group of the platform."""
    FILE = auto()


class Slot(Enum):
    """Where an option stands in a typed command; everywhere it may be given as ``name=value``, too."""

    NAMED = auto()
    """Only as ``name=value``."""
    NEXT = auto()
    """Also as a bare value: the first option of this slot that isn't given yet takes it."""
    ANYWHERE = auto()
    """Also as a bare word that shows by itself what it is: a number, one of the choices, or (yes or no) the name."""


class ValueSource(Enum):
    """Where the values come from that are offered while somebody types."""

    ZONES = auto()
    BANKS = auto()
    TOPICS = auto()
    TEAMS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a command.

    Attributes:
        about: one line on it, for menus.
        required: menus insist on it; typed commands may lack it, and their handler says what is missing.
        takes_rest: all further words that fit nowhere else belong to it.
        choices: all values that there are; empty: any.
        bounds: the smallest and the greatest number.
        completed_from: where the values come from that are offered.
        hosts_choices: those of the choices that hosts alone may make.
        example: how it is typed, for whoever typed a word that fits nowhere.
        in_menus: False for one that can only be typed. A member and a file can only be chosen.
    """

    name: str
    about: Later
    kind: ValueKind = ValueKind.TEXT
    slot: Slot = Slot.NAMED
    required: bool = False
    takes_rest: bool = False
    choices: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None
    completed_from: ValueSource | None = None
    hosts_choices: tuple[str, ...] = ()
    example: str = ""
    in_menus: bool = True

    @property
    def is_typed(self) -> bool:
        """Whether a typed command can have it."""
        return self.kind not in {ValueKind.MEMBER, ValueKind.FILE}

    def is_for_hosts(self, options: Mapping[str, str]) -> bool:
        """Whether what was chosen among these options is for hosts alone."""
        return options.get(self.name, "").casefold() in self.hosts_choices
