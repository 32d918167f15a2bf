"""Waits for what the bot does."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

from tests.patience import PATIENCE_S

T = TypeVar("T")

_LOOK_AGAIN_S = 0.05
"""How often a condition is checked while the server notices nothing: it may be about the bot's own state."""


class Changes:
    """Wakes everybody who waits, each time something happens on the server."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def announce(self) -> None:
        """Let everybody who waits check again: something has happened."""
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, condition: Callable[[], T], hoped_for: str = "") -> T:
        """Wait until ``condition`` returns something true, and return that.

        Raises:
            AssertionError: it returned nothing true, for so long that it never will.
        """
        loop = asyncio.get_running_loop()
        ends = loop.time() + PATIENCE_S
        while not (found := condition()):
            if loop.time() > ends:
                raise AssertionError(f"{hoped_for or 'what was waited for'} didn't happen within {PATIENCE_S:g} s")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._event.wait(), _LOOK_AGAIN_S)
        return found
