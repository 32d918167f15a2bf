"""A full disk, a locked database, an answer that can't be stored: refused with a reason, and only what must be."""

import asyncio
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.application import Application
from bot.domain.answers import AnswerOutcome, AnswerStatus, SubmitAnswer
from bot.domain.identity import Member, Space
from bot.domain.rounds import Round
from bot.domain.series import Timetable
from bot.ports import StorageUnavailable
from bot.services.banks.storing import import_document
from bot.services.leagues.spaces import ensure_space
from bot.services.series.series import add_series, ask_in_series_now
from bot.services.standings import scores
from bot.storage import database as storage
from bot.testing import A_MONDAY, FakeClock, application_on, document, draft
from tests.patience import PATIENCE_S, until

SHORT_WAIT_S = 0.3


@dataclass
class Game:
    """A round that takes answers, and a look into its file from outside."""

    app: Application
    path: Path
    space: Space
    round: Round

    def click(self, name: str, pick: int = 0) -> SubmitAnswer:
        """Somebody's click."""
        return SubmitAnswer(
            round_id=self.round.id,
            channel="study",
            member=Member(space_id=self.space.id, external_id=name, name=name),
            given=frozenset({pick}),
            at=self.app.clock.now(),
            event_id=f"click by {name}".encode("ascii", "replace").decode(),
        )

    async def all_answer(self, *names: str) -> list[AnswerOutcome | BaseException]:
        """Several people at once; what each is told."""
        return await asyncio.gather(
            *(self.app.answers.submit(self.click(name)) for name in names), return_exceptions=True
        )

    async def trouble(self) -> str:
        """What /readyz would say of the database."""
        try:
            await self.app.storage.check()
        except StorageUnavailable as error:
            return str(error)
        return ""

    async def ask_often(self) -> None:
        """Questions and results that take more room than a few free pages have."""
        assert self.round.series_id is not None
        for _ in range(30):
            self.round = await ask_in_series_now(self.app, self.round.series_id)

    def stored(self) -> set[str]:
        """Who has an answer in the file."""
        with closing(sqlite3.connect(self.path)) as connection:
            return {
                row[0] for row in connection.execute("SELECT external_id FROM answers JOIN members USING (player_id)")
            }

    async def pragma(self, text: str) -> None:
        """Tell the writing connection something."""
        database = self.app.storage
        assert isinstance(database, storage.Database)
        await database.write_direct(lambda connection: connection.execute(f"PRAGMA {text}").fetchall())


def saved(told: list[AnswerOutcome | BaseException]) -> list[bool]:
    """For each caller whether it was told that its answer stands."""
    return [isinstance(one, AnswerOutcome) and one.status is AnswerStatus.SAVED for one in told]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
async def game(folder: Path, migrated_file: Path, clock: FakeClock) -> AsyncIterator[Game]:
    path = folder / "quizbot.db"
    shutil.copy(migrated_file, path)
    async with application_on(f"sqlite+aiosqlite:///{path}", clock=clock) as app:
        await import_document(app, document(draft()), bank="b")
        space = await ensure_space(app, "web", "local", "Study group", "Europe/Berlin")
        series = await add_series(app, space, "study", Timetable(at=A_MONDAY.time(), zone="Europe/Berlin"))
        game = Game(app, path, space, await ask_in_series_now(app, series.id))
        assert saved(await game.all_answer("Ada")) == [True]
        yield game
        assert await scores.verify(app) == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


MANY = [f"Member {n} {'x' * 200}" for n in range(1_000)]


async def test_a_full_database_refuses_and_goes_on_once_there_is_room(game: Game) -> None:
    await game.pragma("max_page_count=1")  # SQLite takes it as: no page more than there are
    told = await game.all_answer(*MANY)
    assert {type(one) for one in told} == {StorageUnavailable}
    assert str(told[0]) == "The disk is full: free some space. Nothing was stored."
    assert game.stored() == {"Ada"}
    with pytest.raises(StorageUnavailable, match="The disk is full"):
        await game.ask_often()
    await game.pragma("max_page_count=1000000")
    await game.ask_often()
    assert all(saved(await game.all_answer(*MANY)))
    assert game.stored() == {"Ada", *MANY}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes; only root can make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "quizbot-test", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small file system can't be mounted here (it takes root on Linux)")
    yield folder
    subprocess.run(["umount", folder], check=True)


