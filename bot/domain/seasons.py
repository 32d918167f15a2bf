"""Begin and end seasons. One runs at a time; days between two seasons belong to none."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.errors import BadInput
from bot.domain.leagues import League, Season
from bot.domain.typed import typed
from bot.i18n import gettext as _

_DAY = timedelta(days=1)


def running_season(league: League, day: date) -> Season | None:
    """The season that covers a local day; None between two seasons."""
    return next((season for season in league.seasons if season.covers(day)), None)


def last_season(league: League, day: date) -> Season | None:
    """The latest season that had ended before a day."""
    over = [season for season in league.seasons if season.ends_on is not None and season.ends_on < day]
    return over[-1] if over else None


def begin_season(league: League, name: str, today: date) -> tuple[League, Season | None]:
    """The league with a new season from today on, and the season that ended yesterday for it, if one ran.

    A season that began today is renamed instead. If one was ended today, the new one begins tomorrow, because a day
    belongs to one season.
    """
    newest = league.seasons[-1]
    if newest.ends_on is None and newest.starts_on >= today:
        return replace(league, seasons=(*league.seasons[:-1], replace(newest, name=name))), None
    starts_on = today if newest.ends_on is None else max(today, newest.ends_on + _DAY)
    new = Season(number=newest.number + 1, name=name, starts_on=starts_on)
    if newest.ends_on is not None:
        return replace(league, seasons=(*league.seasons, new)), None
    ended = replace(newest, ends_on=today - _DAY)
    return replace(league, seasons=(*league.seasons[:-1], ended, new)), ended


def end_season(league: League, today: date) -> tuple[League, Season]:
    """The league without a running season from tomorrow on, and the season that ends today.

    Raises:
        BadInput: no season is running.
    """
    newest = league.seasons[-1]
    if newest.ends_on is not None or newest.starts_on > today:
        start = typed("league season", action="start", name="NAME")
        raise BadInput(_("No season is running. Begin one: {command}").format(command=start))
    ended = replace(newest, ends_on=today)
    return replace(league, seasons=(*league.seasons[:-1], ended)), ended
