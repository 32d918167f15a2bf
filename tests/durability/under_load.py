"""A bot under load, there to be killed: ``python under_load.py`` starts one for every file that stdin names.

Each is a fork of a process that has imported everything and opened nothing: it starts, migrates and recovers as
any other does, without the second that imports take. It tells on stdout, a line each and at once:

    pid 4711            it has begun
    ready               it takes answers
    answer [...]        an answer that somebody was told stands: round, member, microseconds, event
    asked 12, closed 11 a round that was opened, and the one before it
    gone -9             how it ended
"""

import asyncio
import json
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from datetime import time, timedelta
from itertools import count
from random import Random

from bot.application import Application
from bot.bootstrap import application
from bot.domain.answers import SubmitAnswer
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.identity import Member
from bot.domain.rounds import Reveal, Round
from bot.domain.series import Series, Timetable
from bot.ports import Unit
from bot.services.banks.storing import import_document
from bot.services.leagues.spaces import ensure_space
from bot.services.series.series import add_series, ask_in_series_now
from bot.settings import Settings
from bot.storage.types import microseconds

CALLERS = 300
MEMBERS = 400
BETWEEN_QUESTIONS_S = 0.03
CHOICES = ("one", "two", "three", "four")

_said = os.dup(1)


def say(what: str, *about: object) -> None:
    """Tell it in one write: what is in the pipe outlives whoever wrote it."""
    os.write(_said, " ".join([what, *map(str, about)]).encode() + b"\n")


async def run(path: str, seed: int) -> None:
    """Start the bot on a file and keep it busy until somebody ends it."""
    async with application(Settings(database_url=f"sqlite+aiosqlite:///{path}")) as app:
        all_series = await _set_up(app)
        open_rounds = [await _open_round(app, series) for series in all_series]
        say("ready")
        random, numbers = Random(seed), count()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_keep_asking(app, all_series, open_rounds))
            for _ in range(CALLERS):
                tasks.create_task(_keep_answering(app, open_rounds, random, _event_ids(seed, numbers)))


async def _set_up(app: Application) -> Sequence[Series]:
    """A bank, a space, and a series of each kind; what is there from before the last kill stays."""
    drafts = tuple(QuestionDraft(line=n, stem=f"What is {n}?", choices=CHOICES, key=(n % 4,)) for n in range(1, 21))
    await import_document(app, ParsedDocument(format="load", questions=drafts), bank="load")
    space = await ensure_space(app, "web", "local", "Study group", "Europe/Berlin")
    for reveal in Reveal:
        if not await app.storage.read(lambda unit, channel=reveal: unit.schedules.all(space.id, channel)):  # type: ignore[misc]
            await add_series(app, space, reveal, Timetable(at=time(9), zone="Europe/Berlin"), reveal=reveal)
    return await app.storage.read(lambda unit: unit.schedules.all(space.id))


async def _open_round(app: Application, series: Series) -> Round:
    async def left_open(unit: Unit) -> list[Round]:
        return await unit.rounds.open_of_series(series.id)

    rounds = await app.storage.read(left_open)
    return rounds[0] if rounds else await ask_in_series_now(app, series.id)


async def _keep_asking(app: Application, all_series: Sequence[Series], open_rounds: list[Round]) -> None:
    for turn in count():
        await asyncio.sleep(BETWEEN_QUESTIONS_S)
        which = turn % len(all_series)
        before, open_rounds[which] = open_rounds[which], await ask_in_series_now(app, all_series[which].id)
        say("asked", open_rounds[which].id)
        say("closed", before.id)


def _event_ids(seed: int, numbers: Iterator[int]) -> Iterator[tuple[str, int]]:
    """Ids that tell the pick, so that whoever looks at a stored answer knows what it must say."""
    for number in numbers:
        pick = number % len(CHOICES)
        yield f"{seed}.{number}.{pick}", pick


async def _keep_answering(
    app: Application, open_rounds: list[Round], random: Random, event_ids: Iterator[tuple[str, int]]
) -> None:
    for event_id, pick in event_ids:
        round_ = random.choice(open_rounds)
        name = f"Member {random.randrange(MEMBERS)}"
        outcome = await app.answers.submit(
            SubmitAnswer(
                round_id=round_.id,
                channel=round_.channel,
                member=Member(space_id=round_.space_id, external_id=name, name=name),
                given=frozenset({pick}),
                at=app.clock.now() - timedelta(milliseconds=random.randrange(50)),
                event_id=event_id,
            )
        )
        if outcome.answer is not None:
            told = (round_.id, name, microseconds(outcome.answer.at), outcome.answer.event_id)
            say("answer", json.dumps(told))


def main() -> None:
    """Start a bot for each line of stdin, one after the other."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # logs
    for seed, line in enumerate(sys.stdin):
        if (pid := os.fork()) == 0:
            say("pid", os.getpid())
            try:
                asyncio.run(run(line.rstrip("\n"), seed))
            except BaseException:  # noqa: BLE001 - it must never come back as a second parent
                traceback.print_exc()
            os._exit(1)
        _, status = os.waitpid(pid, 0)
        say("gone", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
