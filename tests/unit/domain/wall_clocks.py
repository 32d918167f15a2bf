"""What clocks on the walls of every zone show, reckoned from offsets alone: no schedule of the program's has a part."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)
_STRIDE = timedelta(days=10)
"""No zone takes a change back so soon: the shortest time between two is Morocco's Ramadan."""
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class WallClock:
    """A zone's stretches of one offset, in turn: when each begins, and what its clocks are ahead of UTC."""

    stretches: tuple[tuple[datetime, timedelta], ...]

    @property
    def changes(self) -> list[datetime]:
        return [begins for begins, _ in self.stretches[1:]]

    def shows(self, moment: datetime) -> datetime:
        """The wall's date and time, without a zone."""
        offset = next(offset for begins, offset in reversed(self.stretches) if begins <= moment)
        return (moment + offset).replace(tzinfo=None)

    def reaches(self, day: date, at: time) -> datetime | None:
        """The first moment at which the wall shows this date and time or, where it leaps over them, later.

        None: the zone has no such day.
        """
        moment = self._reaches(datetime.combine(day, at))
        is_left_out = self._reaches(datetime.combine(day, time())) == self._reaches(
            datetime.combine(day + _DAY, time())
        )
        return None if is_left_out else moment

    def _reaches(self, wanted: datetime) -> datetime:
        as_utc = wanted.replace(tzinfo=UTC)
        for (begins, offset), (ends, _) in pairwise([*self.stretches, (_NEVER, None)]):
            if as_utc - offset < ends:
                return max(as_utc - offset, begins)
        raise AssertionError("time ends")


def wall_clocks(first: datetime = FIRST, last: datetime = LAST) -> dict[WallClock, list[str]]:
    """Every zone there is, those together that show the same all along."""
    alike = defaultdict(list)
    for name in sorted(available_timezones()):
        alike[wall_clock(name, first, last)].append(name)
    return dict(alike)


def wall_clock(zone: str, first: datetime = FIRST, last: datetime = LAST) -> WallClock:
    """The clocks of one zone."""
    return WallClock(tuple(_stretches(ZoneInfo(zone), first, last)))


def _stretches(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[tuple[datetime, timedelta]]:
    strides = [first + n * _STRIDE for n in range((last - first) // _STRIDE + 1)]
    yield first, _offset(zone, first)
    for (before, old), (after, new) in pairwise((moment, _offset(zone, moment)) for moment in strides):
        if old != new:
            yield _change(zone, before, after), new


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second of the new offset, by halving."""
    old = _offset(zone, before)
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset
