"""A thread that runs jobs for an event loop, one after the other.

An executor could do so too, but its locks cost a tenth of a millisecond for every answer.
"""

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


class WorkThread:
    """A thread that starts with its first job and runs until `close`."""

    def __init__(self, name: str) -> None:
        self._given: SimpleQueue[tuple[Callable[[], Any], asyncio.Future[Any]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def do(self, work: Callable[[], T]) -> "asyncio.Future[T]":
        """Run a job after all earlier ones."""
        if not self._thread.ident:
            self._thread.start()
        done = asyncio.get_running_loop().create_future()
        self._given.put((work, done))
        return done

    def close(self) -> None:
        """Finish all jobs, then end the thread."""
        if self._thread.ident:
            self._given.put(None)
            self._thread.join()

    def _run(self) -> None:
        while given := self._given.get():
            _do(*given)
            del given  # else the finished job would stay in memory until the next one comes


def _do(work: Callable[[], T], done: "asyncio.Future[T]") -> None:
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - the caller gets it
        tell = partial(done.set_exception, error)
    else:
        tell = partial(done.set_result, result)
    done.get_loop().call_soon_threadsafe(_unless_cancelled, done, tell)


def _unless_cancelled(done: "asyncio.Future[Any]", tell: Callable[[], None]) -> None:
    if not done.done():
        tell()
