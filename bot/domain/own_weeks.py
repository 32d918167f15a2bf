"""A player's own week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.accuracy import Accuracy
from bot.domain.streaks import Streak

FEWEST_ON_TOPIC = 3
"""The fewest answers on a topic that say how good somebody is at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWeek:
    """What a player's digest tells.

    Attributes:
        monday: the first day of the week.
        points: in parts of a point.
        place: their place; None if it says nothing, because they have no points or nobody else played.
        gained: places gained since the week before, below 0 if they fell; None without a place in both weeks.
        streak: days in a row up to the week's end.
        best: the topic with the largest share of right answers; None if no topic has enough answers and a right one.
    """

    monday: date
    points: int
    right: int
    answered: int
    place: int | None
    gained: int | None
    streak: Streak
    best: tuple[str, Accuracy] | None


def best_topic(answers: Mapping[str, Accuracy]) -> tuple[str, Accuracy] | None:
    """Return the topic with the largest share of right answers; if several are level, the one with the most answers."""
    told = [(topic, one) for topic, one in answers.items() if one.answered >= FEWEST_ON_TOPIC and one.right]
    return min(told, key=lambda found: (-found[1].share, -found[1].answered, found[0]), default=None)
