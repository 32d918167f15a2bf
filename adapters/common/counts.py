"""Keep the public answer count under each question up to date, within the platform's rate limits."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext

import structlog

from adapters.common.background import Background
from bot.ports import MessengerError, Post, RateLimited

_log = structlog.get_logger(__name__)


class NoMoreEdits(MessengerError):
    """The platform won't accept more edits of this message."""


class Counts:
    """Shows answer counts, at a pace per message; if several arrive in between, only the latest is shown."""

    def __init__(
        self,
        show: Callable[[Post, int], Awaitable[None]],
        pause: Callable[[Post], float],
        *,
        first: float = 0.0,
        room: AbstractAsyncContextManager[None] | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Make it ready; nothing is shown until a count arrives.

        Args:
            show: updates the count in a message; raises `NoMoreEdits` if further edits are pointless.
            pause: minimum seconds between two edits of a message.
            first: how many seconds a first count waits for others that follow at once.
            room: limits how many counts are shown at once, such as a semaphore; None: no limit.
            sleep: waits for a number of seconds.
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
        """Soon show in a question how many have answered."""
        if post.key in self._worn_out:
            return
        self._waiting[post.key] = post, answered
        if post.key not in self._running:
            self._running.add(post.key)
            self._work.start(self._keep_up(post.key), f"count of {post.key}")

    def forget(self, key: str) -> None:
        """Drop a question's waiting count, because the whole question is being edited."""
        self._waiting.pop(key, None)
        self._worn_out.discard(key)

    async def stop(self) -> None:
        """Stop showing counts."""
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
        """Show a count; return how many seconds the platform asks to wait, if it does."""
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
