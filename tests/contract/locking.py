"""Two processes on one database that meet at the same rows."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
import sqlalchemy as sa

from bot.application import Application
from bot.domain.answers import AnswerOutcome, SubmitAnswer
from bot.storage import boards
from tests.patience import until

_WAITING = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")


async def waits(process: Application) -> bool:
    """Whether a process waits for a lock; on SQLite also: whether it is in the middle of a transaction."""
    storage = process.storage
    if storage.is_sqlite:
        return storage._turn.locked()
    return bool(await storage.read_raw(lambda connection: connection.scalar(_WAITING)))


async def held_up(process: Application, work: asyncio.Task) -> None:
    """Wait until work of another process waits for a lock, or is through because nothing held it up."""

    async def waits_or_is_through() -> bool:
        return work.done() or await waits(process)

    await until(waits_or_is_through, "a process that is held up")


async def answered_during_a_recount(
    monkeypatch: pytest.MonkeyPatch, process: Application, click: SubmitAnswer, work: Coroutine[Any, Any, Any]
) -> AnswerOutcome:
    """Run ``work``, and have a process store an answer at the very moment when ``work`` has read the answers."""
    read, counting = boards.recount, asyncio.Event()

    async def read_and_dawdle(*args: Any, **options: Any) -> Any:
        found = await read(*args, **options)
        counting.set()
        await held_up(process, answering)
        return found

    async def answer() -> AnswerOutcome:
        await counting.wait()
        return await process.answers.submit(click)

    with monkeypatch.context() as patched:
        patched.setattr(boards, "recount", read_and_dawdle)
        answering = asyncio.create_task(answer())
        outcome, _done = await asyncio.gather(answering, work)
    return outcome
