"""Goes through thousands of rows without keeping the event loop from anybody."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

_AT_ONCE = 1_000
"""Items between two pauses; what a loop does with as many takes a few milliseconds."""

_Item = TypeVar("_Item")


async def unhurried(items: Iterable[_Item]) -> AsyncIterator[_Item]:
    """Yield items, and let other tasks run after every thousand."""
    for number, item in enumerate(items, start=1):
        yield item
        if number % _AT_ONCE == 0:
            await asyncio.sleep(0)
