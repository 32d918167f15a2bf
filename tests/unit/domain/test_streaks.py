"""Which days make a streak: bits stand for days, the lowest for the last one."""

import pytest

from bot.domain.streaks import first_missed_of_weeks, latest_within_a_week, unbroken


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


@pytest.mark.parametrize(
    ("answered", "asked", "weekday", "frozen"),
    [
        (0b1111111, 0b1111111, 6, 0),
        (0b1110111, 0b1111111, 6, 0b0001000),  # Thursday is the first that was missed
        (0b1010101, 0b1111111, 6, 0b0100000),  # of three, the first one
        (0b0111111, 0b1111111, 6, 0b1000000),  # Monday
        (0b1111110, 0b1111111, 6, 0b0000001),  # Sunday
        (0b0000111, 0b0000111, 6, 0),  # nothing was asked before
        (0b01_1111111, 0b11_1111111, 6, 0b10_0000000),  # the weeks before have their own
        (0b0111111_0111111, 0b1111111_1111111, 6, 0b1000000_1000000),
        (0b1111110_01, 0b1111111_11, 1, 0b0000001_10),  # Sunday and the Monday after it, seen on Tuesday
        (0b1111101_0, 0b1111111_0, 0, 0b0000010_0),  # no question this Monday
        (0, 0, 3, 0),
    ],
)
def test_the_first_missed_day_of_each_week_is_frozen(answered, asked, weekday, frozen):
    assert first_missed_of_weeks(answered, asked, weekday) == frozen


@pytest.mark.parametrize(
    ("frozen", "answered", "asked", "told"),
    [
        (0, 0b111, 0b111, None),
        (0b010, 0b101, 0b111, (1, 1)),  # yesterday, and one answer since
        (0b001, 0b110, 0b111, (0, 0)),
        (0b100, 0b001, 0b111, None),  # another day was missed since
        (0b1000000, 0b0111111, 0b1111111, (6, 6)),
        (0b10000000, 0b01111111, 0b11111111, None),  # more than a week ago
        (0b100_000_010, 0b011_111_101, 0b111_111_111, (1, 1)),  # the later of two
    ],
)
def test_the_day_that_was_frozen_lately_is_told(frozen, answered, asked, told):
    assert latest_within_a_week(frozen, answered, asked) == told
