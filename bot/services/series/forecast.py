"""What a series will ask in its next postings, and why: what is stored, played on."""

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
    """One posting to come. ``drawn`` is None where another space chose its question; both: no question is ready."""

    at: datetime
    question: Question | None
    drawn: Drawn | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """The postings to come.

    Attributes:
        series: whose they are.
        group: how hard it is for the group now, where the difficulty is adaptive.
        waiting: how many ready questions wait for another one in the end; ``in_vain`` of them for one that can't be
            asked as it is.
    """

    series: Series
    postings: tuple[Foretold, ...]
    group: str
    waiting: int
    in_vain: int


async def foretell(core: Core, series_id: SeriesId, count: int) -> Foresight:
    """The next postings, each with the question that would come as things stand now.

    Whatever is asked, answered or imported meanwhile may change them.

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
    """The posting of a moment, and what there is after it."""
    drawn, question = None, await _shared(unit, ahead.series, space, at)
    if question is None and (drawn := ahead.draw()):
        question = await unit.banks.question(drawn.candidate.question_id)
    posting = Foretold(at=at, question=question, drawn=drawn)
    return posting, ahead.after(question, at) if question else ahead


async def _shared(unit: Unit, series: Series, space: Space, at: datetime) -> Question | None:
    """The question that another space asked first that day."""
    if series.together is None:
        return None
    day = due_date(series.timetable, at)
    stored = await unit.rounds.shared(space.league_id, series.together.casefold(), day)
    return await shared_question(unit, stored) if stored else None
