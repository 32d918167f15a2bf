"""One read for all who need it at the same moment, such as the pages that are told of a new question."""

from collections.abc import Awaitable, Callable, Hashable
from itertools import count
from typing import Any, TypeVar

from cachetools import FIFOCache

from bot.services.turns import Turns

T = TypeVar("T")

_KEPT = 8


class SharedReads:
    """Reads by key: everybody who asks while a read is under way shares the next one.

    They don't share the one under way, because what they heard of may have happened since it began.
    """

    def __init__(self) -> None:
        self._turns = Turns()
        self._moments = count()
        self._last: FIFOCache[Hashable, tuple[int, Any]] = FIFOCache(_KEPT)

    async def read(self, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        """Return what ``read`` returns, or what it returned to somebody else who asked under ``key`` meanwhile."""
        asked = next(self._moments)
        async with self._turns.of(key):
            began, found = self._last.get(key, (-1, None))
            if began < asked:
                began = next(self._moments)
                found = await read()
                self._last[key] = began, found
            return found  # type: ignore[no-any-return]  # one key stands for one type
