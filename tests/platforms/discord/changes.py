"""Waiting for what the bot does."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

from tests.patience import PATIENCE_S

T = TypeVar("T")

_LOOK_AGAIN_S = 0.05
"""How soon a condition is looked at that becomes true without the server's noticing: in the bot's own state."""


class Changes:
    """Wakes whoever waits each time something has happened on the server."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def announce(self) -> None:
        """Something has happened: let everybody look again."""
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, condition: Callable[[], T], hoped_for: str = "", within: float = PATIENCE_S) -> T:
        """Wait until ``condition`` gives something true, and return that.

        Raises:
            AssertionError: it didn't within so many seconds.
        """
        loop = asyncio.get_running_loop()
        ends = loop.time() + within
        while not (found := condition()):
            if loop.time() > ends:
                raise AssertionError(f"{hoped_for or 'what was waited for'} didn't happen within {within} s")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._event.wait(), _LOOK_AGAIN_S)
        return found
