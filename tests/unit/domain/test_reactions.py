"""What reactions mean, as they come and after an absence."""

import pytest

from bot.domain.reactions import after_reaction, read_from


@pytest.mark.parametrize(
    ("standing", "position", "on", "most", "after"),
    [
        (set(), 1, True, 1, {1}),
        ({0}, 1, True, 1, {1}),
        ({0}, 1, False, 1, {0}),
        ({0}, 1, True, 2, {0, 1}),
        ({0, 1}, 1, False, 2, {0}),
        ({0}, 0, False, 1, set()),
    ],
)
def test_the_newest_counts_where_one_is_wanted_and_all_where_several_are(standing, position, on, most, after):
    assert after_reaction(frozenset(standing), position, on=on, most=most) == after


@pytest.mark.parametrize(
    ("present", "standing", "most", "picks"),
    [
        (set(), {1}, 1, set()),
        ({2}, set(), 1, {2}),
        ({2}, {1}, 1, {2}),
        ({0, 2}, {2}, 1, {2}),
        ({0, 2}, {1}, 1, {0}),
        ({0, 2}, set(), 1, {0}),
        ({0, 2}, {0}, 2, {0, 2}),
        ({0, 1, 2}, {1, 2}, 2, {1, 2}),
        ({0, 1, 2}, {0, 3}, 2, {0, 1}),
    ],
)
def test_after_an_absence_what_stands_stays_where_it_can(present, standing, most, picks):
    assert read_from(frozenset(present), frozenset(standing), most=most) == picks
