"""The moments at which a timetable asks.

If a clock change skips the local time, the question comes at the first moment after the gap; if the local time comes
twice, it comes the first time.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim

from bot.domain.series import Timetable, due_date

NOON, EVENING = time(12), time(23, 59)
"""Two times of day; whatever clock changes a zone has, at least one of them exists on every day."""


def next_fire(timetable: Timetable, after: datetime) -> datetime:
    """Return the first moment after ``after`` at which the timetable asks, in UTC."""
    return next(fires(timetable, after))


def fires(timetable: Timetable, after: datetime) -> Iterator[datetime]:
    """Yield the moments after ``after`` at which the timetable asks, in UTC."""
    zone = ZoneInfo(timetable.zone)
    weekdays = ",".join(str((day + 1) % 7) for day in sorted(timetable.days))  # cron counts from Sunday
    cron = f"{timetable.at.minute} {timetable.at.hour} * * {weekdays}"
    for moment in CronSim(cron, after.astimezone(zone)):
        # During the second of two equal hours, cronsim gives moments of the first hour again.
        if moment > after and _is_meant(timetable, moment):
            yield moment.astimezone(UTC)


def _is_meant(timetable: Timetable, moment: datetime) -> bool:
    """Whether a timetable asks at a moment that cronsim gives.

    If a zone skipped a whole day, cronsim adds its moment to the next day, which has one of its own.
    """
    day = due_date(timetable, moment)
    if not timetable.asks_on(day) or moment.time() == timetable.at:
        return timetable.asks_on(day)
    has_day = any(_exists(datetime.combine(day, hour, moment.tzinfo)) for hour in (NOON, EVENING))
    return has_day and not _exists(datetime.combine(day, timetable.at, moment.tzinfo))


def _exists(moment: datetime) -> bool:
    """Whether this local time exists in its zone."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(fold=0) == moment.replace(fold=0)


def preview(timetable: Timetable, start: datetime, count: int) -> list[datetime]:
    """Return the first ``count`` moments at or after ``start`` at which the timetable asks, in UTC."""
    return list(islice(fires(timetable, start - timedelta(seconds=1)), count))
