"""Which days make a streak: bits stand for days, the lowest for the last one."""

import pytest

from bot.domain.streaks import unbroken


@pytest.mark.parametrize(
    ("answered", "asked", "counted", "goes_on"),
    [
        (0b111, 0b111, 3, True),
        (0b1011, 0b1111, 2, False),
        (0b1110, 0b1111, 0, False),  # the last day is missed
        (0b1001, 0b1001, 2, True),  # nothing was asked in between
        (0b1101, 0b1001, 3, True),  # an answer on a day without a question counts
        (0b0000, 0b0000, 0, True),
        (0b0100, 0b1100, 1, False),
    ],
)
def test_answered_days_count_up_to_the_first_one_that_was_missed(answered, asked, counted, goes_on):
    assert unbroken(answered, asked) == (counted, goes_on)
