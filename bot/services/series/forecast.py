"""Foretell what a series will ask next, and why, by playing on from what is stored."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.identity import SeriesId, Space
from bot.domain.question_draw import Drawn
from bot.domain.questions import Question
from bot.domain.series import Series, due_date
from bot.ports import Unit
from bot.services.core import Core
from bot.services.series.choosing import Prospect, prospect, shared_question
from bot.services.series.series import locate


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """One future posting. ``drawn`` is None if another space chose the question; ``question`` if none is ready."""

    at: datetime
    question: Question | None
    drawn: Drawn | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """The future postings of a series.

    Attributes:
        group: the level that suits the group now, for an adaptive difficulty.
        waiting: how many ready questions still wait for another one after these postings.
        in_vain: how many of them wait for a question that can't be asked as it is.
    """

    series: Series
    postings: tuple[Foretold, ...]
    group: str
    waiting: int
    in_vain: int


async def foretell(core: Core, series_id: SeriesId, count: int) -> Foresight:
    """Return the next postings, each with the question that would come as things stand now.

    Questions, answers and imports until then may change them.

    Raises:
        NotFound: there is no such series.
    """
    return await core.storage.read(lambda unit: _foretell(core, unit, series_id, count))


async def _foretell(core: Core, unit: Unit, series_id: SeriesId, count: int) -> Foresight:
    series, space = await locate(unit, series_id)
    now = core.clock.now()
    at = series.next_at or core.next_fire(series.timetable, now)
    ahead = await prospect(unit, series, space, now)
    postings: list[Foretold] = []
    while len(postings) < count:
        posting, ahead = await _next(unit, ahead, space, at)
        postings.append(posting)
        at = core.next_fire(series.timetable, at)
    left = [one for one in ahead.candidates if one.waits_for is not None]
    return Foresight(
        series=series,
        postings=tuple(postings),
        group=ahead.taste.group,
        waiting=len(left),
        in_vain=sum(one.waits_in_vain for one in left),
    )


async def _next(unit: Unit, ahead: Prospect, space: Space, at: datetime) -> tuple[Foretold, Prospect]:
    """Return the posting of a moment, and what the series could ask after it."""
    drawn, question = None, await _shared(unit, ahead.series, space, at)
    if question is None and (drawn := ahead.draw()):
        question = await unit.banks.question(drawn.candidate.question_id)
    posting = Foretold(at=at, question=question, drawn=drawn)
    return posting, ahead.after(question, at) if question else ahead


async def _shared(unit: Unit, series: Series, space: Space, at: datetime) -> Question | None:
    """Return the question that the series asking together share that day; None if none has been stored."""
    if series.together is None:
        return None
    day = due_date(series.timetable, at)
    stored = await unit.rounds.shared(space.league_id, series.together.casefold(), day)
    return await shared_question(unit, stored, series) if stored else None
