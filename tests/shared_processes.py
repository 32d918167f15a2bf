"""Processes that read files and paint pictures, which all applications in one test process share, one after the other.

Each application would start its own: that takes 0.3 processor seconds, as long as five tests. What becomes of such a
process when it is idle, takes too much or ends is held by the tests that make an `ApartReader` or `ApartPainter`
themselves, which starts its own.
"""

import asyncio
import socket
import subprocess
import sys
from collections import defaultdict
from contextlib import suppress
from typing import Any

from bot import bootstrap
from bot.apart.painting import ApartPainter, PaintingLimits, Shown
from bot.apart.process import KeptProcess
from bot.apart.reader import ApartReader

_Command = tuple[str, ...]

_idle: defaultdict[_Command, list["_Lent"]] = defaultdict(list)


class _Lent:
    """A process that runs, with its pipes on the event loop of whoever has it now."""

    def __init__(self, command: _Command) -> None:
        self._ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", *command], stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL
            )

    async def arrive(self) -> None:
        """Open the pipes on the running event loop."""
        self.stdout, self.stdin = await asyncio.open_connection(sock=self._ours.dup())

    async def leave(self) -> None:
        """Close the pipes on this event loop; the process doesn't notice."""
        self.stdin.close()
        with suppress(ConnectionError):  # it may have ended
            await self.stdin.wait_closed()

    @property
    def returncode(self) -> int | None:
        """What the process ended with; None while it runs."""
        return self._process.poll()

    def kill(self) -> None:
        """Begin to end the process."""
        self._process.kill()

    async def wait(self) -> int:
        """Wait for the end of the process."""
        return await asyncio.to_thread(self._process.wait)

    def end(self) -> None:
        """End the process, and close the pipes."""
        self._process.kill()
        self._process.wait()
        self._ours.close()


def _running(command: _Command) -> _Lent:
    """Return an idle process that hasn't ended meanwhile, or else a new one."""
    idle = _idle[command]
    while idle:
        lent = idle.pop()
        if lent.returncode is None:
            return lent
        lent.end()
    return _Lent(command)


class _SharedProcess:
    """Stands in for a `KeptProcess`; the next application gets the process if it was idle at the end."""

    def __init__(self, own: KeptProcess) -> None:
        self.now: _Lent | None = None
        self._command = (own._module, *own._limits)
        self._is_idle = True

    async def ready(self) -> _Lent:
        if self.now is not None and self.now.returncode is not None:
            await self.discard()
        if self.now is None:
            self.now = _running(self._command)
            await self.now.arrive()
        self._is_idle = False
        return self.now

    def rest(self) -> None:
        self._is_idle = True

    def kill(self) -> None:
        if self.now is not None and not self._is_idle:
            self.now.kill()

    async def discard(self) -> None:
        lent, self.now = self.now, None
        if lent is not None:
            await lent.leave()
            if self._is_idle and lent.returncode is None:
                _idle[self._command].append(lent)
            else:
                await asyncio.to_thread(lent.end)


class _SharingReader(ApartReader):
    def __init__(self) -> None:
        super().__init__()
        self._process: Any = _SharedProcess(self._process)


class _SharingPainter(ApartPainter[Shown]):
    def __init__(self, module: str, limits: PaintingLimits) -> None:
        super().__init__(module, limits)
        self._process: Any = _SharedProcess(self._process)


def pytest_configure() -> None:
    """Let applications share from now on."""
    if sys.platform != "win32":  # there, a process can't be given a socket for its pipes
        bootstrap.ApartReader, bootstrap.ApartPainter = _SharingReader, _SharingPainter


def pytest_unconfigure() -> None:
    """End what runs."""
    for idle in _idle.values():
        while idle:
            idle.pop().end()
