"""Connections to the database, and transactions.

SQLite: each process has one connection for writing, used by one transaction at a time, and a few for reading, which can
read during a write (WAL). PostgreSQL: a pool of connections; row locks keep transactions apart.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from functools import partial
from typing import Any, TypeVar, cast

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import AdaptedConnection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from typing_extensions import override

from bot.domain.errors import Busy
from bot.i18n import gettext as _
from bot.ports import Storage, StorageUnavailable, Unit
from bot.storage.one_trip import OneTripConnection, ReadingConnection
from bot.storage.thread import WorkThread

T = TypeVar("T")

_log = structlog.get_logger(__name__)

LOCK_WAIT_S = 2
"""Seconds that a process waits while another one writes to the same SQLite file; platforms wait 3 s after a click."""

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", "trusted_schema=OFF")
"""Pragmas of every SQLite connection; ``synchronous=FULL`` makes answers survive a power cut."""

WRITER_PRAGMAS = ("cache_size=-4000", "wal_autocheckpoint=4000", "secure_delete=ON")
"""More pragmas for the connection that writes: a page that many commits change is copied from the log to the file only
once, and deleted data is overwritten."""

_WIPE_PAUSE_S = 0.2
"""Seconds to wait before the next try to empty the log, so that its readers can finish."""
_READERS = 4
_TRIES = 4
_CLASHES = frozenset({"40001", "40P01", "23505", "23503"})
"""PostgreSQL's codes for a clash of two transactions: not serializable, deadlock, the same row added twice, a reference
to a row that was just deleted. A second try sees what the other transaction stored."""


class Database(Storage):
    """Transactions on one database; see `bot.ports.Storage` for what they promise."""

    def __init__(self, url: str, unit: Callable[[AsyncConnection], Unit]) -> None:
        """Set up without connecting; the first transaction opens the database.

        Args:
            url: SQLAlchemy's address of the database, with an async driver.
            unit: makes a transaction's storage ports from its connection.
        """
        self.url = make_url(url)
        self._unit = unit
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._kept: list[sqlite3.Connection] = []
        self._turn: AbstractAsyncContextManager[Any] = nullcontext()
        if self.is_sqlite:
            self._turn = asyncio.Lock()
            self._thread = WorkThread("sqlite writer")
            self._writing = _sqlite_engine(
                self.url, connections=1, begin="BEGIN IMMEDIATE", keep=self._kept, pragmas=(*PRAGMAS, *WRITER_PRAGMAS)
            )
            self._reading = _sqlite_engine(self.url, connections=_READERS, begin="BEGIN", kind=ReadingConnection)
        else:
            self._writing = create_async_engine(self.url, pool_size=10, pool_pre_ping=True, hide_parameters=True)
            self._reading = self._writing.execution_options(isolation_level="REPEATABLE READ")
        self._running: set[asyncio.Task[Any]] = set()
        self._closed = False

    @override
    async def read(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        return await self.read_raw(lambda connection: work(self._unit(connection)))

    async def read_raw(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Like `read`, for work that sends SQL itself."""
        return await self._finish(self._snapshot(work))

    @override
    async def write(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        return await self.write_raw(lambda connection: work(self._unit(connection)))

    async def write_raw(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Like `write`, for work that sends SQL itself."""
        return await self._finish(self._in_turn(work))

    @override
    async def check(self) -> None:
        await self.write_raw(_touch)

    async def write_direct(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run a function on SQLite's own connection, in one go on a thread; SQLite only.

        All other writes use the same connection in turn, because a process must have no
        second one. ``work`` begins and ends its transaction itself.
        """
        return await self._finish(self._direct(work))

    async def _direct(self, work: Callable[[sqlite3.Connection], T]) -> T:
        async with self._turn:
            with _explained():
                if not self._kept:
                    async with self._writing.connect():
                        pass
                return await self._thread.do(partial(work, self._kept[-1]))

    @override
    async def wipe(self) -> None:
        """Empty SQLite's log, which holds old versions of pages; on PostgreSQL, VACUUM removes those.

        If somebody reads from the log for longer than a moment, the next call empties it.
        """
        if not self.is_sqlite:
            return
        for _try in range(_TRIES):
            try:
                if await self.write_direct(_empty_log):
                    return
            except StorageUnavailable as error:  # the data is deleted already; only the log still holds it
                _log.warning("log_not_emptied", reason=str(error))
                return
            await asyncio.sleep(_WIPE_PAUSE_S)

    async def rewrite(self) -> None:
        """Rewrite SQLite's file without the deleted rows whose bytes earlier versions of Quizbot left in it."""
        if self.is_sqlite:
            await self.write_direct(_rewrite)

    async def close(self) -> None:
        """Take no new transactions, wait for those under way, and close every connection."""
        self._closed = True
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._writing.dispose()
        await self._reading.dispose()
        if self.is_sqlite:
            self._thread.close()

    async def _finish(self, transaction: Coroutine[Any, Any, T]) -> T:
        if self._closed:  # a new connection would be left behind
            transaction.close()
            raise RuntimeError("the database is closed")
        # In a task of its own: cancelling the caller during a statement would leave aiosqlite's transaction
        # open, and the next commit would make half of the work durable.
        task = asyncio.ensure_future(transaction)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _snapshot(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        with _explained():
            connection = await self._reading.connect()
            try:
                return await work(connection)
            finally:
                await connection.close()  # a rollback ends it, too, and a commit would be one more round trip

    async def _in_turn(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        async with self._turn:
            for _clash in range(_TRIES - 1):
                try:
                    return await self._transaction(work)
                except DBAPIError as error:
                    if getattr(error.orig, "sqlstate", None) not in _CLASHES:
                        raise
            return await self._transaction(work)

    async def _transaction(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        with _explained():
            async with self._writing.begin() as connection:
                return await work(connection)


def _empty_log(connection: sqlite3.Connection) -> bool:
    """Try to empty the log; False if somebody is reading from it."""
    ((patience_ms,),) = connection.execute("PRAGMA busy_timeout").fetchall()
    connection.execute("PRAGMA busy_timeout=0")  # a longer wait would hold up answers
    try:
        ((busy, _pages, _moved),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return not busy
    finally:
        connection.execute(f"PRAGMA busy_timeout={patience_ms}")


def _set(connection: sqlite3.Connection, pragmas: Sequence[str]) -> None:
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").close()  # some return a row, and would stay unfinished


def _rewrite(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA temp_store=FILE")  # the file may not fit into memory
    try:
        connection.execute("VACUUM")
    finally:
        connection.execute("PRAGMA temp_store=MEMORY")
    _empty_log(connection)


async def _touch(connection: AsyncConnection) -> None:
    await connection.execute(sa.text("UPDATE alembic_version SET version_num = version_num"))


@contextmanager
def _explained() -> Iterator[None]:
    """Turn the driver's errors into `StorageUnavailable`, or `Busy`, whose texts say what to do."""
    try:
        yield
    except sa.exc.TimeoutError as error:  # no connection of the pool became free
        raise Busy(_("A lot of answers are coming in. Please try again in a moment.")) from error
    except (OperationalError, InterfaceError, OSError, sqlite3.OperationalError) as error:
        raise StorageUnavailable(_reason(error)) from error
    except (DBAPIError, sqlite3.DatabaseError) as error:
        lost = isinstance(error, DBAPIError) and error.connection_invalidated
        if lost or _is_damaged(str(error)):
            raise StorageUnavailable(_reason(error)) from error
        raise
    except Exception as error:
        if type(error).__module__.startswith("asyncpg."):  # bare where there is no connection: no such user, database
            raise StorageUnavailable(_reason(error)) from error
        raise


def _is_damaged(text: str) -> bool:
    return "file is not a database" in text or "disk image is malformed" in text


def _reason(error: Exception) -> str:
    text = str(error.orig if isinstance(error, DBAPIError) else error)
    if _is_damaged(text):
        return _("The file isn't a sound SQLite database: put a copy back with quizbot restore, or name another file.")
    remedies = {
        "full": _("The disk is full: free some space. Nothing was stored."),
        "locked": _("Another program has locked the database. Close it, or try again."),
        "busy": _("Another program has locked the database. Close it, or try again."),
        "no such table": _("The database has no tables yet, or old ones. Start the bot once: it creates them."),
        "readonly": _("The database can't be written: make its file and folder writable."),
        "read-only": _("The database can't be written: make its file and folder writable."),
        "unable to open": _("The database can't be opened: make sure its folder exists and is writable."),
    }
    other = _("The database can't be used right now: {reason}").format(reason=text)
    return next((remedy for sign, remedy in remedies.items() if sign in text), other)


def _sqlite_engine(
    url: sa.URL,
    *,
    connections: int,
    begin: str,
    kind: type[OneTripConnection] = OneTripConnection,
    pragmas: Sequence[str] = PRAGMAS,
    keep: list[sqlite3.Connection] | None = None,
) -> AsyncEngine:
    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(
            str(url.database),
            timeout=LOCK_WAIT_S,
            check_same_thread=False,  # whoever holds the writing lock may use it from another thread
            # The driver must not begin transactions by itself: it would do so only before a write, and earlier reads
            # would not be part of the transaction.
            isolation_level=None,
        )
        if keep is not None:
            keep[:] = [connection]
        return connection

    async def connect() -> OneTripConnection:
        connection = kind(opened)
        await connection
        try:
            await connection.do(lambda: _set(connection.driver, pragmas))
        except BaseException:
            await connection.close()
            raise
        return connection

    engine = create_async_engine(
        url,
        async_creator=connect,
        poolclass=sa.pool.AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,  # parameters hold people's names, which must not get into logged errors
    )

    @sa.event.listens_for(engine.sync_engine, "begin")
    def start(connection: sa.Connection) -> None:
        adapted = cast("AdaptedConnection", connection.connection.dbapi_connection)
        cast("OneTripConnection", adapted.driver_connection).begin_with_next(begin)

    return engine
