"""Teams are compared fairly, whatever their size and whenever their members came."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import count

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.team_climb import TeamWeek, team_climbs
from bot.domain.team_race import (
    FULL_TEAM,
    Membership,
    Sums,
    monday,
    periods_after,
    place_teams,
    race,
    weeks_begun,
)

MONDAY = date(2026, 3, 2)
WEEK = timedelta(days=7)
points = st.integers(0, 5_000)


def members(team, *earned, since=MONDAY, idle=0, on_demand=0):
    """Members of a team by what they earned, and some who didn't answer."""
    numbers = count(1_000 * sum(map(ord, team)))
    sums = [Sums(points=p, right=1, answered=2, on_demand=on_demand) for p in earned] + [Sums()] * idle
    return [
        Membership(player_id=next(numbers), team_id=sum(map(ord, team)), team=team, since=since, sums=one)
        for one in sums
    ]


def raced(*teams, first=MONDAY, last=MONDAY, **options):
    standings = race([member for team in teams for member in team], first=first, last=last, **options)
    return {standing.name: standing for standing in standings}


def test_points_are_the_mean_of_those_who_answered_with_all_members_beside_it():
    owls = raced(members("Owls", 10, 5, idle=3))["Owls"]
    assert (owls.points, owls.total, owls.members, owls.of) == (Fraction(15, 2), 15, 2, 5)


def test_from_five_on_the_score_is_the_teams_own_mean():
    teams = raced(members("Owls", 10, 20, 30, 40, 50), members("Foxes", 1, 1))
    assert teams["Owls"].score == teams["Owls"].points == 30


def test_a_smaller_teams_score_lies_between_its_mean_and_that_of_all():
    teams = raced(members("Owls", 100, 80), members("Foxes", 50, 40, 30, 60, 70, 20))
    of_all = Fraction(100 + 80 + 50 + 40 + 30 + 60 + 70 + 20, 8)
    assert teams["Owls"].score == (2 * 90 + 3 * of_all) / 5
    assert teams["Owls"].points == 90


def test_teams_of_one_have_no_place_and_stand_last():
    placed = place_teams(raced(members("Solo", 100), members("Duo", 1, 2), members("Trio", 9, 9, 9)).values())
    assert [(s.place, s.name) for s in placed] == [(1, "Trio"), (2, "Duo"), (None, "Solo")]


def test_equal_scores_share_a_place():
    placed = place_teams(raced(members("Owls", 4, 4), members("Foxes", 4, 4), members("Elks", 1, 1)).values())
    assert [(s.place, s.name) for s in placed] == [(1, "Foxes"), (1, "Owls"), (3, "Elks")]


def test_teams_of_one_name_are_two_teams():
    one, other = members("Foxes", 1, 1), members("sexoF", 1, 1)
    other = [Membership(player_id=m.player_id, team_id=7, team="Foxes", since=m.since, sums=m.sums) for m in other]
    assert [s.members for s in race(one + other, first=MONDAY, last=MONDAY)] == [2, 2]


def test_somebody_who_came_later_counts_as_the_part_of_a_member_that_their_weeks_are():
    owls = raced(members("Owls", 90, 60) + members("Owls", 30, since=MONDAY + 2 * WEEK)[:1], last=MONDAY + 2 * WEEK)[
        "Owls"
    ]
    assert owls.points == Fraction(90 + 60 + 30, 1) / (1 + 1 + Fraction(1, 3))


def test_whoever_keeps_the_teams_pace_from_the_day_they_come_leaves_its_mean_as_it_was():
    owls = raced(members("Owls", 90, 90) + members("Owls", 30, since=MONDAY + 2 * WEEK), last=MONDAY + 2 * WEEK)
    assert owls["Owls"].points == 90


def test_where_everybody_came_later_the_weeks_count_from_the_first_to_come():
    late = MONDAY + 10 * WEEK
    assert raced(members("Owls", 30, 10, since=late), last=late + WEEK)["Owls"].points == 20


def test_whoever_came_after_the_window_is_no_member_in_it():
    owls = raced(members("Owls", 30, 10) + members("Owls", 99, since=MONDAY + WEEK), last=MONDAY + WEEK - timedelta(1))
    assert (owls["Owls"].of, owls["Owls"].total) == (2, 40)


