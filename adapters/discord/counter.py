"""The public count under a question, kept up to date without wearing out Discord's patience."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.ports import Clock, MessengerError, Post

FRESH_S = 1.5
"""Between two edits of a message: Discord takes 5 in 5 s, and the question's own edits want room among them."""

OLD = timedelta(hours=1)
OLD_S = 300.0
"""The same for a message older than an hour, of which Discord takes few edits."""

_AT_ONCE = 8
"""Counts never stand in line in such numbers that a question would wait behind them."""

_log = structlog.get_logger(__name__)


class NoMoreEdits(MessengerError):
    """Discord takes no more edits of this message."""


class Counter:
    """Shows counts, each message in its own time; of several that come meanwhile only the last is shown."""

    def __init__(
        self,
        show: Callable[[Post], Awaitable[None]],
        clock: Clock,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._show = show
        self._clock = clock
        self._sleep = sleep
        self._changed: dict[str, Post] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._worn_out: set[str] = set()

    def touch(self, post: Post) -> None:
        """The count under a message changed."""
        if post.key in self._worn_out:
            return
        self._changed[post.key] = post
        if post.key not in self._tasks:
            self._tasks[post.key] = asyncio.create_task(self._keep_up(post.key), name=f"count of {post.key}")

    def forget(self, key: str) -> None:
        """The message is closed: nothing more is to be shown under it."""
        self._changed.pop(key, None)
        self._worn_out.discard(key)

    async def stop(self) -> None:
        """Show nothing more at all."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep_up(self, key: str) -> None:
        try:
            while post := self._changed.pop(key, None):
                async with self._room:
                    await self._show_one(post)
                await self._sleep(pause(post.posted_at, self._clock.now()))
        finally:
            del self._tasks[key]

    async def _show_one(self, post: Post) -> None:
        try:
            await self._show(post)
        except NoMoreEdits:
            self._worn_out.add(post.key)
            self._changed.pop(post.key, None)
        except Exception as error:  # noqa: BLE001 - a count that isn't shown harms nobody; the next one tries again
            _log.info("count_not_shown", key=post.key, reason=str(error))


def pause(posted_at: datetime, now: datetime) -> float:
    """How many seconds must lie between two edits of a message."""
    return OLD_S if now - posted_at >= OLD else FRESH_S
