"""Have pictures painted for messages: each once, one at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

import structlog
from cachetools import LRUCache

from bot.domain.images import ImageFile, image_file
from bot.ports import StorageUnavailable

_TRIES = 3
"""How often one picture is tried: what failed may succeed later, unless it fails because it takes too much."""
_FAILURES_KEPT = 64

_log = structlog.get_logger(__name__)

Shown = TypeVar("Shown", bound=Hashable)


class Painted(Generic[Shown]):
    """The pictures that one process paints; the newest are kept, since their messages may be sent again.

    ``paint`` returns None for what can never be painted, and raises an error if it failed this time.
    """

    def __init__(self, paint: Callable[[Shown], Awaitable[bytes | None]], *, kept: int) -> None:
        self._paint = paint
        self._room = asyncio.Semaphore(1)
        self._kept: LRUCache[Shown, ImageFile | None] = LRUCache(kept)
        self._failures: LRUCache[Shown, int] = LRUCache(_FAILURES_KEPT)

    async def of(self, shown: Shown) -> ImageFile | None:
        """Return a picture; None if it can't be painted, so that its message goes out in words."""
        async with self._room:
            if shown not in self._kept and self._failures.get(shown, 0) < _TRIES:
                await self._try(shown)
            return self._kept.get(shown)

    def drop(self) -> None:
        """Forget all pictures painted so far."""
        self._kept.clear()

    async def _try(self, shown: Shown) -> None:
        try:
            painted = await self._paint(shown)
        except StorageUnavailable:  # its message can't go out now either
            raise
        except Exception:  # noqa: BLE001 - better a message without this picture than no message
            _log.exception("not_painted", what=type(shown).__name__)
            self._failures[shown] = self._failures.get(shown, 0) + 1
            return
        self._kept[shown] = image_file(painted) if painted else None
        if self._kept[shown] is None:
            _log.warning("not_painted", what=type(shown).__name__, reason="it can't be read")
