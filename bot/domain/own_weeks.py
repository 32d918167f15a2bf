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
        place: None: nobody else, or no points, so that it says nothing.
        gained: the places gained since the week before, below 0 if lost; None: they had none then, or have none now.
        streak: days in a row up to the week's end.
        best: the topic with the largest share of right answers; None: no topic has enough answers, or any right one.
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
    """Return the topic with the largest share of right answers, of several the one with the most answers."""
    told = [(topic, one) for topic, one in answers.items() if one.answered >= FEWEST_ON_TOPIC and one.right]
    return min(told, key=lambda found: (-found[1].share, -found[1].answered, found[0]), default=None)
