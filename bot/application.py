"""The running product as adapters see it: what `bot.bootstrap` puts together, and what an adapter is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.ports import Messenger
from bot.services.core import Core
from bot.settings import Settings

if TYPE_CHECKING:  # it takes 12 MiB, and only a process that serves needs it
    from aiohttp import web


@dataclass(frozen=True, kw_only=True)
class Application(Core):
    """Everything that use cases ask for, with the settings that adapters read."""

    settings: Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that ``quizbot doctor`` looked at; ``mend`` says what to do when it isn't ``ok``."""

    name: str
    ok: bool
    found: str
    mend: str = ""


class Adapter(Protocol):
    """One platform: takes clicks and commands in, posts messages out.

    Attributes:
        name: the platform's name, as spaces and ``--adapter`` know it.
        messenger: where delivery posts this platform's messages.
    """

    name: str
    messenger: Messenger

    async def start(self, site: "web.Application") -> None:
        """Open for business; returns once it is.

        Args:
            site: the process's HTTP server, which listens once every adapter has started; take routes of your own.

        Raises:
            QuizbotError: it can't be, with what to do about it.
        """

    def greeting(self, address: str) -> str:
        """What to say at the terminal once the process listens at ``address``; may be empty."""

    async def stop(self) -> None:
        """Close in order: nothing that was acknowledged is left undone."""

    async def problem(self) -> str | None:
        """Why the platform can't be served now, for ``/readyz``; None where all is well."""

    async def check(self) -> Sequence[Check]:
        """Look at everything that the platform needs, without being started."""
