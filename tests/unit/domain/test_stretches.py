"""Stretches of time are found by the names that people give them."""

from datetime import date

import pytest

from bot.domain.errors import BadInput
from bot.domain.identity import LeagueId
from bot.domain.leagues import FIRST_SEASON, League, Season
from bot.domain.stretches import parse_stretch, weeks_since

THURSDAY = date(2026, 11, 26)
LEAGUE = League(
    id=LeagueId(1),
    name="Study group",
    zone="UTC",
    seasons=(
        Season(number=1, name="", starts_on=FIRST_SEASON.starts_on, ends_on=date(2026, 8, 31)),
        Season(number=2, name="Autumn", starts_on=date(2026, 9, 14)),
    ),
)


@pytest.mark.parametrize(
    ("text", "period", "first", "last"),
    [
        ("day", "2026-11-26", THURSDAY, None),
        ("week", "2026-W48", date(2026, 11, 23), None),
        ("Month", "2026-11", date(2026, 11, 1), None),
        ("season", "season-2", date(2026, 9, 14), None),
        ("all", "all", None, None),
        ("2026-W46", "2026-W46", date(2026, 11, 9), date(2026, 11, 15)),
        ("2020-w53", "2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("season-1", "season-1", None, date(2026, 8, 31)),
    ],
)
def test_a_stretch_is_named_by_its_window_or_its_own_name(text, period, first, last):
    stretch = parse_stretch(text, LEAGUE, THURSDAY)
    assert (stretch.period, stretch.first, stretch.last) == (period, first, last)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-W54", "0000-W01", "0001-W01", "9999-W52", "season-3", "2026-W", "week' OR 1"]
)
def test_what_names_no_stretch_is_refused(text):
    with pytest.raises(BadInput):
        parse_stretch(text, LEAGUE, THURSDAY)


def test_between_two_seasons_the_season_is_nobodys():
    assert parse_stretch("season", LEAGUE, date(2026, 9, 5)).period == "season-0"


def test_the_weeks_go_from_the_running_one_back_to_the_first():
    weeks = weeks_since(date(2026, 11, 12), THURSDAY)
    assert [week.name for week in weeks] == ["2026-W48", "2026-W47", "2026-W46"]


def test_a_league_that_begins_today_has_one_week():
    assert [week.name for week in weeks_since(THURSDAY, THURSDAY)] == ["2026-W48"]
