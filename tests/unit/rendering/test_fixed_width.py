"""Tables and bars line up where letters have one width."""

import pytest

from bot.rendering.fixed_width import aligned, bar


def test_columns_stand_below_each_other_also_with_wide_letters():
    assert aligned([["Name", "Points"], ["李雷", "10"], ["Ada", "9"]]) == "Name  Points\n李雷  10\nAda   9"


def test_an_accent_of_its_own_takes_no_room():
    assert aligned([["Zoe\u0308", "1"], ["Adam", "2"]]) == "Zoe\u0308   1\nAdam  2"


def test_figures_can_end_their_column_but_not_in_the_first_one():
    rows = [["Place", "Points"], ["1", "9"], ["2", "10"], ["3", "none"]]
    assert aligned(rows, figures_right=True) == "Place  Points\n1           9\n2          10\n3      none"


@pytest.mark.parametrize(("share", "shown"), [(0, "░" * 10), (1 / 3, "███░░░░░░░"), (1, "█" * 10)])
def test_a_bar_is_as_full_as_the_share(share, shown):
    assert bar(share) == shown
