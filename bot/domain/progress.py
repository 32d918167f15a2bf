"""How a player's answers went: day by day, and by topic week by week."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.accuracy import Accuracy

WEEKS = 12
"""How many weeks are looked at, with the current one."""

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicDay:
    """The sums of a player's answers to questions on a topic on one local day.

    Attributes:
        topic: the topic that the questions had when they were asked.
        day: the day on which the answers count; None: all days too old to be counted one by one.
        given: how many answers there are, graded or not.
        graded: how many of them are right or wrong.
        points: in parts of a point.
    """

    topic: str | None
    day: date | None
    given: int
    graded: Accuracy
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicProgress:
    """The graded answers on a topic: all of them, and those of each week, oldest first."""

    topic: str | None
    total: Accuracy
    weeks: tuple[Accuracy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A player's answers up to a day.

    Attributes:
        total: all graded answers.
        points: what they earned, in parts of a point.
        mondays: the weeks that are looked at, by their first days, oldest first.
        days: how many answers were given on each day, from the first Monday to today.
        topics: all topics with graded answers, those with most first.
    """

    total: Accuracy
    points: int
    mondays: tuple[date, ...]
    days: tuple[int, ...]
    topics: tuple[TopicProgress, ...]


def progress(sums: Iterable[TopicDay], today: date) -> Progress:
    """Return how somebody's answers went up to a local day; later ones are left out.

    Args:
        sums: their answers, with a day of its own for at least each day of the last `WEEKS` weeks.
        today: the local day.
    """
    sums = [one for one in sums if one.day is None or one.day <= today]
    mondays = mondays_to(today, WEEKS)
    answers, by_topic = Counter[date | None](), defaultdict[str | None, list[TopicDay]](list)
    for one in sums:
        answers[one.day] += one.given
        if one.graded.answered:
            by_topic[one.topic].append(one)
    length = (today - mondays[0]).days + 1
    topics = [
        TopicProgress(topic=topic, total=_together(of), weeks=_weekly(of, mondays)) for topic, of in by_topic.items()
    ]
    return Progress(
        total=_together(sums),
        points=sum(one.points for one in sums),
        mondays=mondays,
        days=tuple(answers[mondays[0] + timedelta(days=number)] for number in range(length)),
        topics=tuple(sorted(topics, key=lambda one: (-one.total.answered, one.topic or ""))),
    )


def mondays_to(day: date, number: int) -> tuple[date, ...]:
    """Return the first days of so many weeks, oldest first; the last week is the one that ``day`` is in."""
    last = day - timedelta(days=day.weekday())
    return tuple(last - _WEEK * back for back in reversed(range(number)))


def _weekly(sums: Iterable[TopicDay], mondays: tuple[date, ...]) -> tuple[Accuracy, ...]:
    by_week = defaultdict[date, list[TopicDay]](list)
    for one in sums:
        if one.day:
            by_week[one.day - timedelta(days=one.day.weekday())].append(one)
    return tuple(_together(by_week[monday]) for monday in mondays)


def _together(sums: Iterable[TopicDay]) -> Accuracy:
    graded = [one.graded for one in sums]
    return Accuracy(right=sum(one.right for one in graded), answered=sum(one.answered for one in graded))
