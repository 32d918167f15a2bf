"""What an answer is worth."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grading import DAILY_CAP, FULL_MARKS, POINT, Grade, in_points
from bot.domain.kinds.choice import ChoiceKey, Chosen

choices = st.frozensets(st.integers(0, 24))
keys = st.frozensets(st.integers(0, 24), min_size=1)


def grade(chosen, key):
    return ChoiceKey(key).grade(Chosen(chosen))


@pytest.mark.parametrize(
    ("chosen", "key", "points", "right"),
    [
        ({1}, {1}, 10, True),
        ({0}, {1}, 0, False),
        ({0, 1}, {0, 1}, 10, True),
        ({0}, {0, 1}, 5, False),
        ({0, 2}, {0, 1}, 0, False),
        ({0, 1, 2}, {0, 1}, 5, False),
        ({0, 1, 3}, {0, 1, 2}, Fraction(10, 3), False),
        ({3, 4}, {0, 1, 2}, 0, False),
        (set(), {0}, 0, False),
    ],
)
def test_points_are_ten_times_right_minus_wrong_by_key_size(chosen, key, points, right):
    graded = grade(chosen, key)
    assert (Fraction(graded.points, POINT), graded.right) == (points, right)


def test_an_unkeyed_question_is_never_scored():
    with pytest.raises(ValueError, match="unkeyed"):
        grade({1}, set())


@given(choices, keys)
def test_points_lie_between_nothing_and_full_marks(chosen, key):
    graded = grade(chosen, key)
    assert 0 <= graded.points <= FULL_MARKS
    assert graded.right == (chosen == key) == (graded.points == FULL_MARKS)


@given(choices, st.frozensets(st.integers(0, 24), min_size=1, max_size=16))
def test_points_are_exact_for_keys_of_up_to_sixteen(chosen, key):
    exact = max(Fraction(0), Fraction(10 * (len(chosen & key) - len(chosen - key)), len(key)))
    assert Fraction(grade(chosen, key).points, POINT) == exact


@given(choices, keys)
def test_one_more_wrong_choice_never_helps(chosen, key):
    assert grade(chosen | {25}, key).points <= grade(chosen, key).points


def test_a_grade_of_full_marks_is_ten_points():
    assert in_points(Grade(points=FULL_MARKS, right=True).points) == 10.0


def test_the_daily_cap_is_fifty_points():
    assert in_points(DAILY_CAP) == 50
