"""Keep a process that looks at what strangers sent."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress


class KeptProcess:
    """One of our modules as a process, which starts when it is first needed and ends when it has been idle.

    Attributes:
        now: the process that runs; None if there is none.
    """

    def __init__(self, module: str, *, memory: int, processor_s: int, idle_s: float) -> None:
        """Start nothing yet; the process sets itself the limits ``memory`` (bytes) and ``processor_s`` (seconds)."""
        self.now: Process | None = None
        self._module = module
        self._limits = str(memory), str(processor_s)
        self._idle_s = idle_s
        self._end: asyncio.TimerHandle | None = None
        self._leaving: asyncio.Future[None] | None = None

    async def ready(self) -> Process:
        """Return the process, with pipes; it doesn't end for being idle before `rest`."""
        if self._end is not None:
            self._end.cancel()
        if self.now is not None and self.now.returncode is not None:
            await self.discard()
        if self.now is None:
            starting = asyncio.ensure_future(_started(self._module, *self._limits))
            try:
                self.now = await asyncio.shield(starting)
            except asyncio.CancelledError:
                self.now = await starting  # a process that is only half started can't be ended
                raise
        return self.now

    def rest(self) -> None:
        """Let the process end when it has been idle for long enough."""
        self._end = asyncio.get_running_loop().call_later(self._idle_s, self._leave)

    async def discard(self) -> None:
        """End the process, whatever it is doing; the next time it is needed there is another one."""
        self._leave()
        if self._leaving is not None:
            await self._leaving

    def kill(self) -> None:
        """End the process without waiting for that, so that whoever waits for its answer gives up."""
        if self.now is not None:
            _kill(self.now)

    def _leave(self) -> None:
        """Begin to end the process, and give it no more work."""
        if self._end is not None:
            self._end.cancel()
        process, self.now = self.now, None
        if process is not None:
            self._leaving = asyncio.ensure_future(_ended(process))


async def _started(module: str, *limits: str) -> Process:
    # -P: a file in the current folder that is called like one of the program's modules isn't run in its place.
    arguments = (sys.executable, "-P", "-m", module, *limits)
    # A session of its own: Ctrl+C at the terminal is for the bot, which ends it when it has stopped.
    return await asyncio.create_subprocess_exec(
        *arguments, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True
    )


def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()


async def _ended(process: Process) -> None:
    _kill(process)
    await process.communicate()  # waits, and closes the pipes
