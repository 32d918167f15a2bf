"""kill -9 at random moments, start after start: whoever was told that an answer stands finds it there."""

import asyncio
import json
import os
import queue
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from bot.domain.rounds import Reveal
from bot.services.standings import scores
from bot.testing import FakeClock, application_on
from tests.patience import PATIENCE_S

KILLS = 10
SOAK_KILLS = 1_000
LIVES_OF_A_FILE = 5
LONGEST_LOAD_S = 0.3

Told = tuple[int, str]
"""When, by the platform's clock, and by which event."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can't fork")


class Bots:
    """Starts bots, hears what they say, and kills them."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("under_load.py")
        self._process = subprocess.Popen(
            [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.decode().rstrip("\n"))

    def start(self, path: Path) -> int:
        """Start one on a file; its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{path}\n".encode())
        self._process.stdin.flush()
        what, pid = self._lines.get(timeout=PATIENCE_S).split()
        assert what == "pid"
        return int(pid)

    def hear_until(self, word: str) -> Iterator[str]:
        """What is said up to the line that begins with this word, with it."""
        while True:
            yield (line := self._lines.get(timeout=PATIENCE_S))
            if line.startswith(word):
                return
            assert not line.startswith("gone"), "the bot ended by itself"

    def kill(self, pid: int) -> Iterator[str]:
        """Kill one; what it had said before."""
        os.kill(pid, signal.SIGKILL)
        while not (line := self._lines.get(timeout=PATIENCE_S)).startswith("gone"):
            yield line
        assert line == f"gone {-signal.SIGKILL}"

    def close(self) -> None:
        """End the process that starts them, and the bot that a failed test left behind."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()


@pytest.fixture
def bots() -> Iterator[Bots]:
    one = Bots()
    yield one
    one.close()


@dataclass
class Promises:
    """All that the bots of one file have said to anybody."""

    answers: dict[tuple[int, str], set[Told]] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)

    def note(self, line: str) -> None:
        """Keep one line in mind."""
        what, _, about = line.partition(" ")
        match what:
            case "answer":
                round_id, member, at, event_id = json.loads(about)
                self.answers.setdefault((round_id, member), set()).add((at, event_id))
            case "asked":
                self.asked.add(int(about))
            case "closed":
                self.closed.add(int(about))

    def hold(self, folder: Path) -> None:
        """Assert that the database in a folder keeps every word."""
        with closing(sqlite3.connect(folder / "quizbot.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            if connection.execute("SELECT name FROM sqlite_master WHERE name = 'rounds'").fetchone() is None:
                assert not self.asked
                return
            rounds = {row[0]: row[1:] for row in connection.execute(_ROUNDS)}
            rows = connection.execute(_ANSWERS).fetchall()
        assert self.asked <= rounds.keys()
        assert self.closed <= {round_id for round_id, (_, _, closed_at) in rounds.items() if closed_at is not None}
        stored: dict[tuple[int, str], Told] = {}
        for round_id, member, at, event_id, choices in rows:
            assert (round_id, member) not in stored, "somebody's answer is there twice"
            stored[round_id, member] = at, event_id
            pick = int(event_id.rpartition(".")[2])
            assert choices == 1 << json.loads(rounds[round_id][0])[pick], "not what this click chose"
        for key, told in self.answers.items():
            assert key in stored, f"lost: {key}, told {sorted(told)}"
            if rounds[key[0]][1] == Reveal.AT_CLOSE:  # the last click counts, else the first
                assert stored[key] >= max(told)
            else:
                assert stored[key] <= min(told)


_ROUNDS = "SELECT id, shown_order, reveal, closed_at FROM rounds"
_ANSWERS = "SELECT round_id, external_id, at, event_id, choices FROM answers JOIN members USING (player_id)"


def test_a_bot_that_is_killed_under_load_keeps_every_answer_it_acknowledged(
    bots: Bots, tmp_path: Path, soak: bool
) -> None:
    random = Random(7)
    start_s, answers, cut_starts = 0.2, 0, 0
    for number in range(SOAK_KILLS if soak else KILLS):
        life = number % LIVES_OF_A_FILE
        if life == 0:
            promises = Promises()
            folder = tmp_path / f"file{number}"
            folder.mkdir()
        began = time.monotonic()
        pid = bots.start(folder / "quizbot.db")
        # A file's first life ends while its tables are made or filled, some others while the bot comes back.
        if life == 0 or random.random() < 0.2:
            time.sleep(random.uniform(0, start_s))
        else:
            for line in bots.hear_until("ready"):
                promises.note(line)
            start_s = time.monotonic() - began
            time.sleep(random.uniform(0, LONGEST_LOAD_S))
        said = list(bots.kill(pid))
        for line in said:
            promises.note(line)
        cut_starts += not promises.answers
        answers += sum(line.startswith("answer") for line in said)
        _check(promises, folder, tmp_path / "copy")
        if life == LIVES_OF_A_FILE - 1:
            shutil.rmtree(folder)
    assert answers > 20 * KILLS
    assert cut_starts > 0


def _check(promises: Promises, folder: Path, copy: Path) -> None:
    """Look at a copy: whoever opens a database tidies up what the next bot must be able to recover itself."""
    shutil.copytree(folder, copy)
    if (copy / "quizbot.db").exists():
        promises.hold(copy)
        asyncio.run(_verify(copy / "quizbot.db"))
    shutil.rmtree(copy)


async def _verify(path: Path) -> None:
    async with application_on(f"sqlite+aiosqlite:///{path}", clock=FakeClock()) as app:
        assert await scores.verify(app) == []
