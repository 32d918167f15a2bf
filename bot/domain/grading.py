"""What an answer is worth.

Points are kept as whole parts of a point, so that sums are exact in any order and two players with equal
answers always tie. One point is 72,072 parts: 10 points then divide evenly by every key size up to 16
(720,720 is the least common multiple of 1 to 16).
"""

from dataclasses import dataclass

POINT = 72_072
FULL_MARKS = 10 * POINT
DAILY_CAP = 50 * POINT
"""The most that a player can earn with on-demand questions in one day."""


def capped(on_demand: int) -> int:
    """Return how many of a day's on-demand points count."""
    return min(DAILY_CAP, on_demand)


@dataclass(frozen=True, slots=True)
class Grade:
    """The worth of one answer: ``points`` in parts of a point; ``right`` if the answer is exactly the key."""

    points: int
    right: bool


def in_points(parts: float) -> float:
    """Convert parts of a point to points, for people and JSON."""
    return parts / POINT
