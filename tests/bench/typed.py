"""Durable answers per second that are typed, against those that are chosen."""

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

from bot.application import Application
from bot.domain.accepted import AcceptedNumber
from bot.domain.drafts import QuestionDraft
from bot.domain.identity import Space
from bot.domain.responses import Given
from bot.ports import Unit
from bot.testing import number, short
from tests.bench.figures import Figure, against
from tests.bench.league import answer_all, clicks, league, open_round, some_choice
from tests.bench.sizes import Size

_GOAL = 0.7
_WAITING = 1_000
# Everybody types something else, so that nothing which was read or judged before is of use.
_TYPED: tuple[tuple[QuestionDraft, Callable[[int], Given]], ...] = (
    (short("Which service runs code?", "AWS Lambda", "Lambda"), lambda n: (f"Lambda number {n}",)),
    (number("How many?", AcceptedNumber(value=Fraction(42))), lambda n: (f"{n},5",)),
)


def typed_answers(size: Size) -> Iterator[Figure]:
    """One figure for each kind of question that is answered by typing."""
    for draft, types in _TYPED:
        with tempfile.TemporaryDirectory() as folder:
            typed, chosen = asyncio.run(_paces(Path(folder), draft, types, size))
        yield against(f"{draft.kind}_answers_per_s", typed, "1/s", baseline=chosen, of="choices", goal=_GOAL)


async def _paces(folder: Path, draft: QuestionDraft, types: Callable[[int], Given], size: Size) -> tuple[float, float]:
    """Answers a second, typed and chosen: round by round in turn, so that noise hits both."""
    answered, typing, choosing = 0, 0.0, 0.0
    for name in ("typed", "chosen"):
        (folder / name).mkdir()
    async with league(folder / "typed", (draft,)) as (typed, here, _), league(folder / "chosen") as (chosen, there, _):
        await _spent(typed, here, types, size)  # every player is known from here on
        await _spent(chosen, there, some_choice, size)
        while typing < size.durable_s:
            typing += await _spent(typed, here, types, size)
            choosing += await _spent(chosen, there, some_choice, size)
            answered += size.players
    return answered / typing, answered / choosing


async def _end_all(app: Application, unit: Unit, space: Space) -> None:
    """End the time of the questions asked so far: while they are open, none of them is asked again."""
    for asked in await unit.rounds.open_in(space.id):
        await unit.rounds.end(asked.id, app.clock.now())


async def _spent(app: Application, space: Space, gives: Callable[[int], Given], size: Size) -> float:
    """Return the seconds until everybody's answer in a new round is stored."""
    await app.storage.write(lambda unit: _end_all(app, unit, space))
    upcoming = list(clicks(app, space, await open_round(app, space), size.players, gives))
    began = time.perf_counter()
    await answer_all(app, upcoming, _WAITING)
    return time.perf_counter() - began
