"""The public count of answers: shown soon, and never so often that Slack would mind."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from adapters.slack.background import Background
from adapters.slack.pauses import Pauses
from bot.ports import MessengerError, Post, RateLimited

_log = structlog.get_logger(__name__)


class Counts:
    """What is still to be shown in which question; the last count is shown in any case, those between may not be."""

    def __init__(
        self,
        show: Callable[[Post, int], Awaitable[None]],
        pauses: Pauses,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._show = show
        self._pauses = pauses
        self._sleep = sleep
        self._work = Background()
        self._waiting: dict[str, tuple[Post, int]] = {}
        self._running: set[str] = set()

    def show(self, post: Post, answered: int) -> None:
        """Show in a question how many have answered, soon."""
        self._waiting[post.key] = post, answered
        if post.key not in self._running:
            self._running.add(post.key)
            self._work.start(self._run(post.key), f"count of {post.key}")

    def forget(self, key: str) -> None:
        """The question is edited as a whole."""
        self._waiting.pop(key, None)

    async def stop(self) -> None:
        """Show nothing more."""
        await self._work.finish(0)

    async def _run(self, key: str) -> None:
        pause = self._pauses.first_count
        try:
            while True:
                await self._sleep(pause)
                if key not in self._waiting:
                    return
                pause = await self._next(key)
        finally:
            self._running.discard(key)

    async def _next(self, key: str) -> float:
        """Show the count that waits; how long to wait before the next one."""
        post, answered = self._waiting.pop(key)
        try:
            await self._show(post, answered)
        except RateLimited as error:
            self._waiting.setdefault(key, (post, answered))
            return error.retry_after + self._pauses.next_count
        except MessengerError as error:
            _log.info("count_not_shown", key=key, reason=str(error))
        return self._pauses.next_count
