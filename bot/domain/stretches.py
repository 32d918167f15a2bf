"""Stretches of time that standings cover: the current one of each kind, an earlier week, or a season."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.errors import BadInput
from bot.domain.leagues import BEGINNING, League
from bot.domain.standings import Window, period
from bot.i18n import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One window of a league's days.

    Attributes:
        name: what people type for it: ``week``, ``2026-W46``, ``season-2`` …
        period: the name under which its totals are kept.
        first: its first local day; None: from the very beginning.
        last: its last local day; None: until today.
    """

    name: str
    window: Window
    period: str
    first: date | None = None
    last: date | None = None


def parse_stretch(text: str, league: League, today: date) -> Stretch:
    """The stretch that ``text`` names.

    Raises:
        BadInput: it names none.
    """
    wanted = text.strip().casefold()
    if wanted in set(Window):
        return running(Window(wanted), league, today)
    if found := re.fullmatch(r"(\d{4})-w(\d{2})", wanted):
        try:
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            raise BadInput(_("There is no week {week} in {year}.").format(week=found[2], year=found[1])) from None
        if BEGINNING <= monday <= today:  # the first and last weeks of the calendar have no neighbour
            return week_of(monday)
    season = next((one for one in league.seasons if f"season-{one.number}" == wanted), None)
    if season is None:
        raise BadInput(_("“{text}” isn't a period of the standings. Write week, or 2026-W46.").format(text=text))
    first = None if season.starts_on == BEGINNING else season.starts_on
    return Stretch(name=wanted, window=Window.SEASON, period=wanted, first=first, last=season.ends_on)


def weeks_since(first: date, today: date) -> list[Stretch]:
    """The weeks from the one with ``first`` to the current one, newest first."""
    monday = today - timedelta(days=today.weekday())
    weeks = []
    while monday > first - timedelta(days=7):
        weeks.append(week_of(monday))
        monday -= timedelta(days=7)
    return weeks


def running(window: Window, league: League, today: date) -> Stretch:
    """The stretch of a kind that a local day is in."""
    first: date | None
    match window:
        case Window.DAY:
            first = today
        case Window.WEEK:
            first = today - timedelta(days=today.weekday())
        case Window.MONTH:
            first = today.replace(day=1)
        case Window.SEASON:
            number = league.season_on(today)
            first = next((one.starts_on for one in league.seasons if one.number == number), today)
            first = None if first == BEGINNING else first
        case Window.ALL:
            first = None
    return Stretch(name=window, window=window, period=league.period(window, today), first=first)


def week_of(day: date) -> Stretch:
    """The week that a day is in, as one of before."""
    monday = day - timedelta(days=day.weekday())
    name = period(Window.WEEK, monday, 0)
    return Stretch(name=name, window=Window.WEEK, period=name, first=monday, last=monday + timedelta(days=6))
