"""The standings page says the time that it shows, and why it shows nothing."""

from datetime import date

import pytest

from adapters.web.periods import groups, heading, nothing_yet
from bot.domain.identity import LeagueId
from bot.domain.leagues import BEGINNING, League, Season
from bot.domain.stretches import parse_stretch, weeks_since
from bot.services.standings.pages import LeaguePage, Shown

TODAY = date(2026, 11, 29)
YESTERDAY, TOMORROW = date(2026, 11, 28), date(2026, 11, 30)
FIRST = Season(number=1, name="Spring", starts_on=BEGINNING, ends_on=YESTERDAY)


def page(stretch: str, *seasons: Season, shown: Shown = Shown.PLAYER, has_teams: bool = True) -> LeaguePage:
    league = League(id=LeagueId(1), name="League", zone="UTC", **({"seasons": seasons} if seasons else {}))
    return LeaguePage(
        league=league,
        shown=shown,
        stretch=parse_stretch(stretch, league, TODAY),
        today=TODAY,
        weeks=tuple(weeks_since(date(2026, 11, 20), TODAY)),
        has_teams=has_teams,
    )


def chosen(of: LeaguePage) -> list[str]:
    return [one.words for group in groups(of, date.isoformat) for one in group.periods if one.chosen]


@pytest.mark.parametrize(
    ("stretch", "words", "said"),
    [
        ("week", "This week", "This week"),
        ("all", "All time", "All time"),
        ("2026-W47", "Week of 2026-11-16", "2026-11-16 to 2026-11-22"),
        ("2020-W53", "Week of 2020-12-28", "2020-12-28 to 2021-01-03"),
        ("season-1", "Spring", "Spring, up to 2026-11-28"),
    ],
)
def test_the_time_shown_is_the_one_chosen(stretch: str, words: str, said: str) -> None:
    shown = page(stretch, FIRST, Season(number=2, name="Summer", starts_on=TODAY))
    assert chosen(shown) == [words]
    assert heading(shown, date.isoformat) == said


def test_a_season_that_begins_tomorrow_isnt_offered_today_and_runs_to_no_day_before_it_begins() -> None:
    ends_today = Season(number=1, name="Spring", starts_on=BEGINNING, ends_on=TODAY)
    later = Season(number=2, name="Summer", starts_on=TOMORROW)
    offered = [
        one.words for group in groups(page("season", ends_today, later), date.isoformat) for one in group.periods
    ]
    assert "Summer" not in offered
    assert nothing_yet(page("season", ends_today, later)) == "No answers in this period yet."
    early = page("season-2", ends_today, later)
    assert chosen(early) == ["Summer, from 2026-11-30 on"]
    assert heading(early, date.isoformat) == "Summer, from 2026-11-30 on"
    assert nothing_yet(early) == "This season hasn't begun yet."


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        (page("week"), "No answers in this period yet."),
        (page("week", shown=Shown.QUESTION), "No closed questions in this period yet."),
        (page("week", shown=Shown.TEAM), "No answers in this period yet."),
        (page("week", shown=Shown.TEAM, has_teams=False), "There are no teams yet. Create one: /quiz team create NAME"),
        (page("season", FIRST), "No season is running."),
    ],
)
def test_an_empty_page_says_why(shown: LeaguePage, why: str) -> None:
    assert nothing_yet(shown) == why
