"""Has formulas painted in another process, which starts when it is first needed and ends when it has been idle."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.apart.wire import HEAD, LARGEST_PART, packed
from bot.domain.formulas import LabelledFormula

_PAINTER = "bot.apart.painter"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintingLimits:
    """What painting one picture may cost, and how long the process stays.

    Attributes:
        memory: bytes of address space, including what the program itself takes.
        processor_s: seconds of processor time for one picture.
        patience_s: seconds by the clock for one picture; this also works where the system can't limit a process.
        idle_s: seconds after which an idle process ends.
    """

    memory: int = 512 * 1024**2
    processor_s: int = 3
    patience_s: float = 8
    idle_s: float = 60


class ApartPainter:
    """A `bot.ports.FormulaPainter` that paints one picture at a time, in a process of its own."""

    def __init__(self, limits: PaintingLimits | None = None) -> None:
        self._limits = limits or PaintingLimits()
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._end: asyncio.TimerHandle | None = None

    async def paint(self, formulas: Sequence[LabelledFormula]) -> bytes | None:
        """Return formulas as a PNG; see `bot.ports.FormulaPainter`."""
        async with self._turn:
            if self._end is not None:
                self._end.cancel()
            done = False
            try:
                async with asyncio.timeout(self._limits.patience_s):
                    painted = await self._painted(formulas)
                done = True
            except (TimeoutError, OSError, EOFError):
                return None
            finally:
                if done:
                    self._end = asyncio.get_running_loop().call_later(self._limits.idle_s, self._kill)
                else:  # it may be in the midst of something
                    await self.close()
            return painted or None

    async def close(self) -> None:
        """End the process, whatever it is doing; it starts again if it is needed."""
        process = self._process
        self._kill()
        if process is not None:
            await process.communicate()  # waits, and closes the pipes

    async def _painted(self, formulas: Sequence[LabelledFormula]) -> bytes:
        if self._process is None or self._process.returncode is not None:
            self._process = await _started(self._limits)
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:
            raise ConnectionError("the process has no pipes")
        asked.write(packed(tuple(formulas)))
        await asked.drain()
        (size,) = HEAD.unpack(await answers.readexactly(HEAD.size))
        if size > LARGEST_PART:
            raise ConnectionError("the picture is too large")
        return await answers.readexactly(size)

    def _kill(self) -> None:
        if self._end is not None:
            self._end.cancel()
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()


async def _started(limits: PaintingLimits) -> Process:
    # -P: a file in the current folder that is called like one of the program's modules isn't run in its place.
    arguments = (sys.executable, "-P", "-m", _PAINTER, str(limits.memory), str(limits.processor_s))
    return await asyncio.create_subprocess_exec(
        *arguments, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True
    )
