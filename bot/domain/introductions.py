"""How a platform is introduced to people who don't use the bot there yet."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """A platform that the bot serves, on a page for everybody.

    Attributes:
        spell: writes the commands in a text (`bot.domain.typed`) as people type them there.
        invitation: the address where people add the bot to a space; empty if only its operator can.
    """

    spell: Callable[[str], str]
    invitation: str = ""
