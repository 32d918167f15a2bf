"""What can be typed: each module declares the commands of one subject beside their handlers; `table` collects them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.commands import Caller, Option
from bot.domain.identity import Member
from bot.domain.limits import Limit
from bot.domain.typed import Typed
from bot.domain.views import MessageView
from bot.i18n import Later
from bot.services.core import Core

Handler = Callable[[Core, Caller, dict[str, str]], Awaitable[MessageView | None]]
"""Does what a caller asked for with these options; the private reply, or None where a public message says it all."""

ForAccounts = Callable[[Core, Sequence[Member], dict[str, str]], Awaitable[MessageView]]
"""Does the same for somebody in a direct message, with all accounts that they have in the spaces of the platform."""


_TOO_MANY = 1_000
"""So many are refused by every command that takes a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command, on every platform.

    Attributes:
        name: its words: ``quiz``, ``daily set``. Of two words the first is that of its group.
        does: one line on it, for menus.
        limit: what of, how much one person may do at a time; None for what only reads, and for hosts' series and banks.
        counts_by: the option that says how often it counts towards the limit; empty: once.
        options: in the order in which menus list them and bare values are typed.
        for_hosts: refused to everybody else; an option may have choices that are for hosts alone.
        asks_in_public: it leads to a message in the channel, so that the bot must be able to write there.
        opens_group: the word of its group alone means it, too.
        in_private: what it does in a direct message; None: it works in a channel only.
        help: its line in /help; None: the line of another command names it.
        help_example: how that line types it; None: without options.
        misfit: what is said about a typed ``{word}`` that is none of its options; None: the general sentence where it
            has named options, else such a word is ignored.
        at_hand: the room has a button for it.
    """

    name: str
    does: Later
    handler: Handler
    limit: Limit | None
    counts_by: str = ""
    options: tuple[Option, ...] = ()
    for_hosts: bool = False
    asks_in_public: bool = False
    opens_group: bool = False
    in_private: ForAccounts | None = None
    help: Later | None = None
    help_example: Typed | None = None
    misfit: Later | None = None
    at_hand: bool = False

    @property
    def group(self) -> str:
        """The word of its group; empty for a command of one word."""
        return self.name.partition(" ")[0] if " " in self.name else ""

    def is_for_hosts(self, options: Mapping[str, str]) -> bool:
        """Whether hosts alone may do this with these options."""
        return self.for_hosts or any(option.is_for_hosts(options) for option in self.options)

    def counts(self, options: Mapping[str, str]) -> int:
        """How often it counts towards its limit with these options."""
        try:
            number = int(options.get(self.counts_by, ""))  # as the command itself reads it
        except ValueError:
            return 1
        return number if 1 <= number < _TOO_MANY else 1
