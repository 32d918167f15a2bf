"""One season runs at a time, and no day belongs to two."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadInput
from bot.domain.leagues import FIRST_SEASON, League, Season
from bot.domain.seasons import begin_season, end_season, last_season, running_season

TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)


def league(*seasons):
    return League(id=1, name="League", zone="UTC", seasons=seasons or (FIRST_SEASON,))


def test_a_new_season_begins_today_and_ends_the_running_one_yesterday():
    changed, ended = begin_season(league(), "Spring", TODAY)
    assert changed.seasons[1] == Season(number=2, name="Spring", starts_on=TODAY)
    assert ended == changed.seasons[0]
    assert ended.ends_on == TODAY - DAY


def test_a_season_that_began_today_is_renamed():
    once, _ = begin_season(league(), "Sprig", TODAY)
    twice, ended = begin_season(once, "Spring", TODAY)
    assert [season.name for season in twice.seasons] == ["", "Spring"]
    assert ended is None


def test_after_a_season_that_ends_today_the_next_begins_tomorrow():
    over, _ = end_season(league(), TODAY)
    changed, ended = begin_season(over, "Spring", TODAY)
    assert changed.seasons[-1].starts_on == TODAY + DAY
    assert ended is None


def test_between_two_seasons_none_runs_and_the_last_one_is_known():
    over, ended = end_season(league(), TODAY)
    assert running_season(over, TODAY) == ended
    assert running_season(over, TODAY + DAY) is None
    assert last_season(over, TODAY + DAY) == ended
    with pytest.raises(BadInput, match="No season is running"):
        end_season(over, TODAY + DAY)


def test_a_season_that_begins_tomorrow_cannot_be_ended_today():
    waiting, _ = begin_season(end_season(league(), TODAY)[0], "Spring", TODAY)
    with pytest.raises(BadInput, match="No season is running"):
        end_season(waiting, TODAY)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=12))
def test_whatever_is_begun_and_ended_seasons_are_numbered_in_order_and_share_no_day(steps):
    one, today = league(), TODAY
    for begins, later in steps:
        today += later * DAY
        try:
            one = begin_season(one, "Next", today)[0] if begins else end_season(one, today)[0]
        except BadInput:
            continue
    assert [season.number for season in one.seasons] == list(range(1, len(one.seasons) + 1))
    for before, after in zip(one.seasons, one.seasons[1:], strict=False):
        assert before.ends_on is not None
        assert before.starts_on <= before.ends_on < after.starts_on
