"""When people are reminded of an open question."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.identity import LeagueId
from bot.domain.leagues import League
from bot.domain.reminding import remind_at

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "Asia/Beirut",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
)
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(15, 13), (4, 2), (3.99, None), (1, None)],
)
def test_two_hours_before_the_last_moment_unless_the_question_is_open_for_less_than_four(hours, expected):
    at = remind_at(NINE, NINE + timedelta(hours=hours))
    assert at == (None if expected is None else NINE + timedelta(hours=expected))


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_ends_when_the_next_one_begins_also_where_clocks_change_at_midnight(zone):
    league, moment = League(id=LeagueId(1), name="Study group", zone=zone), timedelta(microseconds=1)
    for number in range(365):
        day = date(2026, 1, 1) + timedelta(days=number)
        ends = league.end_of(day)
        assert (league.day(ends - moment), league.day(ends)) == (day, day + timedelta(days=1))
