"""Commands in chat, their options, and who typed them, on any platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from bot.domain.identity import Member, Space
from bot.i18n import Later


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The person who typed a command, where, and with which rights.

    Attributes:
        is_host: whether they run the space on its platform, and so are host everywhere in it; `bot.services.people`
            knows who else is.
        groups: the ids of the platform's groups that they are in, at least of those that are hosts.
        joined_at: since when they have been in the space; None if the platform doesn't say.
        address: where they connect from; empty if only the platform knows it.
    """

    space: Space
    channel: str
    member: Member
    is_host: bool
    groups: frozenset[str] = frozenset()
    joined_at: datetime | None = None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatCommand:
    """A command with its options by name: ``daily set`` with ``{"time": "09:00", …}``."""

    name: str
    options: dict[str, str] = field(default_factory=dict)


class ValueKind(Enum):
    """The type of an option's value; handlers get every value as text."""

    TEXT = auto()
    NUMBER = auto()
    YES_NO = auto()
    CODE = auto()
    """A code that may be typed in several pieces, which are joined."""
    MEMBER = auto()
    GROUP = auto()
    """A role or user group of the platform."""
    MENTION = auto()
    """A person as ``@`` and their account's id, or a group as ``&`` and its id."""
    FILE = auto()


class Slot(Enum):
    """Where an option can appear in a typed command.

    Every option can also be given as ``name=value``, or as ``name:value``, which is how menus show it.
    """

    NAMED = auto()
    """Only as ``name=value``."""
    NEXT = auto()
    """Also as a bare value, which the first such option without a value takes."""
    ANYWHERE = auto()
    """Also as an unmistakable bare word: a number, one of the choices, or (for yes or no) the option's name."""


class ValueSource(Enum):
    """The source of the values that are offered while somebody types."""

    ZONES = auto()
    BANKS = auto()
    TOPICS = auto()
    TEAMS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a command.

    Attributes:
        about: one line that describes the option in menus and in docs/.
        required: menus insist on the option; typed commands may lack it, and the handler says what is missing.
        takes_rest: the option takes all further words that fit no other option.
        choices: the allowed values; empty: any.
        bounds: the smallest and the largest number allowed.
        completed_from: the source of the values that are offered.
        hosts_choices: the choices that only hosts may use.
        posting_choices: the choices with which the command makes the bot post in the channel.
        example: how the option is typed, shown to people whose word fits no option.
        in_menus: False for an option that can only be typed. A member or a file can only be chosen.
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
    posting_choices: tuple[str, ...] = ()
    example: str = ""
    in_menus: bool = True

    @property
    def is_typed(self) -> bool:
        """Whether a typed command can have this option."""
        return self.kind not in {ValueKind.MEMBER, ValueKind.FILE}

    def is_for_hosts(self, options: Mapping[str, str]) -> bool:
        """Whether only hosts may use one of the values chosen here."""
        return options.get(self.name, "").casefold() in self.hosts_choices

    def posts(self, options: Mapping[str, str]) -> bool:
        """Whether the value chosen here makes the bot post in the channel."""
        return options.get(self.name, "").strip().casefold() in self.posting_choices
