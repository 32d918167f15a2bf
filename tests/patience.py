"""How tests wait for what must happen."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 60.0
"""For what takes milliseconds: only a test that fails waits so long, however busy the machine is."""
_GLANCE_S, _LONGEST_GLANCE_S = 0.002, 0.064


async def until(look: Callable[[], Awaitable[T | None]], hoped_for: str) -> T:
    """Look again and again until there is something true to see, and return that.

    Raises:
        AssertionError: there is nothing, for so long that nothing will come.
    """
    pause = _GLANCE_S
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not (found := await look()):
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_GLANCE_S)
            return found
    except TimeoutError:
        raise AssertionError(f"no sign of {hoped_for} within {PATIENCE_S:g} s") from None
