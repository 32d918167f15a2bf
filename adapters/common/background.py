"""Background work: it continues after the platform is acknowledged, and finishes before the adapter stops."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress

import structlog

from bot.domain.errors import QuizbotError

_log = structlog.get_logger(__name__)


class Background:
    """Tasks that run in the background until the adapter stops."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[None, None, None], name: str) -> asyncio.Task[None]:
        """Run work in the background; errors are logged under ``name``."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def finish(self, within: float) -> None:
        """Wait for all tasks; cancel those that take longer than the given number of seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._tasks:  # running tasks may start more
                    await asyncio.wait(self._tasks)
        late = list(self._tasks)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        """Log a task's error: nobody waits for the task, so the log is where it is noticed."""
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, QuizbotError):
            _log.warning("not_done", what=task.get_name(), reason=str(error))
        elif error is not None:
            _log.error("failed", what=task.get_name(), exc_info=error)
