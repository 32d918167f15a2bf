"""A league with years behind it: millions of answers, made by SQL in one go, and what is fast on it all the same."""

import asyncio
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bot.application import Application
from bot.bootstrap import application
from bot.domain.identity import LeagueId, PlayerId
from bot.domain.standings import Window, period
from bot.ports import Unit
from bot.settings import Settings
from bot.storage import types
from tests.bench.figures import Figure, against
from tests.bench.league import league
from tests.bench.sizes import Size

T = TypeVar("T")

_TOP = 10
_LOOKS = 400

_MAKE = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :players)
INSERT INTO players (id, name) SELECT i, 'Member ' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :players)
INSERT INTO members (space_id, external_id, player_id, name) SELECT :space, 'm' || i, i, 'Member ' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rounds)
INSERT INTO rounds (id, space_id, league_id, channel, question_id, revision, "key", selects, shown_order, reveal,
    answer_with, opened_at, closed_at, series_id)
  SELECT i, space_id, league_id, channel, question_id, revision, "key", selects, shown_order, reveal,
    answer_with, opened_at, CASE WHEN i > 10000 THEN opened_at END, series_id
  FROM n, (SELECT * FROM rounds LIMIT 1);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rounds)
INSERT INTO answers (round_id, player_id, choices, at, event_id, league_id, day, on_demand, points, correct)
  SELECT r.i, p.id, 2, :now, 'e', :league, :today - r.i % 730, 0,
  CASE WHEN (r.i * 7919 + p.id * 104729) % 100 < 20 + p.id % 60 THEN 720720 ELSE 0 END,
  (r.i * 7919 + p.id * 104729) % 100 < 20 + p.id % 60
  FROM n AS r, players AS p WHERE r.i <= :answered_rounds;
"""
_PLAIN_REBUILD = """
CREATE TEMP TABLE plain AS
SELECT league_id, player_id, day, sum(points) AS points, sum(correct) AS correct, count(*) AS answered
  FROM answers WHERE points IS NOT NULL GROUP BY league_id, player_id, day;
DELETE FROM totals;
INSERT INTO totals SELECT league_id, date(day * 86400, 'unixepoch'), player_id,
  sum(points), sum(correct), sum(answered), 0 FROM plain GROUP BY 1, 2, 3;
INSERT INTO totals SELECT league_id, strftime('%Y-W%W', day * 86400, 'unixepoch'), player_id,
  sum(points), sum(correct), sum(answered), 0 FROM plain GROUP BY 1, 2, 3;
INSERT INTO totals SELECT league_id, strftime('%Y-%m', day * 86400, 'unixepoch'), player_id,
  sum(points), sum(correct), sum(answered), 0 FROM plain GROUP BY 1, 2, 3;
INSERT INTO totals SELECT league_id, 'season-1', player_id, sum(points), sum(correct), sum(answered), 0
  FROM plain GROUP BY 1, 2, 3;
INSERT INTO totals SELECT league_id, 'all', player_id, sum(points), sum(correct), sum(answered), 0
  FROM plain GROUP BY 1, 2, 3;
"""


def old_league(size: Size) -> Iterator[Figure]:
    """Rebuild, leaderboard and cold start on a league with many answers."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _measured(Path(folder), size)


def _measured(folder: Path, size: Size) -> Iterator[Figure]:
    path = folder / "quizbot.db"
    asyncio.run(_make(folder, path, size))
    plain = _timed(lambda: _plain_rebuild(path))
    ours = _timed(lambda: asyncio.run(_with(path, _rebuild)))
    millions = f"{size.history // 1_000_000}m"
    yield against(
        f"rebuild_s_{millions}", ours, "s", baseline=plain, of="the plain SQL that does it", goal=1.5, at_most=True
    )
    for window in (Window.ALL, Window.MONTH, Window.WEEK):
        waits = sorted(asyncio.run(_with(path, lambda app, w=window: _look(app, w, size.players))))
        p99 = waits[int(len(waits) * 0.99)] * 1000
        yield Figure(name=f"leaderboard_p99_ms_{window}_{millions}", value=p99, unit="ms", goal=1.0, at_most=True)
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "tests.bench.cold", str(path)], check=True)
    yield Figure(name=f"cold_start_s_{millions}", value=time.perf_counter() - began, unit="s", goal=2.0, at_most=True)


async def _make(folder: Path, path: Path, size: Size) -> None:
    async with league(folder):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-500000")
        space_id, league_id = connection.execute("SELECT id, league_id FROM spaces").fetchone()
        now, answered_rounds = datetime.now(UTC), size.history // size.players
        values = {
            "players": size.players,
            "space": space_id,
            "league": league_id,
            "rounds": max(10_000, answered_rounds) + 10_000,
            "answered_rounds": answered_rounds,
            "now": types.microseconds(now),
            "today": types.days(now.date()),
        }
        connection.execute("BEGIN")
        for statement in filter(str.strip, _MAKE.split(";")):
            connection.execute(statement, values)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _plain_rebuild(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("BEGIN IMMEDIATE")
        for statement in filter(str.strip, _PLAIN_REBUILD.split(";")):
            connection.execute(statement)
        connection.execute("COMMIT")


async def _with(path: Path, work: Callable[[Application], Awaitable[T]]) -> T:
    async with application(Settings(database_url=f"sqlite+aiosqlite:///{path}")) as app:
        return await work(app)


async def _rebuild(app: Application) -> None:
    await app.storage.write(lambda unit: unit.boards.rebuild())


async def _look(app: Application, window: Window, players: int) -> list[float]:
    """Top ten, own place and neighbours, for one player after the other."""
    leagues = await app.storage.read(lambda unit: unit.leagues.all())
    name = period(window, datetime.now(UTC).date(), 1)
    waits = []
    for number in range(_LOOKS):
        began = time.perf_counter()
        await _page(app, leagues[0].id, name, PlayerId(1 + number * 23 % players))
        waits.append(time.perf_counter() - began)
    return waits


async def _page(app: Application, league_id: LeagueId, name: str, player_id: PlayerId) -> None:
    async def work(unit: Unit) -> None:
        await unit.boards.page(league_id, name, _TOP, player_id)

    await app.storage.read(work)
