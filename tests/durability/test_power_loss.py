"""The power goes away at any moment: what was acknowledged is on the disk, and the database is whole."""

import asyncio
import itertools
import shutil
import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import apsw
import pytest

from bot.application import Application
from bot.domain.answers import SubmitAnswer
from bot.domain.identity import Member
from bot.domain.rounds import Reveal, Round
from bot.domain.series import Timetable
from bot.services.banks.storing import import_document
from bot.services.leagues.spaces import ensure_space
from bot.services.series.series import add_series, ask_in_series_now
from bot.services.standings import scores
from bot.storage.database import PRAGMAS, Database
from bot.testing import FakeClock, application_on, document, draft
from tests.durability.disk import Disk, PowerCuts, moments

STEPS = 60
CUTS = 200
SOAK_CUTS = 20_000
RESTART_AFTER = 25
"""Commits: closing the last connection writes everything back and deletes the log, a delicate moment too."""

CHECKPOINT_PAGES = 60
"""Checkpoints are the delicate moments: they come much more often here than SQLite's 1,000 pages would make them."""

State = dict[str, list[tuple[Any, ...]]]
Snapshots = list[tuple[int, State]]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """The folder of a database with a bank, a room and two series."""
    folder = tmp_path_factory.mktemp("before")
    shutil.copy(migrated_file, folder / "quizbot.db")

    async def fill() -> None:
        async with application_on(_url(folder), clock=FakeClock()) as app:
            await import_document(app, document(*(draft(f"What is {n}?", line=n) for n in range(1, 30))), bank="b")
            space = await ensure_space(app, "web", "local", "Study group", "Europe/Berlin")
            for reveal in Reveal:
                timetable = Timetable(at=time(9), zone="Europe/Berlin")
                await add_series(app, space, f"study {reveal}", timetable, reveal=reveal)

    asyncio.run(fill())
    return folder


