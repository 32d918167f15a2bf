"""How many sessions the bot may still start today.

Discord counts them over all processes. A bot that starts more than it may loses every session, and the token:
https://discord.com/developers/docs/events/gateway#identifying.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.rendering.words import span

_DAY_S = 86_400.0

_log = structlog.get_logger(__name__)


class SessionStarts:
    """Spreads the second half of the sessions that Discord allows evenly, until all of them are free again.

    So a bot that is restarted whenever it crashes connects more and more slowly, but always connects.
    """

    def __init__(
        self,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Set up before Discord has said how many are left; until `learn` nothing is counted."""
        self._now = now
        self._sleep = sleep
        self._total = self._left = 0
        self._whole_at = 0.0
        self._reserved = 0
        self._next_at: float | None = None
        self._turn = asyncio.Lock()

    def learn(self, limits: Mapping[str, Any], needed: int) -> None:
        """Read Discord's ``session_start_limit``.

        Raises:
            BadInput: fewer are left than ``needed``; the text says when there are more.
        """
        self._total, self._left = limits["total"], limits["remaining"]
        lasts = timedelta(milliseconds=limits["reset_after"])
        self._whole_at = self._now() + lasts.total_seconds()
        if needed > self._left:
            raise BadInput(
                _(
                    "Sessions that Discord still allows this bot: {left}. It needs {needed}. Try again in {time}, and "
                    "find out why it restarts so often."
                ).format(left=self._left, needed=needed, time=span(lasts))
            )

    async def reserve(self, number: int) -> None:
        """Wait until this many sessions may begin one after the other; they then begin without waiting."""
        await self._take(number)
        self._reserved += number

    async def begin(self) -> None:
        """Wait until a session may begin; if the wait is cancelled, the next call continues it."""
        if self._reserved:
            self._reserved -= 1
        else:
            await self._take(1)

    async def _take(self, number: int) -> None:
        if not self._total:
            return
        async with self._turn:
            if self._next_at is None:
                self._next_at = self._now() + self._pause(number)
            if (wait := self._next_at - self._now()) > 0:
                _log.warning("session_starts_low", left=self._left, waits_s=round(wait))
                await self._sleep(wait)
            self._next_at = None
            self._left -= number

    def _pause(self, number: int) -> float:
        until_whole = self._whole_at - self._now()
        if until_whole <= 0:
            self._left, self._whole_at = self._total, self._now() + _DAY_S
            return 0.0
        if self._left >= self._total / 2:
            return 0.0
        return until_whole * min(1.0, number / max(1, self._left))
