"""A quiz night of many: what one question costs per player, from its post to its result, and how much is posted."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bot.application import Application
from bot.domain.commands import Caller
from bot.domain.drafts import ParsedDocument
from bot.domain.identity import Member, Space
from bot.domain.night import PAUSE, SECONDS
from bot.scheduling.runner import Runner
from bot.services import night
from bot.services.banks.storing import import_document
from bot.services.leagues.spaces import ensure_space
from bot.testing import FakeClock, FakeMessenger, application_on
from tests.bench.figures import Figure
from tests.bench.league import CHOICES, answer_all, clicks
from tests.bench.sizes import Size

_QUESTIONS = 6


def quiz_night(size: Size) -> Iterator[Figure]:
    """All but one answer each question, so that it takes its full time. Counters aren't messages."""
    with tempfile.TemporaryDirectory() as folder:
        seconds, messages = asyncio.run(_run(Path(folder), size.browsers))
    each = seconds / (_QUESTIONS - 1) / size.browsers
    yield Figure(name="night_question_ms_per_player", value=each * 1000, unit="ms", goal=2, at_most=True)
    yield Figure(name="night_messages_per_question", value=messages / _QUESTIONS, unit="", goal=4.5, at_most=True)


async def _run(folder: Path, players: int) -> tuple[float, int]:
    """Return the processor seconds of all questions but the first, which makes everybody known; and the messages."""
    clock, web = FakeClock(), FakeMessenger()
    async with application_on(f"sqlite+aiosqlite:///{folder / 'quizbot.db'}", clock=clock) as app:
        await import_document(app, ParsedDocument(format="bench", questions=CHOICES), bank="bench")
        space = await ensure_space(app, "web", "local", "Room", "UTC")
        host = Member(space_id=space.id, external_id="host", name="Host")
        await night.start(app, Caller(space=space, channel="study", member=host, is_host=True), count=_QUESTIONS)
        runner = Runner(app, {"web": web}, worker="bench", grace=timedelta(hours=1))
        await _question(app, runner, space, clock, players)
        began = time.process_time()
        for _number in range(_QUESTIONS - 1):
            await _question(app, runner, space, clock, players - 1)
        spent = time.process_time() - began
        await runner.stop()
    return spent, len(web.log)


async def _question(app: Application, runner: Runner, space: Space, clock: FakeClock, answers: int) -> None:
    """Ask the next question, let people answer it, and let its time pass."""
    await runner.tick()
    (round_,) = await app.storage.read(lambda unit: unit.rounds.open_in(space.id, "study"))
    await answer_all(app, list(clicks(app, space, round_.id, answers)), answers)
    for _second in range(SECONDS):
        clock.advance(seconds=1)
        await runner.tick()
    clock.advance(PAUSE)
