"""Choose which question a series asks next. Stored data alone decides, so that it can be foretold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from bot.domain.identity import QuestionId, RoundId, Space
from bot.domain.kinds import kind_of
from bot.domain.question_draw import Candidate, Drawn, Taste, draw, group_level, hardness, once_asked
from bot.domain.questions import Question
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.series import Series
from bot.domain.series_options import ADAPTIVE, LEVELS
from bot.ports import QuestionFilter, SharedQuestion, Unit
from bot.services.core import Core
from bot.services.rounds.asking import open_here

_LATELY = 14
"""How many days of answers count for how good a group is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What a series could ask now, what it wants, and what it asked before."""

    series: Series
    candidates: Sequence[Candidate]
    taste: Taste
    asked: Sequence[Candidate]

    def draw(self) -> Drawn | None:
        """Draw the question that comes next; None if there is none."""
        seed = f"{self.series.id}:{len(self.asked)}"
        chance = Random(seed)  # noqa: S311 - no secret: only people who see the database can foretell it
        return draw(self.candidates, chance, self.taste, self.asked)

    @property
    def left(self) -> int:
        """How many fresh questions the series can still ask, those that wait for another one included."""
        only = self.taste.difficulty if self.taste.difficulty in LEVELS else None
        return sum(
            one.last_asked is None and not one.waits_in_vain and (only is None or one.level == only)
            for one in self.candidates
        )

    def after(self, question: Question, at: datetime) -> "Prospect":
        """Return what the series could ask once it has asked this question."""
        known = (one for one in self.candidates if one.question_id == question.id)
        asked = next(known, Candidate(question.id, at, question.topic, question.difficulty))
        return replace(self, candidates=once_asked(self.candidates, question.id, at), asked=[*self.asked, asked])


async def prospect(unit: Unit, series: Series, space: Space, now: datetime) -> Prospect:
    """Find out what a series could ask now."""
    which = _wanted(series)
    candidates, asked = await unit.banks.candidates(which), await unit.rounds.drawn_in(series.id)
    taste = Taste(
        weights={topic.casefold(): share for topic, share in series.weights.items()}, difficulty=series.difficulty
    )
    if series.difficulty is not None:
        proved = {number: hardness(answers) for number, answers in (await unit.banks.verdicts(which)).items()}
        candidates, asked = (
            [one._replace(difficulty=one.difficulty or proved.get(one.question_id)) for one in some]
            for some in (candidates, asked)
        )
    if series.difficulty == ADAPTIVE:
        taste = replace(taste, group=await _level_of(unit, space, now))
    return Prospect(series=series, candidates=candidates, taste=taste, asked=asked)


def _wanted(series: Series) -> QuestionFilter:
    return QuestionFilter(
        space_id=series.space_id,
        bank=series.bank,
        topic=series.topic,
        tells_at_once=series.reveal is Reveal.ON_ANSWER,
        by_reaction=series.answer_with is AnswerWith.REACTIONS,
        scored_in_series=not series.cards,
    )


async def left_out(unit: Unit, series: Series) -> int:
    """Return how many questions a series leaves out: cards with long backs, or all that reactions can't answer."""
    wanted = _wanted(series)
    every = replace(wanted, by_reaction=False, scored_in_series=False)
    if every == wanted:
        return 0
    return len(await unit.banks.candidates(every)) - len(await unit.banks.candidates(wanted))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The question of a round.

    Attributes:
        shared_id: the same for all rounds that ask this question together in several spaces; None: it isn't shared.
        left: how many fresh questions the series has after it; None if another space chose it.
        repeats: whether the question was asked before.
        ends: the quick rounds that ask it in the channel now, and give way.
    """

    question: Question
    shared_id: int | None = None
    left: int | None = None
    repeats: bool = False
    ends: Sequence[RoundId] = ()


async def choose(
    core: Core, unit: Unit, series: Series, space: Space, now: datetime, due_on: date | None
) -> Chosen | None:
    """Choose what a series asks now; None if no question is ready.

    A question that a series still has open in the channel isn't chosen; one that is open there as a quick question only
    if there is no other, or anybody could keep the series from asking. Series that ask together take the question that
    the first of them stored for the local date. Out of turn, each asks its own.
    """
    here = await open_here(core, unit, space.id, series.channel)
    chosen = await _chosen(core, unit, series, space, now, due_on, here)
    if chosen is None:
        return None
    return replace(chosen, ends=[one.id for one in here if one.question_id == chosen.question.id])


async def _chosen(
    core: Core, unit: Unit, series: Series, space: Space, now: datetime, due_on: date | None, here: Sequence[Round]
) -> Chosen | None:
    if series.together is None or due_on is None:
        return await _own(unit, series, space, now, here)
    name = series.together.casefold()
    own, stored = None, await unit.rounds.shared(space.league_id, name, due_on)
    if stored is None:
        own = await _own(unit, series, space, now, here)
        if own is None:
            return None
        stored = await unit.rounds.share(
            SharedQuestion(
                id=core.ids.next(),
                league_id=space.league_id,
                name=name,
                due_on=due_on,
                question_id=own.question.id,
                revision=own.question.revision,
            )
        )
    question = await shared_question(unit, stored, series)
    if question is None or question.id in _held(here):
        return await _own(unit, series, space, now, here)
    return replace(own or Chosen(question=question), question=question, shared_id=stored.id)


async def shared_question(unit: Unit, stored: SharedQuestion, series: Series) -> Question | None:
    """Return the question as it was shared, or as corrected since; None if a series can't ask it, or not any more."""
    asked = await unit.banks.question(stored.question_id, stored.revision)
    current = await unit.banks.question(stored.question_id)
    if current.status != "ready" or not _asks(series, current):
        return None
    return asked if asked.key == current.key else current


def _asks(series: Series, question: Question) -> bool:
    kind = kind_of(kind_of(question).in_series(question))
    by_reaction = series.answer_with is AnswerWith.REACTIONS
    return (kind.scored or series.cards) and (kind.takes_reactions or not by_reaction)


async def is_all_open(unit: Unit, series: Series, space: Space, now: datetime) -> bool:
    """Whether a series that finds nothing to ask could, if it weren't for questions that are open in its channel."""
    return (await prospect(unit, series, space, now)).draw() is not None


async def _own(unit: Unit, series: Series, space: Space, now: datetime, here: Sequence[Round]) -> Chosen | None:
    every = await prospect(unit, series, space, now)
    for taken in ({one.question_id for one in here}, _held(here)):
        ahead = replace(every, candidates=[one for one in every.candidates if one.question_id not in taken])
        if drawn := ahead.draw():
            question = await unit.banks.question(drawn.candidate.question_id)
            return Chosen(question=question, left=ahead.after(question, now).left, repeats=drawn.repeats)
    return None


def _held(rounds: Sequence[Round]) -> set[QuestionId]:
    """Return the questions that don't give way, because their key comes at a time of their own: not quick ones."""
    return {one.question_id for one in rounds if not one.on_demand}


async def _level_of(unit: Unit, space: Space, now: datetime) -> str:
    """Return the level that suits the people who answered in a space lately."""
    league = await unit.leagues.get(space.league_id)
    today = league.day(now)
    days = [(today - timedelta(days=n)).isoformat() for n in range(_LATELY)]
    return group_level(await unit.boards.accuracy(league.id, space.id, days))
