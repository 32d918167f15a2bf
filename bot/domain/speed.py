"""A bonus for a quick right answer, where a host wants one: so small that knowing beats speed."""

from datetime import datetime

from bot.domain.grading import FULL_MARKS, POINT, Grade
from bot.domain.responses import Response
from bot.domain.rounds import Round

_MOST = FULL_MARKS // POINT // 10
"""In points: a tenth of what a right answer is worth."""


def with_speed(grade: Grade, round_: Round, at: datetime) -> Grade:
    """Add to a right answer's grade what its time earns, if the round has such a bonus.

    It falls evenly from a tenth of the points when the round opens to none when it closes, rounded to whole points.
    """
    if not (round_.speed and round_.closes_at and grade.right):
        return grade
    lasts, left = round_.closes_at - round_.opened_at, round_.closes_at - at
    bonus = (2 * _MOST * left + lasts) // (2 * lasts)
    return Grade(points=grade.points + POINT * min(max(bonus, 0), _MOST), right=True)


def points_for_speed(grade: Grade, round_: Round, response: Response) -> int:
    """Return how many of a grade's points are for speed, in parts of a point."""
    alone = round_.key.grade(response) if round_.speed and round_.key else None
    return grade.points - alone.points if alone else 0
