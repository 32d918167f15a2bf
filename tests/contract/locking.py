"""Two processes on one database that meet at the same rows."""

import asyncio

import sqlalchemy as sa

from bot.application import Application
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