@pytest.fixture(scope="module")
def statements(before: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The SQL that the product sends while people answer and rounds open and close, in its own groups."""
    folder = tmp_path_factory.mktemp("traced")
    shutil.copy(before / "quizbot.db", folder)
    traced: list[str] = []

    async def play() -> None:
        clock = FakeClock()
        async with application_on(_url(folder), clock=clock) as app:
            storage = app.storage
            assert isinstance(storage, Database)
            await storage.write_direct(lambda connection: connection.set_trace_callback(traced.append))
            await _play(app, clock)

    asyncio.run(play())
    assert sum(statement == "COMMIT" for statement in traced) >= STEPS
    return traced


def _url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'quizbot.db'}"


async def _play(app: Application, clock: FakeClock) -> None:
    random = Random(1)
    series = await app.storage.read(lambda unit: unit.schedules.all())
    rounds: dict[int, Round] = {}
    for step in range(STEPS):
        clock.advance(timedelta(hours=5))
        if step % 5 == 0 or len(rounds) < len(series):
            asked = series[step % len(series)]
            rounds[asked.id] = await ask_in_series_now(app, asked.id)
        await asyncio.gather(
            *(
                app.answers.submit(_click(random.choice(list(rounds.values())), random, clock))
                for _ in range(random.choice((1, 3, 10, 40)))
            )
        )


def _click(round_: Round, random: Random, clock: FakeClock) -> SubmitAnswer:
    name = f"Member {random.randrange(80)}"
    return SubmitAnswer(
        round_id=round_.id,
        channel=round_.channel,
        member=Member(space_id=round_.space_id, external_id=name, name=name),
        given=frozenset({random.randrange(4)}),
        at=clock.now() + timedelta(milliseconds=random.randrange(1_000)),
        event_id=f"e{random.getrandbits(60)}",
    )


@dataclass(frozen=True)
class Played:
    """A disk's log, the state before the first event that counts, and that after each commit with its moment."""

    disk: Disk
    snapshots: Snapshots


@pytest.fixture
def play(before: Path, statements: list[str], tmp_path: Path) -> Callable[..., Played]:
    """Send the product's statements through a disk that is watched."""
    names = itertools.count()

    def on_disk(pragmas: tuple[str, ...] = PRAGMAS) -> Played:
        folder = tmp_path / f"disk{next(names)}"
        shutil.copytree(before, folder)
        disk = Disk(folder)
        return Played(disk, list(_send(disk, folder, pragmas, statements)))

    return on_disk


def _send(disk: Disk, folder: Path, pragmas: tuple[str, ...], statements: list[str]) -> Iterator[tuple[int, State]]:
    connection = _open(disk, folder, pragmas)
    yield len(disk.log), _state(connection.execute)
    commits = 0
    for statement in statements:
        connection.execute(statement)
        if statement != "COMMIT":
            continue
        yield len(disk.log), _state(connection.execute)
        commits += 1
        if commits % RESTART_AFTER == 0:
            connection.close()
            connection = _open(disk, folder, pragmas)
    connection.close()


def _open(disk: Disk, folder: Path, pragmas: tuple[str, ...]) -> apsw.Connection:
    connection = apsw.Connection(str(folder / "quizbot.db"), vfs=disk.name)
    for pragma in (*pragmas, f"wal_autocheckpoint={CHECKPOINT_PAGES}"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _state(execute: Callable[[str], Any]) -> State:
    return {
        table: [tuple(row) for row in execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3")]  # noqa: S608 - constants
        for table in ("answers", "totals", "rounds", "posts", "members")
    }


def _after_cuts(played: Played, folder: Path, number: int, random: Random) -> Counter[str]:
    """What was found in that many images: ``whole``, ``lost`` or ``malformed``."""
    found: Counter[str] = Counter()
    acknowledged = [moment for moment, _ in played.snapshots]
    cuts = PowerCuts(played.disk.log, random)
    folder.mkdir()
    for moment in moments(played.disk.log, after=acknowledged[0], number=number, random=random):
        for left in folder.iterdir():
            left.unlink()
        for name, content in cuts.at(moment).items():
            (folder / name).write_bytes(content)
        if random.random() < 0.5:
            (folder / "quizbot.db-shm").write_bytes(random.randbytes(32_768))
        last = bisect_right(acknowledged, moment) - 1
        # The commit under way may have arrived whole; nothing in between, and nothing less.
        possible = [state for _, state in played.snapshots[last : last + 2]]
        found[_look(folder, possible)] += 1
    return found


def _look(folder: Path, possible: list[State]) -> str:
    try:
        with closing(sqlite3.connect(folder / "quizbot.db", isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return "malformed"
            state = _state(connection.execute)
            wrong = connection.execute(_WRONG_TOTALS).fetchall()
    except sqlite3.DatabaseError:
        return "malformed"
    if state not in possible:
        return "lost"
    return "totals differ" if wrong else "whole"


_SUMS = (
    "SELECT league_id, player_id, sum(points), sum(correct), count(*) FROM answers WHERE points NOTNULL GROUP BY 1, 2"
)
_KEPT = "SELECT league_id, player_id, points, correct, answered FROM totals WHERE period = 'all'"
_WRONG_TOTALS = f"SELECT * FROM ({_SUMS} EXCEPT {_KEPT}) UNION ALL SELECT * FROM ({_KEPT} EXCEPT {_SUMS})"  # noqa: S608 - constants


def test_a_power_cut_loses_nothing_that_was_acknowledged(
    play: Callable[..., Played], tmp_path: Path, soak: bool
) -> None:
    number = SOAK_CUTS if soak else CUTS
    found = _after_cuts(play(), tmp_path / "image", number, Random(2))
    assert found == {"whole": number}


async def test_after_a_power_cut_the_bot_finds_its_standings_right(
    play: Callable[..., Played], tmp_path: Path, clock: FakeClock
) -> None:
    played, random = play(), Random(3)
    cuts = PowerCuts(played.disk.log, random)
    for number, moment in enumerate(moments(played.disk.log, after=played.snapshots[0][0], number=10, random=random)):
        folder = tmp_path / f"image{number}"
        folder.mkdir()
        for name, content in cuts.at(moment).items():
            (folder / name).write_bytes(content)
        async with application_on(_url(folder), clock=clock) as app:
            assert await scores.verify(app) == []


def test_a_disk_that_is_not_asked_to_sync_each_commit_loses_some(play: Callable[..., Played], tmp_path: Path) -> None:
    """The model can fail: the same answers under ``synchronous=NORMAL`` go missing, though nothing is malformed."""
    found = _after_cuts(play(_with_synchronous("NORMAL")), tmp_path / "image", 200, Random(4))
    assert found["lost"] > 20
    assert found["malformed"] == 0


def test_a_disk_that_is_never_asked_to_sync_is_left_malformed(play: Callable[..., Played], tmp_path: Path) -> None:
    found = _after_cuts(play(_with_synchronous("OFF")), tmp_path / "image", 50, Random(5))
    assert found["lost"] > 0
    assert found["malformed"] > 0


def test_an_acknowledgement_before_the_commit_is_found_out(play: Callable[..., Played], tmp_path: Path) -> None:
    """The model can fail here too: had people been told as the commit began, some would have been told too much."""
    played = play()
    states = [state for _, state in played.snapshots]
    moments_too_early = [moment + 1 for moment, _ in played.snapshots]
    early = Played(played.disk, list(zip(moments_too_early[:-1], states[1:], strict=True)))
    assert _after_cuts(early, tmp_path / "image", 200, Random(6))["lost"] > 20


def _with_synchronous(level: str) -> tuple[str, ...]:
    assert "synchronous=FULL" in PRAGMAS
    return tuple(pragma.replace("synchronous=FULL", f"synchronous={level}") for pragma in PRAGMAS)
