"""A league to measure with: a bank, a room, an open round, members."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import time
from pathlib import Path

from bot.application import Application
from bot.bootstrap import application
from bot.domain.answers import SubmitAnswer
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.identity import Member, RoundId, Space
from bot.domain.responses import Given
from bot.domain.series import Timetable
from bot.services.banks.storing import import_document
from bot.services.leagues.spaces import ensure_space
from bot.services.series.series import add_series, ask_in_series_now
from bot.settings import Settings

CHOICES = tuple(
    QuestionDraft(line=n, stem=f"What is {n}?", choices=("a", "b", "c", "d"), key=(1,)) for n in range(1, 101)
)


@asynccontextmanager
async def league(
    folder: Path, drafts: tuple[QuestionDraft, ...] = CHOICES
) -> AsyncIterator[tuple[Application, Space, RoundId]]:
    """A new database with one open round."""
    settings = Settings(QUIZBOT_DATABASE_URL=f"sqlite+aiosqlite:///{folder / 'quizbot.db'}")
    async with application(settings) as app:
        await import_document(app, ParsedDocument(format="bench", questions=drafts), bank="bench")
        space = await ensure_space(app, "web", "local", "Room", "Europe/Berlin")
        yield app, space, await open_round(app, space)


async def open_round(app: Application, space: Space) -> RoundId:
    """One more open round, of a series of its own."""
    series = await add_series(app, space, "study", Timetable(at=time(9), zone="Europe/Berlin"))
    return (await ask_in_series_now(app, series.id)).id


def some_choice(n: int) -> Given:
    """What the member with this number clicks."""
    return frozenset({n % 4})


def clicks(
    app: Application, space: Space, round_id: RoundId, number: int, gives: Callable[[int], Given] = some_choice
) -> Iterator[SubmitAnswer]:
    """One answer of each of so many members: a click on some choice, unless they give something else."""
    now = app.clock.now()
    for n in range(number):
        yield SubmitAnswer(
            round_id=round_id,
            channel="study",
            member=Member(space_id=space.id, external_id=f"m{n}", name=f"Member {n}"),
            given=gives(n),
            at=now,
            event_id=f"e{n}",
        )


async def answer_all(app: Application, answers: Sequence[SubmitAnswer], waiting: int) -> None:
    """Let ``waiting`` callers answer in turn, each waiting for its acknowledgement before the next."""
    upcoming = iter(answers)

    async def caller() -> None:
        for one in upcoming:
            await app.answers.submit(one)

    await asyncio.gather(*(caller() for _ in range(waiting)))
