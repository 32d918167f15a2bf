"""The line about where somebody stands after an answer says only what is worth saying."""

import pytest

from bot.domain.streaks import Streak
from bot.rendering.boards import so_far


@pytest.mark.parametrize(
    ("streak", "place", "line"),
    [
        (3, 2, "3 days in a row, second this week."),
        (1, 1, "First this week."),
        (2, None, "2 days in a row."),
        (0, 12, "Number 12 this week."),
        (1, None, ""),
    ],
)
def test_a_single_day_and_no_place_go_without_saying(streak, place, line):
    assert so_far(Streak(days=streak), place) == line
