"""Connections to SQLite whose threads end before the event loop does."""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Self, cast

import aiosqlite
from typing_extensions import override


class Connection(aiosqlite.Connection):
    """aiosqlite's connection; when opening it fails or is cancelled, its thread has ended before one is told.

    The thread reports to the loop whatever it has done, and fails if that is closed: aiosqlite doesn't wait for it.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], *, rows: int = 64) -> None:
        """Set up; awaiting the connection starts its thread, and opens the database there by calling ``connect``.

        Args:
            connect: opens the database.
            rows: how many rows of a result are fetched in one go.
        """
        super().__init__(connect, iter_chunk_size=rows)
        self._thread.daemon = True  # as SQLAlchemy does: a process that ends must not wait for a statement

    @override
    async def _connect(self) -> Self:
        opened = asyncio.get_running_loop().create_future()
        self._tx.put_nowait((opened, self._open))
        try:
            await opened
        except BaseException:
            await cast("asyncio.Future[object]", self.stop())
            raise
        return self

    def _open(self) -> sqlite3.Connection:
        self._connection = self._connector()
        return self._connection