def fill(path: Path) -> None:
    """Take all the room that a file system has left."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


class TestSmallDisk:
    """The file lies on a disk that is soon full."""

    @pytest.fixture
    def folder(self, small_disk: Path) -> Path:
        return small_disk

    async def test_a_full_disk_refuses_and_goes_on_once_there_is_room(self, game: Game) -> None:
        ballast = game.path.with_name("ballast")
        fill(ballast)
        told = await game.all_answer(*MANY[:200])
        assert {type(one) for one in told} == {StorageUnavailable}
        assert str(told[0]) == "The disk is full: free some space. Nothing was stored."
        assert game.stored() == {"Ada"}
        assert await game.trouble() == str(told[0])
        ballast.unlink()
        assert all(saved(await game.all_answer(*MANY[:200])))
        assert game.stored() == {"Ada", *MANY[:200]}


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program in the middle of a write."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot waits for a lock longer than a busy machine keeps a test from letting it go."""
    monkeypatch.setattr(storage, "LOCK_WAIT_S", PATIENCE_S)


@pytest.mark.usefixtures("patient")
async def test_a_short_lock_is_waited_for(game: Game) -> None:
    async def it_asks_for_the_lock() -> bool:
        return game.app.storage._turn.locked()

    with locked(game.path):
        answering = asyncio.create_task(game.all_answer("Bob", "Cy", "Dan"))
        await until(it_asks_for_the_lock, "a transaction")
        assert not answering.done()
        assert game.stored() == {"Ada"}
    assert saved(await answering) == [True, True, True]
    assert game.stored() == {"Ada", "Bob", "Cy", "Dan"}


class TestShortPatience:
    """The bot waits for a lock a moment only, so that tests needn't."""

    @pytest.fixture(autouse=True)
    def _impatient(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(storage, "LOCK_WAIT_S", SHORT_WAIT_S)

    async def test_a_lock_that_stays_is_told_and_costs_nothing_that_was_acknowledged(self, game: Game) -> None:
        with locked(game.path):
            told = await game.all_answer("Bob", "Cy", "Dan")
            assert {type(one) for one in told} == {StorageUnavailable}
            assert str(told[0]) == "Another program has locked the database. Close it, or try again."
            assert game.stored() == {"Ada"}
            assert "has locked the database" in await game.trouble()
        assert await game.trouble() == ""
        assert saved(await game.all_answer("Bob", "Cy", "Dan")) == [True, True, True]
        assert game.stored() == {"Ada", "Bob", "Cy", "Dan"}

    async def test_a_close_that_meets_a_lock_leaves_the_round_open_and_answers_go_on(self, game: Game) -> None:
        series_id = game.round.series_id
        assert series_id is not None
        with locked(game.path), pytest.raises(StorageUnavailable):
            await ask_in_series_now(game.app, series_id)
        assert saved(await game.all_answer("Bob")) == [True]


async def test_an_answer_that_the_database_refuses_fails_alone(game: Game) -> None:
    """The lone surrogate can't be stored as text; 40 others share its batch."""
    names = [f"Member {n}" for n in range(40)]
    told = await game.all_answer(*names[:20], "Eve \ud800", *names[20:])
    refused = told.pop(20)
    assert isinstance(refused, UnicodeEncodeError)
    assert all(saved(told))
    assert game.stored() == {"Ada", *names}


async def test_an_answer_against_a_constraint_fails_alone(game: Game) -> None:
    assert saved(await game.all_answer("Bob")) == [True]
    await asyncio.to_thread(  # the member stays behind, without a player
        _run_beside,
        game,
        "DELETE FROM answers WHERE player_id IN (SELECT id FROM players WHERE name = 'Bob')",
        "DELETE FROM totals WHERE player_id IN (SELECT id FROM players WHERE name = 'Bob')",
        "DELETE FROM players WHERE name = 'Bob'",
    )
    names = [f"Member {n}" for n in range(40)]
    told = await game.all_answer(*names[:7], "Bob", *names[7:])
    refused = told.pop(7)
    assert isinstance(refused, sqlite3.IntegrityError)
    assert "FOREIGN KEY" in str(refused)
    assert all(saved(told))
    assert game.stored() == {"Ada", *names}
    await asyncio.to_thread(_run_beside, game, "DELETE FROM members WHERE name = 'Bob'")


def _run_beside(game: Game, *statements: str) -> None:
    """Change the file beside the bot: not in its loop, where this would wait for a writer that waits for the loop."""
    with closing(sqlite3.connect(game.path)) as other, other:
        for statement in statements:
            other.execute(statement)


async def test_a_read_only_file_refuses_and_says_what_to_do(game: Game) -> None:
    await game.pragma("query_only=ON")
    told = await game.all_answer("Bob", "Cy")
    assert {type(one) for one in told} == {StorageUnavailable}
    assert str(told[0]) == "The database can't be written: make its file and folder writable."
    assert await game.trouble() == str(told[0])
    await game.pragma("query_only=OFF")
    assert saved(await game.all_answer("Bob", "Cy")) == [True, True]
