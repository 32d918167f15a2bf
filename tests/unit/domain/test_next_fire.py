"""When a timetable asks, over clock changes, against a reckoning that uses nothing but zoneinfo."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.series import Timetable, due_date, local
from bot.scheduling.next_fire import fires, next_fire, preview

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # by half an hour
    "America/Havana",  # at midnight
    "Asia/Beirut",  # at midnight, too
    "Africa/Cairo",
    "America/Nuuk",  # from 23:00 into the next day
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Africa/Casablanca",  # in and out of Ramadan
    "America/Santiago",
]
TIMES = [time(0, 0), time(0, 30), time(1, 30), time(2, 0), time(2, 30), time(3, 0), time(9, 0), time(23, 30)]


def reckoned(at: time, zone: str, day: date) -> datetime | None:
    """The first moment of a local day whose wall clock shows ``at`` or, in a gap, later; None: there is no such day."""
    tz = ZoneInfo(zone)
    start = datetime.combine(day, time(), UTC) - timedelta(hours=15)
    moments = [start + timedelta(minutes=m) for m in range(0, 45 * 60, 15)]  # every offset is a multiple of 15 minutes
    shown = [(moment, moment.astimezone(tz).replace(tzinfo=None)) for moment in moments]
    if not any(wall.date() == day for _, wall in shown):
        return None
    wanted = datetime.combine(day, at)
    return next(moment for moment, wall in shown if wall >= wanted)


def changes(zone: str, year: int) -> set[date]:
    """The days of a year around which the zone's offset changes."""
    tz = ZoneInfo(zone)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    offsets = {day: datetime.combine(day, time(12), tz).utcoffset() for day in days}
    turned = [day for before, day in pairwise(days) if offsets[before] != offsets[day]]
    return {day + timedelta(days=n) for day in turned for n in (-2, -1, 0, 1, 2)}


@pytest.mark.parametrize("zone", ZONES)
def test_every_day_is_asked_once_at_the_moment_that_its_own_clocks_show(zone):
    """365 days in a row, none missing and none double; around clock changes to the minute."""
    around = changes(zone, 2026)
    for at in TIMES:
        daily = Timetable(at=at, zone=zone)
        start = datetime.combine(date(2026, 1, 1), time(), ZoneInfo(zone))
        moments = preview(daily, start, 365)
        days = [due_date(daily, moment) for moment in moments]
        assert days == [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
        for day, moment in zip(days, moments, strict=True):
            if day in around:
                assert moment == reckoned(at, zone, day), (at, day)
            else:
                assert local(moment, zone).replace(tzinfo=None) == datetime.combine(day, at)


@pytest.mark.parametrize(
    ("zone", "at", "day", "expected"),
    [
        ("Europe/Berlin", time(2, 30), date(2026, 3, 29), "2026-03-29T03:00:00+02:00"),
        ("Europe/Berlin", time(2, 30), date(2026, 10, 25), "2026-10-25T02:30:00+02:00"),
        ("America/Havana", time(0, 0), date(2026, 3, 8), "2026-03-08T01:00:00-04:00"),
        ("America/Havana", time(0, 30), date(2026, 11, 1), "2026-11-01T00:30:00-04:00"),
        ("America/Nuuk", time(23, 30), date(2026, 3, 28), "2026-03-29T00:00:00-01:00"),
    ],
)
def test_known_clock_changes(zone, at, day, expected):
    moment = preview(Timetable(at=at, zone=zone), datetime.combine(day, time(), ZoneInfo(zone)), 1)[0]
    assert local(moment, zone).isoformat() == expected
    assert due_date(Timetable(at=at, zone=zone), moment) == day


def test_a_day_that_a_zone_left_out_is_left_out():
    """Samoa had no 30 December 2011."""
    for at in (time(0, 0), time(9, 0), time(23, 30)):
        table = Timetable(at=at, zone="Pacific/Apia")
        moments = preview(table, datetime(2011, 12, 28, tzinfo=ZoneInfo("Pacific/Apia")), 4)
        assert [due_date(table, moment).day for moment in moments] == [28, 29, 31, 1]


@given(
    st.sampled_from(ZONES),
    st.sampled_from(TIMES),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)),
)
def test_the_next_moment_is_strictly_later_on_a_chosen_weekday_and_nothing_lies_between(zone, at, days, naive):
    table, after = Timetable(at=at, zone=zone, days=days), naive.replace(tzinfo=UTC)
    moment = next_fire(table, after)
    assert moment > after
    assert due_date(table, moment).weekday() in days
    first = local(after, zone).date() - timedelta(days=1)
    candidates = [first + timedelta(days=n) for n in range(10)]
    expected = [reckoned(at, zone, day) for day in candidates if day.weekday() in days]
    assert moment == min(found for found in expected if found is not None and found > after)


def test_in_a_doubled_hour_the_second_pass_asks_nothing():
    table = Timetable(at=time(2, 30), zone="Europe/Berlin")
    second_pass = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert local(second_pass, "Europe/Berlin").fold == 1
    assert next_fire(table, second_pass) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_moments_come_in_turn():
    table = Timetable(at=time(2, 30), zone="Europe/Berlin", days=frozenset({6}))
    moments = fires(table, datetime(2026, 10, 1, tzinfo=UTC))
    assert all(a < b for a, b in pairwise(next(moments) for _ in range(10)))
