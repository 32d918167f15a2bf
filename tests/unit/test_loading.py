"""A command loads what it needs: each of these packages takes some MiB and a while."""

import shutil
import subprocess
import sys

import pytest

from bot import cli

LIST_THE_COMMANDS = """
from bot.cli import main

try:
    sys.argv = ["quizbot", "--help"]
    main()
except SystemExit:
    pass
"""
OPEN_THE_DATABASE = """
import asyncio
from bot.bootstrap import application
from bot.settings import Settings

async def open_it():
    async with application(Settings(database_url=f"sqlite+aiosqlite:///{sys.argv[1]}")):
        pass

asyncio.run(open_it())
"""


HEAVY = {"PIL", "uharfbuzz", "ftfy", "jsonschema", "alembic", "aiohttp", "apscheduler", "discord", "slack_bolt"}
HEAVY |= {"latex2mathml", "ziamath"}


def loaded_by(work, *arguments):
    """The names of all modules that a process has imported once it has done this."""
    code = f"import sys\n{work}\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True)
    return set(run.stdout.splitlines()[-1].split())


def test_opening_the_database_loads_nothing_that_only_other_commands_need(migrated_file, tmp_path):
    path = shutil.copy(migrated_file, tmp_path)
    assert HEAVY & loaded_by(OPEN_THE_DATABASE, str(path)) == set()


def test_listing_the_commands_loads_none_of_them():
    loaded = loaded_by(LIST_THE_COMMANDS)
    assert HEAVY & loaded == set()
    assert {"sqlalchemy", "pydantic", "structlog", "lxml", "asyncio"} & loaded == set()
    ours = {name for name in loaded if name.startswith("bot.")}
    assert ours == {"bot.cli", "bot.domain", "bot.domain.errors", "bot.domain.typed", "bot.garbage"}


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_the_list_says_of_a_command_what_its_own_help_says(name):
    assert cli.loaded(name).help == cli.COMMANDS[name][1]
