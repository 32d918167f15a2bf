"""Has files read in another process, which starts when it is first needed and ends when it has been idle."""

import asyncio
import pickle
from asyncio.subprocess import Process
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog
from typing_extensions import override

from bot.apart.process import KeptProcess
from bot.apart.wire import HEAD, LARGEST_PART, Broken, Exhausted, More, Refused, Wanted, packed
from bot.domain.drafts import ParsedDocument
from bot.domain.errors import BadFile, Busy
from bot.domain.identity import SpaceId
from bot.domain.readings import Example, Reading
from bot.i18n import gettext as _
from bot.i18n import language
from bot.ports import FileReader

_WORKER = "bot.apart.worker"
_ENDS_WITHIN_S = 2.0
"""How long a process may take to end, in seconds, after its pipe was closed."""
_KILLED = -9
"""The return code of a process that SIGKILL ended, which Windows doesn't know."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one file may cost, and how long the reading process stays.

    Attributes:
        memory: bytes of address space, including what the program itself takes.
        processor_s: seconds of processor time for one file.
        patience_s: seconds by the clock for one file; this also works where the system can't limit a process.
        answer: bytes that may come back for one file.
        idle_s: seconds after which an idle process ends.
        kept_after: bytes of the largest file after which the process stays; after a larger one it ends at once, and
            gives its memory back.
        waiting: how many files may be under way at once, the one being read included.
        waiting_of_a_space: how many of them may come from one space.
    """

    memory: int = 512 * 1024**2
    processor_s: int = 30
    patience_s: float = 90
    answer: int = 64 * 1024**2
    idle_s: float = 60
    kept_after: int = 256 * 1024
    waiting: int = 8
    waiting_of_a_space: int = 3


class _TooMuchError(Exception):
    """Reading a file took more than the limits allow."""


class ApartReader(FileReader):
    """A `bot.ports.FileReader` that reads one file at a time, in a process of its own."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._turn = asyncio.Lock()
        self._process = KeptProcess(
            _WORKER,
            memory=self._limits.memory,
            processor_s=self._limits.processor_s,
            idle_s=self._limits.idle_s,
        )
        self._waiting: Counter[SpaceId | None] = Counter()
        self._closed = False

    @override
    async def read(
        self,
        data: bytes,
        *,
        name: str = "",
        format: str | None = None,
        space_id: SpaceId | None = None,
        kept: Mapping[str, Reading] | None = None,
    ) -> ParsedDocument:
        return await self._in_turn(Wanted(data, name, format, language(), kept or {}), space_id)

    @override
    async def read_like(
        self, data: bytes, examples: Sequence[Example], *, name: str = "", space_id: SpaceId | None = None
    ) -> ParsedDocument:
        return await self._in_turn(Wanted(data, name, None, language(), examples=examples), space_id)

    async def _in_turn(self, wanted: Wanted, space_id: SpaceId | None) -> ParsedDocument:
        """Read one file after the other."""
        of_space = self._waiting[space_id] if space_id is not None else 0
        if self._waiting.total() >= self._limits.waiting or of_space >= self._limits.waiting_of_a_space:
            raise _busy()
        self._waiting[space_id] += 1
        try:
            async with self._turn:
                if self._closed:
                    raise _busy()
                return await self._read(wanted)
        finally:
            self._waiting -= Counter([space_id])  # this drops those of which nothing waits

    async def close(self) -> None:
        """End the reading process, whatever it is doing, and read no more files."""
        self._closed = True
        self._process.kill()
        async with self._turn:  # whoever waited for the process's answer has given up its pipe
            await self._process.discard()

    async def _read(self, wanted: Wanted) -> ParsedDocument:
        whole = False
        try:
            process = await self._process.ready()
            if self._closed:  # meanwhile
                raise _busy()
            async with asyncio.timeout(self._limits.patience_s):
                document = await self._answer(process, wanted)
            whole = True
        except BadFile:
            whole = True
            raise
        except (_TooMuchError, TimeoutError, ConnectionError, EOFError) as error:
            if self._closed:
                raise _busy() from error
            message = _too_much()
            if isinstance(error, ConnectionError | EOFError) and await self._was_killed(process):
                _log.warning("reader_killed")  # the operator should know, for the next one may be the bot
                message = _out_of_memory()
            raise BadFile(message.format(name=wanted.name or _("the file"))) from error
        finally:
            if whole and len(wanted.data) <= self._limits.kept_after:
                self._process.rest()
            else:  # it may be in the midst of something
                await self._process.discard()
        return document

    async def _answer(self, process: Process, wanted: Wanted) -> ParsedDocument:
        if process.stdin is None or process.stdout is None:
            raise ConnectionError("the process has no pipes")
        process.stdin.write(packed(wanted))
        await process.stdin.drain()
        values: dict[str, list[Any]] = defaultdict(list)
        room = self._limits.answer
        while True:
            (size,) = HEAD.unpack(await process.stdout.readexactly(HEAD.size))
            room -= size
            if size > LARGEST_PART or room < 0:
                raise _TooMuchError
            part = pickle.loads(await process.stdout.readexactly(size))  # noqa: S301 - our own program wrote it
            match part:
                case More(field, some):
                    values[field] += some
                    await asyncio.sleep(0)  # let other tasks run even if the next part is there already
                case Refused(message, line):
                    raise BadFile(message.removeprefix(f"line {line}: "), line=line)
                case Exhausted():
                    raise _TooMuchError
                case Broken(traceback):
                    raise RuntimeError(traceback)
                case ParsedDocument():
                    return replace(
                        part,
                        questions=tuple(values["questions"]),
                        notes=tuple(values["notes"]),
                        findings=tuple(values["findings"]),
                    )

    async def _was_killed(self, process: Process) -> bool:
        """Whether the operating system killed the process, as it does when memory runs out; False if we ended it.

        The limit of processor time ends it by another signal. A process that only closed its pipe may never end.
        """
        try:
            async with asyncio.timeout(_ENDS_WITHIN_S):
                return await process.wait() == _KILLED and not self._closed
        except TimeoutError:
            return False


def _busy() -> Busy:
    return Busy(_("Other files are being read. Try again in a minute; nothing was stored."))


def _too_much() -> str:
    return _(
        "Reading “{name}” takes more time or memory than one file may cost; nothing was stored. Split it into "
        "smaller files, or read it with quizbot bank import where the bot runs."
    )


def _out_of_memory() -> str:
    return _(
        "The bot's computer ran out of memory while reading “{name}”; nothing was stored. Try again later, or split "
        "the file into smaller ones."
    )
