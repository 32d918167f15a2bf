"""Run a statement in one round trip to the thread of an SQLite connection.

SQLAlchemy makes four of them: open a cursor, execute, fetch, close. Two more begin and end a transaction. They take
most of a short statement's time.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

from typing_extensions import override

from bot import sqlite

T = TypeVar("T")

AHEAD = 500
"""Rows that come with the statement; of a longer result the others are read when they are asked for."""


class OneTripConnection(sqlite.Connection):
    """aiosqlite's connection, with cursors that read ahead."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        """Set up; awaiting the connection starts its thread, and opens the database there by calling ``connect``."""
        super().__init__(connect, rows=AHEAD)
        self._begin = ""

    def begin_with_next(self, sql: str) -> None:
        """Run ``BEGIN``, spelled as ``sql``, together with the next statement."""
        self._begin = sql

    def begin_now(self) -> None:
        """Run ``BEGIN`` if it waits for this statement; on the thread. If it fails, it goes on waiting."""
        if self._begin:
            self.driver.execute(self._begin).close()
            self._begin = ""

    @override
    async def commit(self) -> None:
        self._begin = ""
        await super().commit()

    @override
    async def rollback(self) -> None:
        self._begin = ""
        await super().rollback()

    @override
    async def cursor(self) -> "ReadAheadCursor":  # type: ignore[override]  # what SQLAlchemy needs of a cursor, no more
        """Return a cursor, without a round trip."""
        return ReadAheadCursor(self)

    async def do(self, work: Callable[[], T]) -> T:
        """Run a function on the connection's thread, after all earlier ones."""
        done: T = await self._execute(work)  # type: ignore[no-untyped-call]
        return done

    @property
    def driver(self) -> sqlite3.Connection:
        """The connection of the standard library; for use on the thread only."""
        return self._conn


class ReadingConnection(OneTripConnection):
    """A connection that only reads: nobody has to wait until a transaction has ended."""

    @override
    async def rollback(self) -> None:
        """End a transaction before whatever is asked next."""
        self._begin = ""
        self._tx.put_nowait((None, self._conn.rollback))


class ReadAheadCursor:
    """The part of a cursor that SQLAlchemy uses.

    Attributes:
        description: the columns of the result; None if the statement has none.
        lastrowid: the id of the last row that was inserted.
        rowcount: how many rows were changed.
    """

    def __init__(self, connection: OneTripConnection) -> None:
        self.description: Any = None
        self.lastrowid: int | None = None
        self.rowcount = -1
        self._connection = connection
        self._rows: list[Any] = []
        self._more: sqlite3.Cursor | None = None

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """Run a statement, and read the first rows of its result."""
        await self._connection.do(partial(self._execute, statement, parameters))

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each set of parameters."""
        await self._connection.do(partial(self._executemany, statement, parameters))

    async def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        rows, self._rows = self._rows, []
        if self._more is not None:
            rows += await self._connection.do(partial(_rest, self._more))
            self._more = None
        return rows

    async def fetchone(self) -> Any:  # noqa: ANN401 - a row is whatever the driver makes it
        """Return the next row; None at the end."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int) -> list[Any]:
        """Return the next rows, at most ``size``; none at the end."""
        if self._more is not None and len(self._rows) < size:
            self._rows += await self._connection.do(partial(self._more.fetchmany, size))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def close(self) -> None:
        """Give up the rows that weren't read."""
        if self._more is not None:
            await self._connection.do(self._more.close)

    def _execute(self, statement: str, parameters: Sequence[Any]) -> None:
        self._connection.begin_now()
        cursor = self._connection.driver.execute(statement, parameters)
        self._note(cursor)
        if self.description:
            self._rows = cursor.fetchmany(AHEAD)
        if len(self._rows) < AHEAD:
            cursor.close()
        else:
            self._more = cursor

    def _executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> None:
        self._connection.begin_now()
        cursor = self._connection.driver.executemany(statement, parameters)
        self._note(cursor)
        cursor.close()

    def _note(self, cursor: sqlite3.Cursor) -> None:
        self.description, self.lastrowid, self.rowcount = cursor.description, cursor.lastrowid, cursor.rowcount


def _rest(cursor: sqlite3.Cursor) -> list[Any]:
    rows = cursor.fetchall()
    cursor.close()
    return rows
