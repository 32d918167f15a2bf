"""Thousands of channels whose question is due in the same minute: is everybody else still answered meanwhile?"""

import asyncio
import itertools
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.application import Application
from bot.domain.series import Timetable
from bot.ports import Post
from bot.process import spare_the_collector
from bot.scheduling.runner import Runner
from bot.services.leagues.spaces import ensure_space
from bot.services.series.series import add_series
from bot.storage import tables as t
from bot.storage.database import Database
from tests.bench.figures import Figure
from tests.bench.league import league
from tests.bench.sizes import Size

_LOOKS_EVERY_S = 0.002
_PATIENCE_S = 1_200


def morning(size: Size) -> Iterator[Figure]:
    """All are asked by the runner and posted to a platform that takes no time, on SQLite."""
    channels = size.channels
    with tempfile.TemporaryDirectory() as folder:
        asked, delivered, watch = asyncio.run(_morning(Path(folder), channels))
    yield Figure(name=f"morning_{channels}_blocked_ms", value=watch.blocked * 1000, unit="ms", goal=50, at_most=True)
    yield Figure(name=f"morning_{channels}_waited_ms", value=watch.waited * 1000, unit="ms")
    yield Figure(name=f"morning_{channels}_asked_s", value=asked, unit="s")
    yield Figure(name=f"morning_{channels}_delivered_s", value=delivered, unit="s")


class _Instant:
    """`bot.ports.Messenger` of a platform that takes no time."""

    def __init__(self, expected: int) -> None:
        self.posted = 0
        self._expected = expected
        self.all_posted = asyncio.Event()

    async def post(self, _post: Post) -> str:
        self.posted += 1
        if self.posted == self._expected:
            self.all_posted.set()
        return str(self.posted)

    async def find(self, _post: Post) -> str | None:
        return None

    async def edit(self, _post: Post) -> None:
        """Nothing is edited here."""

    async def show_count(self, _post: Post, _answered: int) -> None:
        """Nobody answers here."""

    async def reactions(self, _post: Post) -> None:
        """Nobody reacts here."""


class _Watch:
    """Measures how long at most somebody waits who only wants a turn of the loop.

    ``blocked`` is what the loop's own thread computed meanwhile, in seconds: a busy machine adds nothing to it, as it
    does to ``waited``.
    """

    def __init__(self) -> None:
        self.blocked = self.waited = 0.0

    async def looks(self) -> None:
        while True:
            began, computed = time.perf_counter(), time.thread_time()
            await asyncio.sleep(_LOOKS_EVERY_S)
            self.waited = max(self.waited, time.perf_counter() - began - _LOOKS_EVERY_S)
            self.blocked = max(self.blocked, time.thread_time() - computed)


async def _morning(folder: Path, channels: int) -> tuple[float, float, _Watch]:
    async with league(folder) as (app, _space, _round_id):
        await _settle(app, channels)
        spare_the_collector()  # as a bot does that has started
        platform, watch, disk = _Instant(channels), _Watch(), sqlite3.connect(folder / "quizbot.db")
        runner = Runner(app, {"bench": platform}, worker="bench", grace=timedelta(hours=2))

        watching = asyncio.create_task(watch.looks())
        began = time.perf_counter()
        runner.start()
        async with asyncio.timeout(_PATIENCE_S):
            await _asked(disk, channels)
            asked = time.perf_counter() - began
            await platform.all_posted.wait()
            delivered = time.perf_counter() - began
        watching.cancel()
        await runner.stop()
        disk.close()
        return asked, delivered, watch


async def _asked(disk: sqlite3.Connection, channels: int) -> None:
    """Look from beside, as often as it does no harm."""
    for _look in itertools.count():
        (asked,) = disk.execute("SELECT count(*) FROM rounds WHERE due_on IS NOT NULL").fetchone()
        if asked == channels:
            return
        await asyncio.sleep(0.5)


async def _settle(app: Application, channels: int) -> None:
    """A league, a space and a series for each channel; all series are due since this minute began."""
    due = app.clock.now().replace(second=0, microsecond=0)
    space = await ensure_space(app, "bench", "first", "Room", "UTC")
    first = await add_series(app, space, "study", Timetable(at=due.time(), zone="UTC"))

    async def copy(connection: AsyncConnection) -> None:
        for table, number, its_own in (
            (t.leagues, space.league_id, lambda n: {"name": f"League {n}"}),
            (t.spaces, space.id, lambda n: {"external_id": f"s{n}", "league_id": space.league_id + n}),
            (t.series, first.id, lambda n: {"space_id": space.id + n, "next_at": due}),
        ):
            row = (await connection.execute(sa.select(table).where(table.c.id == number))).one()._mapping
            copies = [{**row, "id": number + n, **its_own(n)} for n in range(1, channels)]
            await connection.execute(sa.update(table).where(table.c.id == number).values(its_own(0)))
            await connection.execute(sa.insert(table), copies)

    assert isinstance(app.storage, Database)
    await app.storage.write_raw(copy)
