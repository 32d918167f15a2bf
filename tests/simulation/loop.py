"""An event loop whose time and threads are the simulation's own.

Time stands still while code runs, and leaps to the next timer when nothing can: an hour costs nothing. SQLite's
threads are gone: each call happens on the loop, after a delay that the seed draws. So tasks take their turns in
an order that the seed decides, the same every time.
"""

import asyncio
import contextlib
import gc
import selectors
import sqlite3
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import partial
from random import Random
from unittest import mock

import aiosqlite

from bot.storage.thread import WorkThread
from bot.testing import FakeClock

_TICK = timedelta(microseconds=1)
_LOCK_WAIT_S = 10.0


class Killed(BaseException):
    """The process that waits for this is dead."""


class Machine:
    """What one process owns: tasks, and connections that die with it."""

    def __init__(self, name: str, trouble: "Trouble") -> None:
        self.name = name
        self.trouble = trouble
        self.dead = False
        self.tasks: list[asyncio.Task] = []
        self.wrappers: list[aiosqlite.Connection] = []
        self._connections: list[sqlite3.Connection] = []

    def owns(self, connection: sqlite3.Connection) -> None:
        # Nobody may wait for a lock on the only thread: whoever meets one tries again later.
        connection.execute("PRAGMA busy_timeout = 0")
        self._connections.append(connection)

    def kill(self) -> None:
        """What was not committed is gone, and nothing that is left of it reaches the world any more."""
        self.dead = True
        for connection in self._connections:
            if connection.in_transaction:  # a cursor that is still open would keep it alive, and its lock
                connection.execute("ROLLBACK")
            connection.close()
        for task in self.tasks:
            task.cancel()

    def bury(self) -> None:
        """Let nothing complain that it was never closed."""
        for wrapper in self.wrappers:
            wrapper._connection = None

    def alive(self) -> None:
        if self.dead:
            raise Killed(self.name)


class Trouble:
    """How slow the disk is, and how often it refuses."""

    def __init__(self, random: Random, refusals: float = 0.0) -> None:
        self.random = random
        self.refusals = refusals

    def delay(self) -> float:
        """Seconds that a call takes: mostly next to nothing, now and then long enough for much else."""
        return self.random.choice((1e-6, 1e-5, 1e-4, 1e-4, 1e-3, 0.03))

    def is_instant(self) -> bool:
        """Most calls let nothing else happen meanwhile: turns change often enough, and seeds go by faster."""
        return self.random.random() < 0.7

    def refuses(self) -> bool:
        return self.random.random() < self.refusals


running_on: ContextVar[Machine | None] = ContextVar("running_on", default=None)


