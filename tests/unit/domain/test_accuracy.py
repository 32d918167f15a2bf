"""How hard a question was."""

import pytest

from bot.domain.accuracy import Accuracy


@pytest.mark.parametrize(
    ("right", "answered", "hardness"),
    [(4, 5, "easy"), (79, 100, "medium"), (51, 100, "medium"), (1, 2, "hard"), (0, 3, "hard"), (3, 3, "easy")],
)
def test_from_four_in_five_it_is_easy_and_to_one_in_two_hard(right, answered, hardness):
    assert Accuracy(right=right, answered=answered).hardness == hardness


def test_no_answers_have_a_share_too():
    assert Accuracy(right=0, answered=0).share == 0
