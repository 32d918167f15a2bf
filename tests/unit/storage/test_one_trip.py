"""A statement on SQLite is one round trip to the connection's thread; only a long result takes more."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.storage.one_trip import AHEAD, OneTripConnection, ReadingConnection

T = TypeVar("T")
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT ?) SELECT i FROM n"


class Counted(OneTripConnection):
    trips = 0

    async def do(self, work: Callable[[], T]) -> T:
        self.trips += 1
        return await super().do(work)


@pytest.fixture
async def connection() -> AsyncIterator[Counted]:
    async with Counted(lambda: sqlite3.connect(":memory:")) as one:
        yield one


@pytest.mark.parametrize(("rows", "trips"), [(1, 1), (AHEAD - 1, 1), (AHEAD, 2), (3 * AHEAD, 2)])
async def test_all_rows_come_in_their_order(connection: Counted, rows: int, trips: int) -> None:
    cursor = await connection.cursor()
    await cursor.execute(NUMBERS, (rows,))
    assert await cursor.fetchall() == [(number,) for number in range(rows)]
    assert await cursor.fetchall() == []
    await cursor.close()
    assert connection.trips == trips


@pytest.mark.parametrize("size", [1, 7, AHEAD, 2 * AHEAD])
async def test_part_after_part_comes_whole(connection: Counted, size: int) -> None:
    cursor, rows = await connection.cursor(), 2 * AHEAD + 1
    await cursor.execute(NUMBERS, (rows,))
    parts = []
    while part := await cursor.fetchmany(size):
        parts.append(part)
    assert [number for part in parts for (number,) in part] == list(range(rows))
    assert {len(part) for part in parts[:-1]} == {size}


async def test_row_after_row_comes_whole(connection: Counted) -> None:
    cursor = await connection.cursor()
    await cursor.execute(NUMBERS, (AHEAD + 1,))
    rows = []
    while row := await cursor.fetchone():
        rows.append(row)
    assert rows == [(number,) for number in range(AHEAD + 1)]


async def test_rows_that_nobody_reads_hold_nothing_up(connection: Counted) -> None:
    writing, reading = await connection.cursor(), await connection.cursor()
    await writing.execute("CREATE TABLE t (a)")
    await writing.executemany("INSERT INTO t VALUES (?)", [(number,) for number in range(2 * AHEAD)])
    assert writing.rowcount == 2 * AHEAD
    await connection.commit()
    await reading.execute("SELECT a FROM t")
    await reading.close()
    await writing.execute("DROP TABLE t")


async def test_what_is_wrong_with_a_statement_reaches_the_caller(connection: Counted) -> None:
    cursor = await connection.cursor()
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await cursor.execute("SELECT * FROM nowhere")
    await cursor.execute("SELECT 7")
    assert await cursor.fetchall() == [(7,)]


async def test_a_transaction_begins_with_its_first_statement(tmp_path: Path) -> None:
    async with Counted(lambda: sqlite3.connect(tmp_path / "one.db", isolation_level=None)) as connection:
        cursor = await connection.cursor()
        connection.begin_with_next("BEGIN IMMEDIATE")
        assert not connection.driver.in_transaction
        await cursor.execute("CREATE TABLE t (a)")
        await cursor.execute("INSERT INTO t VALUES (1)")
        assert connection.trips == 2
        await connection.rollback()
        await cursor.execute("SELECT count(*) FROM sqlite_master")
        assert await cursor.fetchall() == [(0,)]


async def test_a_transaction_that_could_not_begin_is_begun_by_the_next_statement(tmp_path: Path) -> None:
    def opened() -> sqlite3.Connection:
        return sqlite3.connect(tmp_path / "one.db", isolation_level=None, timeout=0)

    async with OneTripConnection(opened) as connection:
        other, cursor = opened(), await connection.cursor()
        other.execute("BEGIN IMMEDIATE")
        connection.begin_with_next("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await cursor.execute("CREATE TABLE t (a)")
        other.close()
        await cursor.execute("CREATE TABLE t (a)")
        assert connection.driver.in_transaction


@pytest.mark.parametrize("end", ["commit", "rollback"])
async def test_a_transaction_without_statements_never_begins(connection: Counted, end: str) -> None:
    connection.begin_with_next("BEGIN")
    await getattr(connection, end)()
    cursor = await connection.cursor()
    await cursor.execute("SELECT 1")
    assert not connection.driver.in_transaction


async def test_nobody_waits_for_the_end_of_a_transaction_that_only_reads() -> None:
    async with ReadingConnection(lambda: sqlite3.connect(":memory:", isolation_level=None)) as connection:
        cursor, held = await connection.cursor(), threading.Event()
        connection.begin_with_next("BEGIN")
        await cursor.execute("SELECT 1")
        busy = asyncio.ensure_future(connection.do(held.wait))
        await connection.rollback()  # would wait for ever
        assert not busy.done()
        held.set()
        assert await connection.do(lambda: connection.driver.in_transaction) is False
        await busy
