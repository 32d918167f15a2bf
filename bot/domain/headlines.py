"""What is most worth telling about a week: pure functions from its facts to a headline, a value without words.

A headline names only winners, and people as winners alone: never who came last, or who lost the lead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.grading import POINT

CLOSE = Fraction(1, 10)
"""A lead of at most this part of the winner's score is close."""
NARROWEST = Fraction(POINT, 100)
"""The smallest lead that is mentioned, in parts of a point: people see two decimals."""
FAR_BEHIND = 4
"""A win is a comeback after this place or a lower one in the week before."""
FEWEST_FLAWLESS = 5
"""How many answers make it worth telling that all were right."""
WEEKS_COMPARED = 12
"""How many earlier weeks a week is compared with."""
FEWEST_WEEKS = 4
"""How many of those weeks must have answers before they say what is usual."""
QUIET = Fraction(1, 2)
"""A week with at most this part of the usual answers is quiet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A team or a player with a place in the week: ``score`` in parts of a point, ``before`` the week before's place.

    ``before`` is None if they had no place then.
    """

    name: str
    score: int | Fraction
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRace:
    """The winner was only a little ahead; ``lead`` is in parts of a point."""

    name: str
    lead: int | Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLead:
    """Two share the first place."""

    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comeback:
    """The winner was far behind in the week before, in the place ``before``."""

    name: str
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLeader:
    """Somebody else won in the week before."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flawless:
    """One of the best gave this many answers, all of them right."""

    name: str
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWeek:
    """There were more answers than in any of the weeks that it is compared with."""

    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsolved:
    """Nobody got the question of a ``weekday``; 0 is Monday."""

    weekday: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietWeek:
    """There were far fewer answers than usual."""

    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Win:
    """Somebody won, with nothing special about it; ``score`` is in parts of a point."""

    name: str
    score: int | Fraction


Headline = CloseRace | SharedLead | Comeback | NewLeader | Flawless | RecordWeek | Unsolved | QuietWeek | Win


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFacts:
    """What happened in a week, as far as a headline may tell it.

    Attributes:
        best: who has a place, best first: teams, or players if no team has one.
        had_winner: whether anybody had a place in the week before.
        flawless: who of the best players gave only right answers, and how many; best first.
        answers: how many answers there were.
        earlier: the same for each of the `WEEKS_COMPARED` weeks before.
        unsolved: the weekday whose only question nobody got; None if there is no such day.
    """

    best: Sequence[Contender] = ()
    had_winner: bool = False
    flawless: Sequence[Flawless] = ()
    answers: int = 0
    earlier: Sequence[int] = ()
    unsolved: int | None = None


def headline(week: WeekFacts) -> Headline | None:
    """Return what is most worth telling about a week; None if nothing was special and nobody won."""
    return _race(week) or _flawless(week) or _beside_others(week) or _win(week)


def _race(week: WeekFacts) -> Headline | None:
    tied = _first(week)
    if len(tied) != 1:
        return SharedLead(first=tied[0].name, second=tied[1].name) if len(tied) == 2 else None
    winner, second = tied[0], week.best[1].score if len(week.best) > 1 else 0
    lead = winner.score - second
    if NARROWEST <= lead <= CLOSE * winner.score:
        return CloseRace(name=winner.name, lead=lead)
    if winner.before is not None and winner.before >= FAR_BEHIND:
        return Comeback(name=winner.name, before=winner.before)
    return NewLeader(name=winner.name) if week.had_winner and winner.before != 1 else None


def _win(week: WeekFacts) -> Win | None:
    tied = _first(week)
    return Win(name=tied[0].name, score=tied[0].score) if len(tied) == 1 else None


def _first(week: WeekFacts) -> Sequence[Contender]:
    """Return who shares the first place; nobody, if the best have no points."""
    return [one for one in week.best if one.score == week.best[0].score > 0]


def _flawless(week: WeekFacts) -> Flawless | None:
    return next((one for one in week.flawless if one.answers >= FEWEST_FLAWLESS), None)


def _beside_others(week: WeekFacts) -> RecordWeek | Unsolved | QuietWeek | None:
    busy = [answers for answers in week.earlier if answers]
    if len(busy) >= FEWEST_WEEKS and week.answers > max(busy):
        return RecordWeek(answers=week.answers)
    if week.unsolved is not None:
        return Unsolved(weekday=week.unsolved)
    if len(busy) >= FEWEST_WEEKS and week.answers * len(busy) <= QUIET * sum(busy):
        return QuietWeek(answers=week.answers)
    return None
