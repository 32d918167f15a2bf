"""What the standings page offers and says about times: pure functions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.domain.leagues import Season
from bot.domain.standings import Window
from bot.domain.stretches import Stretch
from bot.domain.typed import typed
from bot.i18n import gettext as _
from bot.rendering.seasons import season_name, until
from bot.services.standings.pages import LeaguePage, Shown

Day = Callable[[date], str]
"""Writes a local day as people do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time to choose; ``name`` is what the page's address says for it."""

    name: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Times of one kind; without a title at first."""

    title: str
    periods: tuple[Period, ...]


def groups(page: LeaguePage, day: Day) -> tuple[Group, ...]:
    """Return the times to choose from; the one that the page shows is always among them, and chosen."""
    chosen = page.stretch.name

    def period(name: str, words: str) -> Period:
        return Period(name=name, words=words, chosen=name == chosen)

    running = tuple(period(window, words) for window, words in _running().items())
    seasons = tuple(period(f"season-{one.number}", season_name(one)) for one in reversed(_begun(page)))
    weeks = tuple(period(one.name, _week(one, day)) for one in page.weeks)
    if not any(one.chosen for one in (*running, *seasons, *weeks)):
        if page.stretch.window is Window.SEASON:
            seasons = (period(chosen, heading(page, day)), *seasons)
        else:
            weeks = (*weeks, period(chosen, _week(page.stretch, day)))
    named = (
        ("", running),
        (_("Seasons"), seasons if len(seasons) > 1 or any(one.chosen for one in seasons) else ()),
        (_("Weeks"), weeks),
    )
    return tuple(Group(title=title, periods=periods) for title, periods in named if periods)


def heading(page: LeaguePage, day: Day) -> str:
    """Return the words for the time that the page shows, with its days if it is a past week or season."""
    stretch = page.stretch
    season = next((one for one in page.league.seasons if f"season-{one.number}" == stretch.name), None)
    if season is not None and season.starts_on > page.today:
        return _("{season}, from {first} on").format(season=season_name(season), first=day(season.starts_on))
    name = season_name(season) if season else _running().get(stretch.name, "")
    if stretch.name in set(Window):
        return name
    last = day(stretch.last) if stretch.last else _("today")
    days = _("{first} to {last}").format(first=day(stretch.first), last=last) if stretch.first else until(last)
    return f"{name}, {days}" if name else days


def nothing_yet(page: LeaguePage) -> str:
    """Return why the page lists nothing."""
    if page.stretch.name == Window.SEASON and not page.league.season_on(page.today):
        return _("No season is running.")
    season = next((one for one in page.league.seasons if f"season-{one.number}" == page.stretch.name), None)
    if season is not None and season.starts_on > page.today:
        return _("This season hasn't begun yet.")
    if page.shown is Shown.TEAM and not page.has_teams:
        command = typed("team create", name="NAME").plain
        return _("There are no teams yet. Create one: {command}").format(command=command)
    if page.shown is Shown.QUESTION:
        return _("No closed questions in this period yet.")
    return _("No answers in this period yet.")


def _running() -> dict[str, str]:
    return {
        Window.DAY: _("Today"),
        Window.WEEK: _("This week"),
        Window.MONTH: _("This month"),
        Window.SEASON: _("This season"),
        Window.ALL: _("All time"),
    }


def _begun(page: LeaguePage) -> tuple[Season, ...]:
    return tuple(one for one in page.league.seasons if one.starts_on <= page.today)


def _week(stretch: Stretch, day: Day) -> str:
    return _("Week of {day}").format(day=day(stretch.first)) if stretch.first else stretch.name
