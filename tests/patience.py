"""How tests wait for something to happen: without fixed pauses."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 60.0
"""The longest wait for what takes milliseconds: only a failing test waits so long, even on a busy machine."""
_GLANCE_S, _LONGEST_GLANCE_S = 0.002, 0.064


async def until(look: Callable[[], Awaitable[T | None]], hoped_for: str) -> T:
    """Call ``look`` again and again until it returns something true, and return that.

    Raises:
        AssertionError: nothing true came within `PATIENCE_S`; the message names what was ``hoped_for``.
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
