"""The running application as adapters see it, and the interface of an adapter."""

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
    """Everything that use cases need, and the settings that adapters read."""

    settings: Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The result of one check by ``quizbot doctor``; ``mend`` says what to do if it isn't ``ok``."""

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
        """Start serving the platform; return once everything runs.

        Args:
            site: the process's HTTP server, which listens once every adapter has started; add your routes to it.

        Raises:
            QuizbotError: the adapter can't start; the text says what to do.
        """

    def greeting(self, address: str) -> str:
        """Return what to print at the terminal once the process listens at ``address``; may be empty."""

    async def stop(self) -> None:
        """Stop cleanly: finish everything that was acknowledged."""

    async def problem(self) -> str | None:
        """Say why the platform can't be served now, for ``/readyz``; None if it can."""

    async def check(self) -> Sequence[Check]:
        """Check everything that the platform needs, without starting the adapter."""
