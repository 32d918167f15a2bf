"""The gate for all requests that count towards Discord's limit of 50 a second."""

import asyncio
import time
from collections.abc import Awaitable, Callable

PER_SECOND = 48


class Gate:
    """Lets requests through one at a time, in order, and never more than the allowed number a second."""

    def __init__(
        self,
        per_second: float = PER_SECOND,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._gap = 1 / per_second
        self._now = now
        self._sleep = sleep
        self._next = now()
        self._turn = asyncio.Lock()

    async def turn(self) -> None:
        """Wait for a turn."""
        async with self._turn:
            if (wait := self._next - self._now()) > 0:
                await self._sleep(wait)
            # Sleeps are a little late. One gap is made up for; after a longer stall nothing is, or it would be a burst.
            self._next = max(self._next, self._now() - self._gap) + self._gap
