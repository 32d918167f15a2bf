"""The commands: each module declares those of one subject beside their handlers; `table` collects them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.commands import Caller, Option
from bot.domain.identity import Member
from bot.domain.limits import Limit
from bot.domain.typed import Typed
from bot.domain.views import Caution, MessageView
from bot.domain.words import ticked
from bot.i18n import Later, later
from bot.services.core import Core

Handler = Callable[[Core, Caller, dict[str, str]], Awaitable[MessageView | None]]
"""Runs a command with these options; returns the private reply, or None if a public message says it all."""

ForAccounts = Callable[[Core, Sequence[Member], dict[str, str]], Awaitable[MessageView]]
"""Runs a command in a direct message, for all accounts that a person has in the platform's spaces."""


Asks = Callable[[Core, Caller, dict[str, str]], Awaitable[Caution | None]]
"""Says what a command with these options would do that can't be undone; None if there is nothing."""

AsksAccounts = Callable[[Core, Sequence[Member], dict[str, str]], Awaitable[Caution | None]]
"""Says so for a direct message, about all accounts that a person has in the platform's spaces."""

PostsIn = Callable[[Core, Caller, dict[str, str]], Awaitable[str | None]]
"""Returns the channel in which a command with these options makes the bot post; None: it posts nowhere."""

CONFIRM = "confirm"
"""The option with the code that says yes to what a command asked first; it is in no menu."""

_CONFIRM = Option(name=CONFIRM, about=later("The code that the bot gave when it asked first"), in_menus=False)

_TOO_MANY = 1_000
"""So many are refused by every command that takes a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command, on every platform.

    Attributes:
        name: its words, such as ``quiz`` or ``daily set``. The first of two words names its group.
        does: one line about it, for menus and the guides in docs/.
        limit: the limit that it counts towards; None if it only reads, or is for a host's series or banks.
        counts_by: the option that says how often it counts towards the limit; empty: once.
        options: in the order in which menus list them and people type bare values.
        for_hosts: only hosts may use it; if False, single choices of its options may still be for hosts only.
        of_channel: it decides about the channel alone, so that somebody who is host only there may use it, too.
        posts: it makes the bot post in the channel, at once or later; if False, single choices of its options may.
        posts_in: in which other channel it makes the bot post.
        opens_form: its handler may return a form, which some platforms open only if nothing else comes first.
        replaces: its reply replaces the private message whose button ran it, where the platform can do that.
        of_a_space: it needs no channel, and so works in a direct message on platforms where that belongs to a space.
        opens_group: the group's word alone means this command, too.
        asks: what it tells before it does something that can't be undone; ``asks_in_private`` in a direct message.
        in_private: what it does in a direct message; None: it works only in a channel.
        help: its line in /help; None: another command's line mentions it.
        help_example: how that line spells the command; None: without options.
        misfit: the reply to a typed ``{word}`` that fits none of its options; None: a general reply if it has named
            options, otherwise such a word is ignored.
        at_hand: the web room has a button for it.
    """

    name: str
    does: Later
    handler: Handler
    limit: Limit | None
    counts_by: str = ""
    options: tuple[Option, ...] = ()
    for_hosts: bool = False
    of_channel: bool = False
    posts: bool = False
    posts_in: PostsIn | None = None
    opens_form: bool = False
    replaces: bool = False
    of_a_space: bool = False
    opens_group: bool = False
    asks: Asks | None = None
    asks_in_private: AsksAccounts | None = None
    in_private: ForAccounts | None = None
    help: Later | None = None
    help_example: Typed | None = None
    misfit: Later | None = None
    at_hand: bool = False

    @property
    def group(self) -> str:
        """The word of the command's group; empty for a command of one word."""
        return self.name.partition(" ")[0] if " " in self.name else ""

    @property
    def typed_options(self) -> tuple[Option, ...]:
        """The options that a typed command can have, the code for what it asks first among them."""
        options = (*self.options, _CONFIRM) if self.asks else self.options
        return tuple(option for option in options if option.is_typed)

    def is_for_hosts(self, options: Mapping[str, str]) -> bool:
        """Whether only hosts may use the command with these options."""
        return self.for_hosts or any(option.is_for_hosts(options) for option in self.options)

    def makes_post(self, options: Mapping[str, str]) -> bool:
        """Whether the command with these options makes the bot post in the channel, for everybody or for one member."""
        return self.posts or any(option.posts(options) for option in self.options)

    @staticmethod
    def is_public(options: Mapping[str, str]) -> bool:
        """Whether everybody in the channel may see what a command with these options posts."""
        return not ticked(options.get("private", ""))

    def counts(self, options: Mapping[str, str]) -> int:
        """Return how often the command counts towards its limit with these options."""
        try:
            number = int(options.get(self.counts_by, ""))  # as the command itself reads it
        except ValueError:
            return 1
        return number if 1 <= number < _TOO_MANY else 1
