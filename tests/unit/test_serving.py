"""A bot that has started."""

import subprocess
import sys

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
        os.kill(os.getpid(), signal.SIGTERM)
        await serving

asyncio.run(main())
"""


def test_the_collector_passes_over_what_was_there_at_the_start(tmp_path):
    code = SERVE_UNTIL_THE_COLLECTOR_IS_SPARED
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "quizbot.db")], check=False, capture_output=True, text=True
    )
    assert "http://127.0.0.1" in run.stdout, run.stderr
    assert run.returncode == 0, run.stderr
