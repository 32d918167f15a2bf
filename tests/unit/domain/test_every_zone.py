"""A daily question comes once for each local date in every zone of the world, over each change of its clocks.

For ten years and more, held against `tests.unit.domain.wall_clocks`: around each change (and, where there is none,
around the turn of a year and a leap day) in long tests at every half hour. Else around every third change of clocks
that change often, so that spring and autumn take turns, and at the times that a change may touch.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count, takewhile
from zoneinfo import available_timezones

import pytest

from bot.domain.series import Timetable, due_date
from bot.scheduling.next_fire import fires, next_fire
from tests.unit.domain.wall_clocks import WallClock, wall_clocks

HALF_HOURS = [time(minute // 60, minute % 60) for minute in range(0, 24 * 60, 30)]
AROUND = timedelta(days=2)
QUIET = [datetime(2026, 12, 31, 12, tzinfo=UTC), datetime(2028, 2, 29, 12, tzinfo=UTC)]
LATENESS = [timedelta(seconds=s) for s in (0, 1e-6, 1, 1_799, 1_800, 3_600, 5_400, 4 * 3_600)]
"""How late a process may be when it asks for the next moment: just now, or up to its grace."""
PARTS = 4
OFTEN = 6
"""Clocks that change so often in those years do it by a rule: a third of the changes show it."""


@cache
def everywhere() -> list[tuple[WallClock, list[str]]]:
    return list(wall_clocks().items())


def zones(part: int, *, every: bool) -> Iterator[tuple[WallClock, list[str], datetime]]:
    """Where clocks differ, whose they are, and what to look around."""
    for number, (wall, names) in enumerate(everywhere()[part::PARTS]):
        changes = wall.changes if every or len(wall.changes) < OFTEN else wall.changes[number % 3 :: 3]
        for moment in [*changes, *QUIET]:
            yield wall, names, moment


def times(wall: WallClock, moment: datetime, number: int, *, every: bool) -> list[time]:
    """Times of day to try: those around what the wall shows before and after a change, and one by turns."""
    if every:
        return HALF_HOURS
    before, after = wall.shows(moment - timedelta(minutes=1)), wall.shows(moment)
    near = {(before + timedelta(minutes=m)).time() for m in (-30, 0, 30)} | {after.time()}
    return sorted({*near, HALF_HOURS[number % 48]})


def expected(wall: WallClock, at: time, around: datetime) -> list[tuple[date, datetime]]:
    """Which dates are asked, and when, in the days around a moment."""
    first = wall.shows(around).date() - AROUND
    days = [first + timedelta(days=n) for n in range(2 * AROUND.days + 1)]
    return [(day, moment) for day in days if (moment := wall.reaches(day, at)) is not None]


def test_no_zone_is_left_out():
    named = [name for _, names in everywhere() for name in names]
    assert sorted(named) == sorted(available_timezones())
    assert "Europe/Berlin" in named


@pytest.mark.parametrize("part", range(PARTS))
def test_each_local_date_is_asked_once_when_its_own_clocks_first_show_the_time(part: int, soak: bool):
    for number, (wall, names, around) in enumerate(zones(part, every=soak)):
        for at in times(wall, around, number, every=soak):
            daily, wanted = Timetable(at=at, zone=names[0]), expected(wall, at, around)
            begin, end = wanted[0][1] - timedelta(microseconds=1), wanted[-1][1]
            asked = list(takewhile(lambda moment, end=end: moment <= end, fires(daily, begin)))
            assert asked == [moment for _, moment in wanted], (at, around, names)
            assert [due_date(daily, moment) for moment in asked] == [day for day, _ in wanted], (at, around, names)


@pytest.mark.parametrize("part", range(PARTS))
def test_whoever_is_late_goes_on_with_the_first_date_that_is_still_to_come(part: int, soak: bool):
    turn = count()
    for number, (wall, names, around) in enumerate(zones(part, every=soak)):
        for at in times(wall, around, number, every=soak):
            daily, wanted = Timetable(at=at, zone=names[0]), [moment for _, moment in expected(wall, at, around)]
            for due in wanted[:-1]:
                now = due + LATENESS[next(turn) % len(LATENESS)]
                following = next(moment for moment in wanted if moment > now)
                assert next_fire(daily, now) == following, (at, now, names)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_weekday_on_which_clocks_change_is_asked_once(part: int, soak: bool):
    for number, (wall, names, around) in enumerate(zones(part, every=soak)):
        for at in times(wall, around, number, every=soak):
            day = wall.shows(around - timedelta(seconds=1)).date()
            weekly, moment = Timetable(at=at, zone=names[0], days=frozenset({day.weekday()})), wall.reaches(day, at)
            assert next_fire(weekly, moment - timedelta(days=2)) == moment, (at, around, names)
            assert next_fire(weekly, moment) == wall.reaches(day + timedelta(days=7), at), (at, around, names)


@pytest.mark.parametrize("at", [time(11, 59), time(12, 0), time(12, 30), time(13, 0)])
def test_clocks_may_leap_over_noon(at: time):
    """As South Sudan's and Sudan's did on 15 January 2000."""
    first, last = datetime(2000, 1, 1, tzinfo=UTC), datetime(2000, 2, 1, tzinfo=UTC)
    (wall,) = (wall for wall, names in wall_clocks(first, last).items() if "Africa/Juba" in names)
    (leap,) = wall.changes
    wanted = expected(wall, at, leap)
    moments = fires(Timetable(at=at, zone="Africa/Juba"), wanted[0][1] - timedelta(microseconds=1))
    assert [next(moments) for _ in wanted] == [moment for _, moment in wanted]
