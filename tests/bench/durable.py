"""Durable answers per second, against plain ``sqlite3`` doing the same statements in groups of the same size."""

import asyncio
import itertools
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from bot.application import Application
from bot.domain.answers import SubmitAnswer
from bot.domain.identity import Space
from bot.storage import sqlite_batches as sql
from bot.storage.database import PRAGMAS
from tests.bench.figures import Figure, against
from tests.bench.league import clicks, league, open_round

_PLAYERS = 10_000
_GOAL = 0.8
_MEMBER = "SELECT player_id, name FROM members WHERE space_id = ? AND external_id = ?"
_ANSWER = "SELECT choices, at, event_id, points, correct FROM answers WHERE round_id = ? AND player_id = ?"


def durable_answers(seconds: float) -> Iterator[Figure]:
    """One figure for 1, 64 and 1,000 waiting callers."""
    for waiting in (1, 64, 1_000):
        with tempfile.TemporaryDirectory() as folder:
            ours = asyncio.run(_ours(Path(folder), waiting, seconds))
            raw = _raw(Path(folder) / "quizbot.db", waiting, seconds)
        yield against(
            f"durable_answers_per_s_{waiting}",
            ours,
            "1/s",
            baseline=raw,
            of=f"raw sqlite3, groups of {waiting}",
            goal=_GOAL,
        )


async def _ours(folder: Path, waiting: int, seconds: float) -> float:
    async with league(folder) as (app, space, round_id):
        await _answer_all(
            app, list(clicks(app, space, round_id, _PLAYERS)), waiting
        )  # every player is known from here on
        return await _timed(app, space, waiting, seconds)


async def _timed(app: Application, space: Space, waiting: int, seconds: float) -> float:
    answered, spent = 0, 0.0
    while spent < seconds:
        round_id = await open_round(app, space)
        upcoming = list(clicks(app, space, round_id, _PLAYERS if waiting > 1 else _PLAYERS // 10))
        began = time.perf_counter()
        await _answer_all(app, upcoming, waiting)
        spent += time.perf_counter() - began
        answered += len(upcoming)
    return answered / spent


async def _answer_all(app: Application, answers: Sequence[SubmitAnswer], waiting: int) -> None:
    """Let ``waiting`` callers answer in turn, each waiting for its acknowledgement before the next."""
    upcoming = iter(answers)

    async def caller() -> None:
        for one in upcoming:
            await app.answers.submit(one)

    await asyncio.gather(*(caller() for _ in range(waiting)))


def _raw(path: Path, group: int, seconds: float) -> float:
    """The same statements on the same database, by plain ``sqlite3``: rows are at hand, nothing is decided."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        template = connection.execute("SELECT * FROM answers WHERE points IS NOT NULL LIMIT 1").fetchone()
        league_id, space_id = connection.execute("SELECT league_id, id FROM spaces").fetchone()
        players = [row[0] for row in connection.execute("SELECT id FROM players ORDER BY id")]
        totals = [
            (league_id, row[0])
            for row in connection.execute("SELECT DISTINCT period FROM totals WHERE league_id = ?", (league_id,))
        ]
        rounds = itertools.cycle(row[0] for row in connection.execute("SELECT id FROM rounds ORDER BY id").fetchall())
        done, spent = 0, 0.0
        while spent < seconds:
            round_id = next(rounds)
            connection.execute("DELETE FROM answers WHERE round_id = ?", (round_id,))
            upcoming = iter(players)
            while spent < seconds and (chunk := list(itertools.islice(upcoming, group))):
                answers = [(round_id, player, *template[2:]) for player in chunk]
                sums = [(*total, player, 720_720, 1, 1, 0) for player in chunk for total in totals]
                began = time.perf_counter()
                _raw_group(connection, space_id, round_id, league_id, answers, sums)
                spent += time.perf_counter() - began
                done += len(chunk)
        return done / spent


def _raw_group(
    connection: sqlite3.Connection,
    space_id: int,
    round_id: int,
    league_id: int,
    answers: list[tuple[object, ...]],
    sums: list[tuple[object, ...]],
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(sql._ROUND, (round_id,)).fetchone()
    connection.execute(sql._LEAGUE, (league_id,)).fetchone()
    for number, answer in enumerate(answers):
        connection.execute(_MEMBER, (space_id, f"m{number}")).fetchone()
        connection.execute(_ANSWER, answer[:2]).fetchone()
    connection.executemany(sql._SAVE_ANSWER, answers)
    connection.executemany(sql._ADD_TOTALS, sums)
    connection.execute("COMMIT")