def test_points_of_on_demand_questions_can_be_left_out():
    owls = raced(members("Owls", 30, 10, on_demand=10), on_demand=False)["Owls"]
    assert (owls.points, owls.total) == (10, 20)


@given(st.lists(points, min_size=1, max_size=8), st.integers(2, 4), st.lists(points, max_size=12))
def test_with_the_same_mean_at_or_above_that_of_all_a_bigger_team_is_never_behind(small, times, others):
    assume(others == [] or Fraction(sum(small), len(small)) >= Fraction(sum(others), len(others)))
    teams = raced(members("Small", *small), members("Big", *small * times), members("Rest", *others))
    assert teams["Big"].points == teams["Small"].points
    assert teams["Big"].score >= teams["Small"].score


@given(st.lists(points, min_size=2, max_size=2), st.lists(points, min_size=5, max_size=20))
def test_a_wonder_of_two_beats_a_full_team_only_by_standing_out_two_and_a_half_times_as_far(two, many):
    teams = raced(members("Two", *two), members("Many", *many))
    of_all = Fraction(sum(two) + sum(many), len(two) + len(many))
    ahead = teams["Two"].score > teams["Many"].score
    assert ahead == ((teams["Two"].points - of_all) * 2 / 5 > teams["Many"].points - of_all)


@given(st.lists(points, min_size=1, max_size=4), st.lists(points, min_size=1, max_size=12))
def test_a_small_teams_score_is_never_outside_its_mean_and_that_of_all(small, others):
    teams = raced(members("Small", *small), members("Rest", *others))
    of_all = Fraction(sum(small) + sum(others), len(small) + len(others))
    low, high = sorted((teams["Small"].points, of_all))
    assert low <= teams["Small"].score <= high


@given(st.permutations(list(range(12))), st.lists(points, min_size=12, max_size=12), st.integers(0, 5))
def test_the_order_of_members_makes_no_difference(order, earned, weeks):
    all_members = [
        Membership(
            player_id=n, team_id=n % 3, team=str(n % 3), since=MONDAY + n % 4 * WEEK, sums=Sums(points=p, answered=1)
        )
        for n, p in enumerate(earned)
    ]
    last = MONDAY + weeks * WEEK
    ranked = place_teams(race(all_members, first=MONDAY, last=last))
    assert place_teams(race([all_members[n] for n in order], first=MONDAY, last=last)) == ranked


@given(points, points, st.integers(FULL_TEAM, 12))
def test_more_points_never_make_a_team_fall(earned, more, size):
    before = raced(members("Owls", *[earned] * size), members("Foxes", 7, 7))["Owls"]
    after = raced(members("Owls", earned + more, *[earned] * (size - 1)), members("Foxes", 7, 7))["Owls"]
    assert after.score >= before.score


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        (MONDAY, MONDAY, 1),
        (MONDAY, MONDAY + timedelta(days=6), 1),
        (MONDAY, MONDAY + WEEK, 2),
        (date(2026, 3, 8), MONDAY + WEEK, 2),
        (date(2026, 3, 1), date(2026, 3, 31), 6),
    ],
)
def test_a_week_counts_once_it_has_begun(first, last, weeks):
    assert weeks_begun(first, last) == weeks


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60), st.booleans())
def test_the_periods_after_a_day_make_up_its_later_weeks_without_gap_or_overlap(first, days, runs):
    last = first + timedelta(days=days)
    found = periods_after(first, last, last if runs else last + timedelta(days=1))
    covered = []
    for name, begun in found.items():
        whole = "W" in name
        span = [begun + timedelta(days=n) for n in range(7)] if whole else [date.fromisoformat(name)]
        assert {monday(day) for day in span} == {begun}
        covered += span
    wanted = [day for n in range(days + 1) if monday(day := first + timedelta(days=n)) > first]
    assert [day for day in covered if day <= last] == wanted
    if not runs:
        assert covered == wanted


def test_scores_over_weeks_leave_out_points_from_quiz_if_a_league_wants_that():
    owls = TeamWeek(team_id=1, since=MONDAY, first=MONDAY, week=MONDAY, members=FULL_TEAM, points=100, on_demand=40)
    weeks = [MONDAY, MONDAY + WEEK]
    assert team_climbs([owls], [1], weeks) == {1: (20, 20)}
    assert team_climbs([owls], [1], weeks, on_demand=False) == {1: (12, 12)}
