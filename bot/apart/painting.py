"""Has pictures painted in another process, which starts when it is first needed and ends when it has been idle."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.apart.process import KeptProcess
from bot.apart.wire import HEAD, LARGEST_PART, packed

FORMULAS, SHEETS, CHARTS = "bot.apart.formula_painter", "bot.apart.sheet_painter", "bot.apart.chart_painter"
"""The modules that paint."""

Shown = TypeVar("Shown")


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
    patience_s: float = 30
    idle_s: float = 60


SHEET_LIMITS = PaintingLimits(memory=1024**3, processor_s=10)
"""What a sheet may cost: WebP pictures of all the pixels that a question may have take 840 MiB, and one second."""


class ApartPainter(Generic[Shown]):
    """A painter of `bot.ports`: it paints one picture at a time, in a process of its own."""

    def __init__(self, module: str, limits: PaintingLimits) -> None:
        self._patience_s = limits.patience_s
        self._turn = asyncio.Lock()
        self._process = KeptProcess(module, memory=limits.memory, processor_s=limits.processor_s, idle_s=limits.idle_s)

    async def paint(self, shown: Sequence[Shown]) -> bytes | None:
        """Return a PNG; None if nothing can be shown.

        Raises:
            TimeoutError: it took too long.
            OSError: the process couldn't be started or reached, or its picture is too large.
            EOFError: the process ended, perhaps because it took too much.
        """
        async with self._turn:
            done = False
            try:
                async with asyncio.timeout(self._patience_s):
                    painted = await self._painted(shown)
                done = True
            finally:
                if done:
                    self._process.rest()
                else:  # it may be in the midst of something
                    await self.close()
            return painted or None

    async def close(self) -> None:
        """End the process, whatever it is doing; it starts again if it is needed."""
        await self._process.discard()

    async def _painted(self, shown: Sequence[Shown]) -> bytes:
        process = await self._process.ready()
        asked, answers = process.stdin, process.stdout
        if asked is None or answers is None:
            raise ConnectionError("the process has no pipes")
        asked.write(packed(tuple(shown)))
        await asked.drain()
        (size,) = HEAD.unpack(await answers.readexactly(HEAD.size))
        if size > LARGEST_PART:
            raise ConnectionError("the picture is too large")
        return await answers.readexactly(size)
