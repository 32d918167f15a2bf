"""How a time zone's clocks differ from UTC."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """The next moments of a timetable; ``moved`` is the first one after the zone's clocks change.

    A clock change before the first moment doesn't count, because it moves nothing. ``moved`` is None if there is no
    change for half a year, or until the last of these moments if that is later.
    """

    moments: tuple[datetime, ...]
    moved: datetime | None = None


def offset(zone: str, moment: datetime) -> timedelta:
    """How far the zone's clocks are ahead of UTC at a moment; negative if they are behind."""
    ahead = moment.astimezone(ZoneInfo(zone)).utcoffset()
    return ahead or timedelta()


def next_change(zone: str, after: datetime, until: datetime) -> datetime | None:
    """When the zone's clocks first change between two moments, to the minute; None if they don't.

    A change that is taken back within a day goes unnoticed; no zone has made one.
    """
    before = offset(zone, after)
    low, high = after, after
    while offset(zone, high) == before:
        if high >= until:
            return None
        low, high = high, min(high + _DAY, until)
    while high - low > _MINUTE:
        middle = low + (high - low) / 2
        low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
    return high


def yearly_offsets(zone: str, year: int) -> tuple[timedelta, timedelta]:
    """The zone's UTC offsets in winter and in summer, in either hemisphere; the same twice without summer time.

    The greater one is the summer's: clocks go forward for it, Ireland's law notwithstanding.
    """
    january, july = (offset(zone, datetime(year, month, 1, tzinfo=UTC)) for month in (1, 7))
    return min(january, july), max(january, july)
