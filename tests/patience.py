"""How tests wait for something to happen, and measure how long it took, however busy the machine is."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
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


_THREADS = Path("/proc/self/task")
_waited_ns: dict[str, int] = {}
"""How long each thread of this process, ended ones too, was ready to run and waited for a processor."""


def kept_waiting() -> float:
    """Return how many seconds the threads of this process have waited for a processor in all.

    What takes longer than it may doesn't count where the machine was too busy; subtract the difference. It is 0 where
    the system doesn't tell, because it isn't Linux. See "run_delay" in the kernel's `sched-stats.rst`.
    """
    for thread in _THREADS.iterdir() if _THREADS.is_dir() else ():
        with suppress(OSError):  # it has ended meanwhile
            _waited_ns[thread.name] = int((thread / "schedstat").read_text().split()[1])
    return sum(_waited_ns.values()) / 1e9
