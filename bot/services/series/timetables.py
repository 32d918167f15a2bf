"""Work out the next moments of a timetable, for people who set or look at a series."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from bot.domain.clocks import Upcoming, next_change
from bot.domain.errors import BadInput
from bot.domain.series import Series, Timetable, due_date, local
from bot.i18n import gettext as _
from bot.services.core import Core

PREVIEWED = 5
_LOOKED_AHEAD = timedelta(days=183)
_LONGEST_PAUSE = timedelta(days=3 * 366)


def begun(core: Core, timetable: Timetable) -> Timetable:
    """Return the timetable; one that asks only every few days counts them from its first posting on."""
    if timetable.every == 1 or timetable.anchor is not None:
        return timetable
    first = core.next_fire(replace(timetable, every=1), core.clock.now())
    return replace(timetable, anchor=due_date(timetable, first))


def moments(core: Core, timetable: Timetable, after: datetime) -> Iterator[datetime]:
    """Yield every moment of a timetable after a given one, in order."""
    while True:
        after = core.next_fire(timetable, after)
        yield after


def upcoming(core: Core, timetable: Timetable, count: int = PREVIEWED) -> Upcoming:
    """Return the next moments, and the first one after the next clock change of the zone, if one is near.

    A change counts from the first of the moments to the last, or for the next half year if that is longer.
    """
    now = core.clock.now()
    coming = tuple(islice(moments(core, timetable, now), count))
    change = next_change(timetable.zone, coming[0], max(now + _LOOKED_AHEAD, coming[-1]))
    moved = core.next_fire(timetable, change - timedelta(seconds=1)) if change else None
    return Upcoming(moments=coming, moved=moved)


def next_moments(core: Core, series: Series, count: int = PREVIEWED) -> list[datetime]:
    """Return the next moments at which a series asks, after any pause; none while it is paused for good."""
    if series.next_at is None:
        return []
    return [series.next_at, *islice(moments(core, series.timetable, series.next_at), count - 1)]


def paused_until(core: Core, series: Series) -> date | None:
    """Return the local date on which a pause ends by itself; None if the series isn't paused like that.

    Such a pause is nothing but a next moment that is later than the timetable's own next moment.
    """
    if series.next_at is None or series.next_at <= core.next_fire(series.timetable, core.clock.now()):
        return None
    return due_date(series.timetable, series.next_at)


def first_from(core: Core, timetable: Timetable, day: date) -> datetime:
    """Return the first moment that asks the question of a local date or a later one.

    Raises:
        BadInput: the date isn't in the future, or it is years away.
    """
    now = core.clock.now()
    today = local(now, timetable.zone).date()
    if not today < day <= today + _LONGEST_PAUSE:
        raise BadInput(_("A pause can't end on {day}: choose a later date, within three years.").format(day=day))
    # In UTC, a day's question may come on the next day or on the day before.
    moment = max(now, datetime.combine(day - timedelta(days=2), time(), UTC))
    while True:
        moment = core.next_fire(timetable, moment)
        if due_date(timetable, moment) >= day:
            return moment
