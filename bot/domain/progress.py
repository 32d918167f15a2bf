"""How a player's answers went: day by day, and by topic week by week."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.accuracy import Accuracy

WEEKS = 12
"""How many weeks are looked at, with the current one."""
MOST_TOPICS = 12

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One answer: the local day on which it counts, its question's topic, whether it was right (None: not graded)."""

    day: date
    topic: str | None
    right: bool | None


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
        mondays: the weeks that are looked at, by their first days, oldest first.
        days: how many answers were given on each day, from the first Monday to today.
        topics: the topics with the most graded answers, most first.
    """

    total: Accuracy
    mondays: tuple[date, ...]
    days: tuple[int, ...]
    topics: tuple[TopicProgress, ...]


def progress(attempts: Iterable[Attempt], today: date) -> Progress:
    """Return how somebody's answers went up to a local day; later ones are left out."""
    attempts = [one for one in attempts if one.day <= today]
    mondays = mondays_to(today, WEEKS)
    answers = Counter(one.day for one in attempts)
    length = (today - mondays[0]).days + 1
    by_topic: dict[str | None, list[Attempt]] = defaultdict(list)
    for one in attempts:
        if one.right is not None:
            by_topic[one.topic].append(one)
    most = sorted(by_topic.items(), key=lambda found: (-len(found[1]), found[0] or ""))[:MOST_TOPICS]
    return Progress(
        total=_accuracy(one for one in attempts if one.right is not None),
        mondays=mondays,
        days=tuple(answers[mondays[0] + timedelta(days=number)] for number in range(length)),
        topics=tuple(TopicProgress(topic=topic, total=_accuracy(of), weeks=_weekly(of, mondays)) for topic, of in most),
    )


def mondays_to(day: date, number: int) -> tuple[date, ...]:
    """Return the first days of so many weeks, oldest first; the last week is the one that ``day`` is in."""
    last = day - timedelta(days=day.weekday())
    return tuple(last - _WEEK * back for back in reversed(range(number)))


def _weekly(attempts: list[Attempt], mondays: tuple[date, ...]) -> tuple[Accuracy, ...]:
    by_week: dict[date, list[Attempt]] = defaultdict(list)
    for one in attempts:
        by_week[one.day - timedelta(days=one.day.weekday())].append(one)
    return tuple(_accuracy(by_week[monday]) for monday in mondays)


def _accuracy(attempts: Iterable[Attempt]) -> Accuracy:
    verdicts = [bool(one.right) for one in attempts]
    return Accuracy(right=sum(verdicts), answered=len(verdicts))
