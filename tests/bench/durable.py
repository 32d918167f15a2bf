"""Durable answers per second, against plain ``sqlite3`` doing the same statements in groups of the same size."""

import asyncio
import itertools
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bot.domain.identity import RoundId
from tests.bench.figures import Figure, against
from tests.bench.league import answer_all, clicks, league, open_round
from tests.bench.sizes import Size

_PLAIN = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
_GOAL = 0.8
_ROUND = "SELECT key, closed_at, private_to FROM rounds WHERE id = ?"
_LEAGUE = "SELECT id, name, zone, min_account_days, min_join_days FROM leagues WHERE id = ?"
_MEMBER = "SELECT player_id, name FROM members WHERE space_id = ? AND external_id = ?"
_ANSWER = "SELECT choices, at, event_id, points, correct FROM answers WHERE round_id = ? AND player_id = ?"
_SAVE_ANSWER = (
    "INSERT INTO answers "
    "(round_id, player_id, choices, at, event_id, league_id, day, on_demand, points, correct, account, typed) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET choices = excluded.choices, "
    "at = excluded.at, event_id = excluded.event_id, account = excluded.account, league_id = excluded.league_id, "
    "day = excluded.day, on_demand = excluded.on_demand, points = excluded.points, correct = excluded.correct, "
    "typed = excluded.typed"
)
_ADD_TOTALS = (
    "INSERT INTO totals (league_id, period, player_id, points, correct, answered, on_demand) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET points = points + excluded.points, "
    "correct = correct + excluded.correct, answered = answered + excluded.answered, "
    "on_demand = on_demand + excluded.on_demand"
)


def durable_answers(size: Size) -> Iterator[Figure]:
    """One figure for 1, 64 and 1,000 waiting callers."""
    for waiting in (1, 64, 1_000):
        with tempfile.TemporaryDirectory() as folder:
            ours, raw = asyncio.run(_paces(Path(folder), waiting, size))
        yield against(
            f"durable_answers_per_s_{waiting}",
            ours,
            "1/s",
            baseline=raw,
            of=f"raw sqlite3, groups of {waiting}",
            goal=_GOAL,
        )


async def _paces(folder: Path, waiting: int, size: Size) -> tuple[float, float]:
    """Answers a second, by the bot and by plain ``sqlite3``: round by round in turn, so that noise hits both."""
    number = size.players if waiting > 1 else size.players // 10
    answered, ours, raw = 0, 0.0, 0.0
    async with league(folder) as (app, space, round_id):
        everybody = list(clicks(app, space, round_id, size.players))
        await answer_all(app, everybody, 1_000)  # every player is known from here on
        with closing(sqlite3.connect(folder / "quizbot.db", isolation_level=None)) as connection:
            for pragma in _PLAIN:
                connection.execute(f"PRAGMA {pragma}")
            while ours < size.durable_s:
                upcoming = list(clicks(app, space, await open_round(app, space), number))
                began = time.perf_counter()
                await answer_all(app, upcoming, waiting)
                ours += time.perf_counter() - began
                theirs = await open_round(app, space)
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")  # what ours left in the log is not theirs to move
                raw += _raw(connection, theirs, number, waiting)
                answered += number
    return answered / ours, answered / raw


def _raw(connection: sqlite3.Connection, round_id: RoundId, number: int, group: int) -> float:
    """Seconds for the same statements by plain ``sqlite3``: rows are at hand, nothing is decided."""
    template = connection.execute("SELECT * FROM answers WHERE points IS NOT NULL LIMIT 1").fetchone()
    league_id, space_id = connection.execute("SELECT league_id, id FROM spaces").fetchone()
    players = connection.execute("SELECT player_id, external_id FROM members ORDER BY player_id LIMIT ?", (number,))
    periods = connection.execute("SELECT DISTINCT period FROM totals WHERE league_id = ?", (league_id,)).fetchall()
    upcoming = iter(players.fetchall())
    spent = 0.0
    while chunk := list(itertools.islice(upcoming, group)):
        answers = [(round_id, player, *template[2:]) for player, _ in chunk]
        sums = [(league_id, *period, player, 720_720, 1, 1, 0) for player, _ in chunk for period in periods]
        began = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_ROUND, (round_id,)).fetchone()
        connection.execute(_LEAGUE, (league_id,)).fetchone()
        for player, name in chunk:
            connection.execute(_MEMBER, (space_id, name)).fetchone()
            connection.execute(_ANSWER, (round_id, player)).fetchone()
        connection.executemany(_SAVE_ANSWER, answers)
        connection.executemany(_ADD_TOTALS, sums)
        connection.execute("COMMIT")
        spent += time.perf_counter() - began
    return spent
