"""Measures how long the event loop keeps everybody waiting."""

import asyncio
from time import thread_time

LONGEST_S = 0.05
"""The longest turn that is allowed: five times what was measured; what is guarded against took seconds."""


class Watchdog:
    """Measures how much the loop's thread works between two chances for others: processor time, whatever else runs."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def watch(self) -> None:
        while True:
            before = thread_time()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, thread_time() - before)
