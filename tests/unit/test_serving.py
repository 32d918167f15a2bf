"""A bot that has started."""

import shutil
import subprocess
import sys

import pytest

SERVE_UNTIL_THE_COLLECTOR_IS_SPARED = """
import asyncio, gc, os, signal, sys
from bot.cli.serve import serve
from bot.settings import Settings

async def main():
    settings = Settings(database_url=f"sqlite+aiosqlite:///{sys.argv[1]}", web_port=0)
    spared = gc.get_freeze_count()  # Python 3.12 begins with some
    async with asyncio.timeout(60):
        serving = asyncio.create_task(serve(settings, ["web"]))
        while gc.get_freeze_count() <= spared and not serving.done():
            await asyncio.sleep(0.01)
        print("loaded", *sys.modules)
        os.kill(os.getpid(), signal.SIGTERM)
        await serving

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def served(migrated_file, tmp_path_factory):
    """What a bot printed that started, and was stopped before anybody came."""
    path = shutil.copy(migrated_file, tmp_path_factory.mktemp("served"))
    code = SERVE_UNTIL_THE_COLLECTOR_IS_SPARED
    return subprocess.run([sys.executable, "-c", code, str(path)], check=False, capture_output=True, text=True)


def test_the_collector_passes_over_what_was_there_at_the_start(served):
    assert "http://127.0.0.1" in served.stdout, served.stderr
    assert served.returncode == 0, served.stderr


def test_an_idle_room_has_not_loaded_what_only_visitors_or_files_need(served):
    """Each of these takes a MiB or more."""
    heavy = {"PIL", "alembic", "bot.importers", "discord", "ftfy", "jsonschema", "latex2mathml", "lxml", "rapidfuzz"}
    heavy |= {"rich.progress", "slack_bolt", "uharfbuzz", "wcwidth", "yaml", "ziamath"}
    (loaded,) = (line.split() for line in served.stdout.splitlines() if line.startswith("loaded"))
    assert heavy & set(loaded) == set()