class Leaping(selectors.SelectSelector):
    """Waits for nothing: moves the clock instead."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list:
        if timeout is None:
            raise AssertionError("everything waits, and nothing is to come")
        if timeout > 0:
            self._clock.advance(max(_TICK, timedelta(seconds=timeout)))
        return []


class SimulatedLoop(asyncio.SelectorEventLoop):
    """See the module."""

    def __init__(self, clock: FakeClock, selector: Leaping | None = None) -> None:
        self._start = clock.now()
        self._now: Callable[[], datetime] = clock.now
        super().__init__(selector or Leaping(clock))
        self.set_task_factory(_own)

    def time(self) -> float:
        return (self._now() - self._start).total_seconds()


def _own(loop: asyncio.AbstractEventLoop, coroutine, **options) -> asyncio.Task:
    task = asyncio.Task(coroutine, loop=loop, **options)
    machine = running_on.get()
    if machine is not None:
        machine.tasks.append(task)
        if machine.dead:
            task.cancel()
    return task


class _NoThread:
    """Stands where aiosqlite keeps its thread."""

    daemon = True

    def start(self) -> None:
        """Nothing to start."""


class _Calls:
    """Stands where aiosqlite keeps the queue to its thread."""

    def put_nowait(self, item: tuple[asyncio.Future | None, Callable[[], object]]) -> None:
        future, function = item
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # at the very end, from a destructor
            function()
            return
        if future is None:  # what nobody waits for comes before what is asked next, as in a queue
            with contextlib.suppress(sqlite3.ProgrammingError):  # the connection died with its machine
                function()
            return
        _call_later(loop, future, function)


def _call_later(loop: asyncio.AbstractEventLoop, future: asyncio.Future, function: Callable[[], object]) -> None:
    machine = running_on.get()
    if machine is None:
        _settle(future, function)
    else:
        _Call(loop, machine, future, function).begin()


def _do(_thread: WorkThread, work: Callable[[], object]) -> asyncio.Future:
    def batch() -> object:
        return work()

    loop = asyncio.get_running_loop()
    future = loop.create_future()
    _call_later(loop, future, batch)
    return future


class _Call:
    """One call to SQLite by a process; it takes its time, waits for locks, and may come to nothing."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, machine: Machine, future: asyncio.Future, function: Callable[[], object]
    ) -> None:
        self._loop = loop
        self._machine = machine
        self._future = future
        self._function = function
        self._deadline = loop.time() + _LOCK_WAIT_S

    def begin(self) -> None:
        trouble = self._machine.trouble
        if self._machine.dead:
            self._fail(Killed(self._machine.name))
        elif _is_quick(self._function):
            _settle(self._future, self._function)
        elif _may_fail(self._function) and trouble.refuses():
            self._loop.call_later(trouble.delay(), self._fail, sqlite3.OperationalError("disk I/O error"))
        elif trouble.is_instant():
            self._run(self._succeed)
        else:
            self._loop.call_later(trouble.delay(), self._run, self._succeed_later)

    def _run(self, succeed: Callable[[object], None]) -> None:
        if self._machine.dead:
            self._fail(Killed(self._machine.name))
            return
        try:
            result = self._function()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or self._loop.time() >= self._deadline:
                self._fail(error)
            else:
                self._loop.call_later(self._machine.trouble.delay(), self._run, self._succeed_later)
        except BaseException as error:  # noqa: BLE001 - whoever waits for it gets it
            self._fail(error)
        else:
            if isinstance(result, sqlite3.Connection):
                self._machine.owns(result)
            succeed(result)

    def _succeed_later(self, result: object) -> None:
        self._loop.call_later(self._machine.trouble.delay(), self._succeed, result)

    def _succeed(self, result: object) -> None:
        if self._machine.dead:
            self._fail(Killed(self._machine.name))
        elif not self._future.done():
            self._future.set_result(result)

    def _fail(self, error: BaseException) -> None:
        if not self._future.done():
            self._future.set_exception(error)


def _is_quick(function: Callable[[], object]) -> bool:
    return isinstance(function, partial) and function.func.__name__ in {"close", "_rest", "fetchmany"}


def _may_fail(function: Callable[[], object]) -> bool:
    """Whether a disk has a say in it: a statement, a commit, or a whole batch; not a rollback or a setting."""
    if not isinstance(function, partial):
        return function.__name__ == "batch"
    name = function.func.__name__
    return name == "commit" or (name.startswith(("execute", "_execute")) and not function.args[0].startswith("PRAGMA"))


def _settle(future: asyncio.Future, function: Callable[[], object]) -> None:
    try:
        future.set_result(function())
    except BaseException as error:  # noqa: BLE001 - whoever waits for it gets it
        future.set_exception(error)


@contextlib.contextmanager
def no_threads() -> Iterator[None]:
    """Every aiosqlite connection that is made meanwhile runs on the loop, as do batches of answers and `to_thread`."""
    made = aiosqlite.Connection.__init__

    def make(self: aiosqlite.Connection, *args, **options) -> None:
        made(self, *args, **options)
        self._tx, self._thread = _Calls(), _NoThread()
        machine = running_on.get()
        if machine is not None:
            machine.wrappers.append(self)

    with (
        mock.patch.object(aiosqlite.Connection, "__init__", make),
        mock.patch.object(WorkThread, "do", _do),
        mock.patch.object(asyncio, "to_thread", _here),
    ):
        yield


async def _here(function: Callable[..., object], *args: object, **options: object) -> object:
    return function(*args, **options)


@contextlib.contextmanager
def forgotten() -> Iterator[None]:
    """Collect a world that has ended at once, without the warnings of what its killed processes left open.

    Older objects, such as tests and modules, stay frozen: going through them again takes a second.
    """
    gc.disable()  # short lives
    gc.freeze()
    try:
        yield
    except AssertionError as failed:
        traceback.clear_frames(failed.__traceback__)  # they hold the world
        failed.__traceback__ = failed.__context__ = None
        raise
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            gc.collect()
        gc.enable()
