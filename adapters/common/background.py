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

    def start(self, work: Coroutine[None, None, None], name: str) -> None:
        """Run work in the background; errors are logged under ``name``."""
        task = asyncio.create_task(_logged(work, name), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

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


async def _logged(work: Coroutine[None, None, None], name: str) -> None:
    try:
        await work
    except QuizbotError as error:
        _log.warning("not_done", what=name, reason=str(error))
    except Exception:  # noqa: BLE001 - nobody waits for it: the log is where it is noticed
        _log.exception("failed", what=name)
