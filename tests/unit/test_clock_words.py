"""What is said of a zone's clocks before somebody takes London for UTC."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.clocks import Upcoming, next_change
from bot.domain.series import Timetable
from bot.rendering.series import clock_name, clock_words
from bot.scheduling.next_fire import next_fire, preview

HALF_A_YEAR = timedelta(days=183)


def words(zone, now, at="09:00", **table):
    timetable = Timetable(at=time.fromisoformat(at), zone=zone, **table)
    change = next_change(zone, now, now + HALF_A_YEAR)
    moved = next_fire(timetable, change - timedelta(seconds=1)) if change else None
    return clock_words(timetable, Upcoming(moments=tuple(preview(timetable, now, 5)), moved=moved))


LONDON = "Europe/London isn't UTC: in summer its clock is an hour ahead. The question stays at 09:00 on London's clock;"
BERLIN = "Europe/Berlin isn't UTC: its clock is an hour ahead. In summer it is 2 hours ahead."
NEW_YORK = (
    "America/New_York isn't UTC: its clock is 5 hours behind. In summer it is 4 hours behind. "
    "The question stays at 09:00"
)
KATHMANDU = "Asia/Kathmandu isn't UTC: its clock is 5 hours and 45 minutes ahead."


@pytest.mark.parametrize(
    ("zone", "now", "said"),
    [
        ("UTC", datetime(2026, 11, 1), ""),
        ("Etc/UTC", datetime(2026, 11, 1), ""),
        ("Etc/GMT-2", datetime(2026, 11, 1), ""),
        ("Africa/Abidjan", datetime(2026, 11, 1), ""),
        ("Europe/London", datetime(2026, 11, 1), f"{LONDON} in UTC it moves from 09:00 to 08:00 on Sun 2027-03-28."),
        ("Europe/London", datetime(2026, 6, 1), f"{LONDON} in UTC it moves from 08:00 to 09:00 on Sun 2026-10-25."),
        ("Europe/Berlin", datetime(2026, 4, 1), BERLIN),
        (
            "America/New_York",
            datetime(2026, 3, 1),
            f"{NEW_YORK} on New York's clock; in UTC it moves from 14:00 to 13:00 on Sun 2026-03-08.",
        ),
        ("Asia/Kathmandu", datetime(2026, 3, 1), KATHMANDU),
    ],
)
def test_a_zone_that_isnt_utc_is_explained(zone, now, said):
    assert words(zone, now.replace(tzinfo=UTC)) == said


def test_the_day_of_the_move_is_one_on_which_it_asks():
    said = words("Europe/London", datetime(2027, 3, 1, tzinfo=UTC), days=frozenset({2}))
    assert said.endswith("in UTC it moves from 09:00 to 08:00 on Wed 2027-03-31.")


def test_a_change_is_found_to_the_minute():
    after = datetime(2026, 1, 1, tzinfo=UTC)
    found = next_change("Europe/Berlin", after, after + HALF_A_YEAR)
    assert abs(found - datetime(2026, 3, 29, 1, tzinfo=UTC)) <= timedelta(minutes=1)
    assert next_change("Asia/Tokyo", after, after + HALF_A_YEAR) is None


def test_clocks_are_named_with_what_they_are_ahead():
    summer = datetime.combine(date(2026, 7, 1), time(12), UTC)
    named = [clock_name(zone, summer) for zone in ("Europe/London", "Asia/Kathmandu", "UTC", "Africa/Abidjan")]
    assert named == ["BST, UTC+01:00", "UTC+05:45", "UTC", "GMT, UTC"]
