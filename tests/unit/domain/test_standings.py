"""Who stands where, and under which periods an answer counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.standings import Score, Window, period, periods, rank_players


def score(name, points, number=None):
    return Score(player_id=number or hash(name), name=name, points=points, right=1, answered=2)


def test_ties_share_a_place_and_leave_the_next_out():
    placed = rank_players([score("Cy", 5), score("bo", 10), score("Ada", 10), score("Di", 0)])
    assert [(s.place, s.name) for s in placed] == [(1, "Ada"), (1, "bo"), (3, "Cy"), (4, "Di")]


@given(st.lists(st.integers(0, 5), max_size=12))
def test_a_place_is_one_more_than_the_number_of_better_ones(points):
    placed = rank_players([score(f"p{n}", p, number=n + 1) for n, p in enumerate(points)])
    assert len(placed) == len(points)
    for one in placed:
        assert one.place == 1 + sum(other.points > one.points for other in placed)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2024, 12, 29), "2024-W52"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2026, 11, 21), "2026-W47"),
    ],
)
def test_weeks_are_iso_weeks_at_the_turn_of_the_year(day, week):
    assert period(Window.WEEK, day, 1) == week


def test_a_day_counts_in_its_five_periods():
    assert periods(date(2026, 11, 21), 3) == ("2026-11-21", "2026-W47", "2026-11", "season-3", "all")


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_week_is_monday_to_sunday(day):
    monday = day - timedelta(days=day.weekday())
    names = {period(Window.WEEK, monday + timedelta(days=n), 1) for n in range(7)}
    assert names == {period(Window.WEEK, day, 1)}
    assert period(Window.WEEK, monday + timedelta(days=7), 1) not in names
