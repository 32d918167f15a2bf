"""Time zones as people name them; what could be meant in two ways is asked about."""

from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain.errors import BadInput
from bot.domain.zones import _SHORT, parse_zone, zone_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        (" America/New York ", "America/New_York"),
        ("utc", "UTC"),
        ("etc/gmt+3", "Etc/GMT+3"),
        ("CET", "CET"),
        ("UTC+2", "Etc/GMT-2"),
        ("utc +02:00", "Etc/GMT-2"),
        ("UTC−8", "Etc/GMT+8"),
        ("UTC+14", "Etc/GMT-14"),
        ("UTC+0", "UTC"),
        ("gmt+0", "UTC"),
    ],
)
def test_zones_in_any_case(text: str, expected: str) -> None:
    assert parse_zone(text) == expected
    assert expected in available_timezones()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("berlin", "Did you mean Europe/Berlin"),
        ("Mars/Olympus", "like Europe/Berlin"),
        ("", "like Europe/Berlin"),
        ("UTC+15", "like Europe/Berlin"),
        ("UTC-13", "like Europe/Berlin"),
        ("UTC+5:30", "isn't a whole number of hours.*Asia/Kolkata"),
        ("GMT-8", "two opposite things. Write UTC-8"),
        ("GMT+2", r"two opposite things. Write UTC\+2"),
        ("EST", "Did you mean America/New_York"),
        ("PST", "Did you mean America/Los_Angeles"),
        ("IST", "Asia/Kolkata, Asia/Jerusalem, Europe/Dublin"),
    ],
)
def test_a_zone_that_is_unknown_or_unclear_is_answered_with_others(text: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        parse_zone(text)


def test_every_zone_that_a_short_name_may_mean_exists() -> None:
    meant = {zone for zones in _SHORT.values() for zone in zones.split(", ")}
    assert meant <= available_timezones()
    assert all(parse_zone(zone) == zone for zone in meant)


@pytest.mark.parametrize(
    ("zone", "words"), [("Etc/GMT-2", "UTC+2"), ("Etc/GMT+8", "UTC-8"), ("UTC", "UTC"), ("Etc/GMT", "Etc/GMT")]
)
def test_a_fixed_distance_from_utc_is_written_as_people_write_it(zone: str, words: str) -> None:
    assert zone_words(zone) == words
    assert parse_zone(words) == zone
    ZoneInfo(zone)
