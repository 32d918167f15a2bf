"""The command line, as tests run it."""

import json
import os
import shutil
import sys

import pytest

from bot import cli
from bot.storage import shape
from tests.plain_logs import log_plainly

SECRET = "s3cret-s3cret-s3cret"
OURS = ("QUIZBOT_", "DISCORD_", "SLACK_")


class Result:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def json(self):
        return json.loads(self.out)


make_shape, shapes = shape._made, {}


def shape_of(revision, others):
    """The shape that `restore` compares a copy with, made once: for each copy, every migration would run again."""
    key = revision, *(table.name for table in others)
    if key not in shapes:
        shapes[key] = make_shape(revision, others)
    return shapes[key]


@pytest.fixture
def here(tmp_path, monkeypatch, migrated_file):
    """A folder to work in, with nothing set but the database, whose tables are empty."""
    for name in list(os.environ):
        if name.startswith(OURS):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var").mkdir(mode=0o700)
    shutil.copy(migrated_file, tmp_path / "var" / "quizbot.db")
    monkeypatch.setattr(shape, "_made", shape_of)
    monkeypatch.setenv("QUIZBOT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'var' / 'quizbot.db'}")
    return tmp_path


@pytest.fixture
def run(here, monkeypatch, capsys):
    """Runs a command line; a failure says what it has to in at most two lines, and shows no traceback."""

    def run_(*words):
        monkeypatch.setattr(sys, "argv", ["quizbot", *map(str, words)])
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = ended.code or 0
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        assert SECRET not in captured.out + captured.err
        if code == 1 and captured.err:
            assert len(captured.err.strip().splitlines()) <= 2
            assert captured.err.startswith("quizbot: ")
        return Result(code, captured.out, captured.err)

    yield run_
    log_plainly()  # or later tests would log to what stood for stderr in this one
