"""Write all answers: many answers share one commit, and each caller gets a reply after it.

A commit waits for the disk. Answers that arrive during a commit go into the next one together, so a slow disk limits
the number of commits, not of answers.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

import structlog
from typing_extensions import override

from bot import metrics
from bot.domain.answers import AnswerOutcome, SubmitAnswer
from bot.domain.errors import Busy
from bot.i18n import gettext as _
from bot.ports import AnswerWriter, StorageUnavailable
from bot.storage.database import Database
from bot.storage.sql_batches import SqlBatches
from bot.storage.sqlite_batches import SqliteBatches

BATCH = 1_000
QUEUE = 10_000
PATIENCE_S = 1.5
"""Seconds that a caller waits for room in the queue. A full queue is stored in about 1 s; platforms wait 3 s for us."""

_log = structlog.get_logger(__name__)
_Waiting = tuple[SubmitAnswer, "asyncio.Future[AnswerOutcome]"]


def answer_writer(database: Database, new_id: Callable[[], int]) -> "GroupCommitWriter":
    """Make the answer writer for a database; ``new_id`` makes the ids of new players."""
    batches = SqliteBatches(database, new_id) if database.is_sqlite else SqlBatches(database, new_id)
    return GroupCommitWriter(batches.store)


class GroupCommitWriter(AnswerWriter):
    """`bot.ports.AnswerWriter` on a database."""

    def __init__(self, store: Callable[[Sequence[SubmitAnswer]], Awaitable[list[AnswerOutcome]]]) -> None:
        """Set up the writer; `answer_writer` makes one for a database.

        Args:
            store: stores a batch in one transaction; returns its outcomes, in order, once they are on disk.
        """
        self._store = store
        self._waiting: deque[_Waiting] = deque()
        self._arrived = asyncio.Event()
        self._room = asyncio.Event()
        self._closing = False
        self._under_way: Sequence[_Waiting] = ()
        self._task: asyncio.Task[None] | None = None

    @override
    async def submit(self, submitted: SubmitAnswer) -> AnswerOutcome:
        room = len(self._waiting) < QUEUE or await self._wait_for_room()
        if self._closing or not room:  # it may have begun to close during the wait
            raise Busy(_("A lot of answers are coming in. Please try again in a moment."))
        if self._task is None:
            self._task = asyncio.create_task(self._write_batches(), name="answer writer")
        future: asyncio.Future[AnswerOutcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((submitted, future))
        self._arrived.set()
        return await future

    @override
    async def settle(self) -> None:
        submitted = [future for _submitted, future in (*self._under_way, *self._waiting)]
        if submitted:
            await asyncio.wait(submitted)

    async def close(self) -> None:
        """Accept no more answers, and store those that are waiting."""
        self._closing = True
        self._arrived.set()
        if self._task is not None:
            await self._task

    async def _wait_for_room(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_S):
                while len(self._waiting) >= QUEUE:
                    self._room.clear()
                    await self._room.wait()
        except TimeoutError:
            return False
        return True

    async def _write_batches(self) -> None:
        while self._waiting or not self._closing:
            if not self._waiting:
                self._arrived.clear()
                await self._arrived.wait()
                continue
            batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
            self._under_way = batch
            metrics.batch_answers.observe(len(batch))
            try:
                await self._write(batch)
            except Exception as error:  # noqa: BLE001 - writing must go on even if the error can't be logged
                _refuse(batch, error)
            self._room.set()

    async def _write(self, batch: Sequence[_Waiting]) -> None:
        submitted = [one for one, _ in batch]
        try:
            outcomes = await self._store(submitted)
        except StorageUnavailable as error:
            _refuse(batch, error)
        except Exception as error:  # noqa: BLE001 - one answer's error must not lose the others
            if len(batch) == 1:
                _refuse(batch, error)
                _log.exception("answer_refused", event_id=submitted[0].event_id)
            else:
                middle = len(batch) // 2
                await self._write(batch[:middle])
                await self._write(batch[middle:])
        else:
            if self._waiting:  # start the next batch first: the disk mustn't wait while many callers are told
                asyncio.get_running_loop().call_soon(_tell, batch, outcomes)
            else:
                _tell(batch, outcomes)


def _tell(batch: Sequence[_Waiting], outcomes: Sequence[AnswerOutcome]) -> None:
    for (_submitted, future), outcome in zip(batch, outcomes, strict=True):
        if not future.done():
            future.set_result(outcome)


def _refuse(batch: Sequence[_Waiting], error: Exception) -> None:
    for _submitted, future in batch:
        if not future.done():
            future.set_exception(error)
