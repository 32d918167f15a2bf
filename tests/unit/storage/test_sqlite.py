"""Connections to SQLite that nobody waits for any more leave nothing behind."""

import asyncio
import sqlite3
import threading

import pytest

from bot.sqlite import Connection


@pytest.mark.parametrize("cancelled", [True, False])
async def test_a_database_that_did_not_get_opened_leaves_neither_connection_nor_thread(cancelled: bool) -> None:
    """A thread that ends later than its loop fails, for it reports to the loop."""
    made: list[sqlite3.Connection] = []
    may_open = threading.Event()

    def slow() -> sqlite3.Connection:
        may_open.wait()
        made.append(sqlite3.connect(":memory:" if cancelled else "/nowhere/at/all", check_same_thread=False))
        return made[0]

    async def opens() -> None:
        async with Connection(slow):
            pass

    before = {*threading.enumerate()}
    opening = asyncio.create_task(opens())
    await asyncio.sleep(0)
    (thread,) = {*threading.enumerate()} - before
    if cancelled:
        opening.cancel()
        await asyncio.sleep(0)
    may_open.set()
    with pytest.raises(asyncio.CancelledError if cancelled else sqlite3.OperationalError):
        await opening
    thread.join(10)
    assert not thread.is_alive()
    for connection in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
