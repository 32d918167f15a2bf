"""What a league agrees on, as it is typed."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.errors import BadInput
from bot.domain.identity import LeagueId
from bot.domain.league_options import changed, parse_channel
from bot.domain.leagues import League, Rules, WeeklyPost

LEAGUE = League(id=LeagueId(1), name="Study group", zone="UTC", weekly=WeeklyPost(weekday=2, at=time(8), theme="dark"))
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "rules"),
    [
        ({"account_age": "7d"}, Rules(min_account_days=7)),
        ({"account_age": "7", "join_age": "1 day"}, Rules(min_account_days=7, min_join_days=1)),
        ({"join_age": "off"}, Rules()),
        ({"team_race_on_demand": "no"}, Rules(team_race_on_demand=False)),
    ],
)
def test_rules(typed, rules):
    assert changed(LEAGUE, typed).rules == rules


@pytest.mark.parametrize(
    ("typed", "weekday", "at"),
    [
        ({"weekly": "monday 09:00"}, 0, time(9)),
        ({"weekly": "18:30"}, 2, time(18, 30)),
        ({"weekly": "Fri"}, 4, time(8)),
        ({"weekly_day": "sun", "weekly_time": "7:05"}, 6, time(7, 5)),
        ({"card": "light"}, 2, time(8)),
    ],
)
def test_the_weekly_post(typed, weekday, at):
    weekly = changed(LEAGUE, typed).weekly
    assert (weekly.weekday, weekly.at) == (weekday, at)
    assert weekly.theme == ("light" if "card" in typed else "dark")


@pytest.mark.parametrize(
    "typed",
    [
        {"account_age": "-1"},
        {"account_age": "99999"},
        {"join_age": "soon"},
        {"card": "pink"},
        {"weekly": "mon,tue 09:00"},
        {"weekly_time": "25:00"},
        {"team_race_on_demand": "perhaps"},
    ],
)
def test_nonsense_is_refused_in_words(typed):
    with pytest.raises(BadInput):
        changed(LEAGUE, typed)


def test_a_channel_is_this_one_or_that_of_the_question():
    assert parse_channel(" HERE ") == "here"
    with pytest.raises(BadInput, match="here for this channel, or auto"):
        parse_channel("there")


def test_the_stricter_of_two_rules_says_from_when_somebody_may_answer():
    rules = Rules(min_account_days=7, min_join_days=2)
    week, days = timedelta(days=7), timedelta(days=2)
    assert rules.allowed_from(NOW, NOW) == NOW + week
    assert rules.allowed_from(NOW - week, NOW) == NOW + days
    assert rules.allowed_from(None, NOW) == NOW + days
    assert rules.allowed_from(None, None) is None
    assert Rules().allowed_from(NOW, NOW) is None
