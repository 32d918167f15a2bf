"""Work that goes on after the platform got its acknowledgement, and is finished before the adapter stops."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress

import structlog

from bot.domain.errors import QuizbotError

_log = structlog.get_logger(__name__)


class Background:
    """Tasks that nobody waits for until the end."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[None, None, None], name: str) -> None:
        """Let work go on; what it raises is logged under its name."""
        task = asyncio.create_task(_logged(work, name), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, within: float) -> None:
        """Wait for what goes on, and end what takes longer than so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._tasks:  # what is under way may start more
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
