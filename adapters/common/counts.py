"""The public count under a question, kept up to date without wearing out the platform's patience."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext

import structlog

from adapters.common.background import Background
from bot.ports import MessengerError, Post, RateLimited

_log = structlog.get_logger(__name__)


class NoMoreEdits(MessengerError):
    """The platform takes no more edits of this message."""


class Counts:
    """Shows counts, each message in its own time; of several that come meanwhile only the last is shown."""

    def __init__(
        self,
        show: Callable[[Post, int], Awaitable[None]],
        pause: Callable[[Post], float],
        *,
        first: float = 0.0,
        room: AbstractAsyncContextManager[None] | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Nothing is shown before there is a count.

        Args:
            show: brings the count in a message up to date; raises `NoMoreEdits` where that is in vain from now on.
            pause: how many seconds must lie between two edits of a message.
            first: how many seconds the first of several counts waits for those that come with it.
            room: held while a count is shown, such as a semaphore; without one, any number is shown at once.
            sleep: waits for so many seconds.
        """
        self._show = show
        self._pause = pause
        self._first = first
        self._room = room or nullcontext()
        self._sleep = sleep
        self._work = Background()
        self._waiting: dict[str, tuple[Post, int]] = {}
        self._running: set[str] = set()
        self._worn_out: set[str] = set()

    def show(self, post: Post, answered: int) -> None:
        """Show in a question how many have answered, soon."""
        if post.key in self._worn_out:
            return
        self._waiting[post.key] = post, answered
        if post.key not in self._running:
            self._running.add(post.key)
            self._work.start(self._keep_up(post.key), f"count of {post.key}")

    def forget(self, key: str) -> None:
        """The question is edited as a whole: a count that waits can't come after."""
        self._waiting.pop(key, None)
        self._worn_out.discard(key)

    async def stop(self) -> None:
        """Show nothing more at all."""
        await self._work.finish(0)

    async def _keep_up(self, key: str) -> None:
        try:
            if self._first:
                await self._sleep(self._first)
            while waiting := self._waiting.pop(key, None):
                async with self._room:
                    limited = await self._show_one(*waiting)
                await self._sleep(limited + self._pause(waiting[0]))
        finally:
            self._running.discard(key)

    async def _show_one(self, post: Post, answered: int) -> float:
        """Show a count; for how many seconds the platform takes none, where it says so."""
        try:
            await self._show(post, answered)
        except NoMoreEdits:
            self._worn_out.add(post.key)
            self._waiting.pop(post.key, None)
        except RateLimited as error:
            self._waiting.setdefault(post.key, (post, answered))
            return error.retry_after
        except Exception as error:  # noqa: BLE001 - a count that isn't shown harms nobody; the next one tries again
            _log.info("count_not_shown", key=post.key, reason=str(error))
        return 0.0
