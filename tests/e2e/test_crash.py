"""No acknowledged answer is ever lost: a process is killed under load, again and again."""

import asyncio
import os
import signal
import sys
from datetime import time
from pathlib import Path
from random import Random

import pytest

from bot.bootstrap import application
from bot.domain.series import Timetable
from bot.services.banks import import_document
from bot.services.places import ensure_space
from bot.services.scores import verify
from bot.services.series import add_series, ask_in_series_now
from bot.settings import Settings
from bot.testing import document, draft

CHILD = Path(__file__).with_name("crash_child.py")


async def a_round(settings):
    """A round that stays open."""
    async with application(settings) as app:
        space = await ensure_space(app, "web", "local", "Study group", "UTC")
        await import_document(app, document(draft()), bank="bank")
        series = await add_series(app, space, "study", Timetable(at=time(9), zone="UTC"))
        return await ask_in_series_now(app, series.id)


async def killed_after(seconds, url, round_, first):
    """Run the child, kill it once it has acknowledged something and this time went by; what it acknowledged."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, str(CHILD), url, str(round_.id), str(first), stdout=asyncio.subprocess.PIPE
    )
    lines = [await child.stdout.readline()]

    async def collect():
        lines.extend([line async for line in child.stdout])

    collecting = asyncio.create_task(collect())
    await asyncio.sleep(seconds)
    assert child.returncode is None, "the child ended by itself"
    os.kill(child.pid, signal.SIGKILL)
    await child.wait()
    await collecting
    return dict(line.decode().split() for line in lines if line.endswith(b"\n"))


async def stored(settings, round_):
    """Every stored answer: the position that was picked, by player; and what the proof of the scores finds."""
    async with application(settings) as app:

        async def read(unit):
            answers = await unit.answers.of_round(round_.id)
            names = await unit.people.names([answer.player_id for answer in answers])
            return [(names[a.player_id], str(round_.order.index(next(iter(a.choices))))) for a in answers]

        return await app.storage.read(read), await verify(app)


@pytest.mark.timeout(3600 if os.environ.get("QUIZBOT_SOAK") else 120)
async def test_what_was_acknowledged_is_there_once_after_kill_9(tmp_path, soak):
    settings = Settings(database_url=f"sqlite+aiosqlite:///{tmp_path / 'quizbot.db'}")
    random, acknowledged = Random(), {}
    round_ = await a_round(settings)
    for number in range(100 if soak else 6):
        told = await killed_after(random.uniform(0, 0.4), settings.database_url, round_, number * 100)
        assert told, "the child acknowledged nothing"
        acknowledged |= told
        answers, differences = await stored(settings, round_)
        by_player = dict(answers)
        assert len(by_player) == len(answers), "a player has one answer"
        missing = {name for name, pick in acknowledged.items() if by_player.get(name) != pick}
        assert not missing
        assert differences == []
    assert len(acknowledged) > 100
