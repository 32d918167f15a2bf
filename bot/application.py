"""The running product as adapters see it: what `bot.bootstrap` puts together, and what an adapter is."""

from dataclasses import dataclass
from typing import Protocol

from bot.ports import Messenger
from bot.services.core import Core
from bot.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Application(Core):
    """Everything that use cases ask for, with the settings that adapters read."""

    settings: Settings


class Adapter(Protocol):
    """One platform: takes clicks and commands in, posts messages out."""

    @property
    def name(self) -> str:
        """The platform's name, as spaces and ``--adapter`` know it."""

    @property
    def messenger(self) -> Messenger:
        """Where delivery posts this platform's messages."""

    async def start(self) -> None:
        """Open for business; returns once it is.

        Raises:
            QuizbotError: it can't be, with what to do about it.
        """

    async def stop(self) -> None:
        """Close in order: nothing that was acknowledged is left undone."""
