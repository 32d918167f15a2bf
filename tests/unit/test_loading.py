"""A command loads what it needs: each of these packages takes some MiB and a while."""

import shutil
import subprocess
import sys

import pytest

IMPORT_THE_COMMAND_LINE = "import bot.cli"
OPEN_THE_DATABASE = """
import asyncio
from bot.bootstrap import application
from bot.settings import Settings

async def open_it():
    async with application(Settings(database_url=f"sqlite+aiosqlite:///{sys.argv[1]}")):
        pass

asyncio.run(open_it())
"""


@pytest.mark.parametrize("work", [IMPORT_THE_COMMAND_LINE, OPEN_THE_DATABASE], ids=["command line", "database"])
def test_nothing_is_loaded_that_only_other_commands_need(work, migrated_file, tmp_path):
    heavy = {"PIL", "uharfbuzz", "ftfy", "jsonschema", "alembic", "aiohttp", "apscheduler", "discord", "slack_bolt"}
    heavy |= {"latex2mathml", "ziamath"}
    code = f"import sys\n{work}\nprint(*sys.modules)"
    path = shutil.copy(migrated_file, tmp_path)
    run = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True)
    assert heavy & set(run.stdout.split()) == set()
