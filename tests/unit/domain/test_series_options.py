"""The words with which people set a series."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadInput
from bot.domain.identity import SeriesId, SpaceId
from bot.domain.series import Series
from bot.domain.series_options import (
    describe_holidays,
    mix_of,
    options_of,
    parse_date,
    parse_difficulty,
    parse_every,
    parse_holidays,
    parse_mention,
    parse_name,
    parse_options,
    parse_timetable,
    parse_weights,
)
from bot.domain.words import parse_yes, ticked

WHEN = {"time": "09:00", "zone": "Europe/Berlin"}


def test_stretches_and_single_days_are_holidays():
    days = parse_holidays("2026-12-24..2027-01-06, 2027-04-02")
    assert len(days) == 15
    assert {date(2026, 12, 24), date(2027, 1, 6), date(2027, 4, 2)} <= days


@given(st.frozensets(st.dates(date(2026, 1, 1), date(2026, 2, 20)), max_size=30))
def test_holidays_read_back_what_was_written(days):
    assert parse_holidays(describe_holidays(days)) == days


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-02-30", "“2026-02-30” isn't a date. Write it like 2026-03-28."),
        ("24.12.2026", "“24.12.2026” isn't a date."),
        ("2026-12-24..", "“” isn't a date."),
        ("2027-01-06..2026-12-24", "“2027-01-06..2026-12-24” ends before it begins."),
        ("2026-01-01..2099-01-01", "more than 1000 days"),
        ("christmas", "“christmas” isn't a date."),
    ],
)
def test_holidays_that_are_none(text, message):
    with pytest.raises(BadInput) as refused:
        parse_holidays(text)
    assert message in str(refused.value)


@pytest.mark.parametrize("text", ["0", "367", "-1", "2.5", "two", ""])
def test_every_needs_a_number_of_days(text):
    with pytest.raises(BadInput):
        parse_every(text)


def test_weekdays_and_every_are_not_mixed():
    with pytest.raises(BadInput, match="either days or every"):
        parse_timetable(WHEN | {"days": "mon", "every": "2"})
    assert parse_timetable(WHEN | {"days": "daily", "every": "2"}).every == 2


def test_topics_have_shares():
    assert parse_weights("data:20, deep learning:36") == {"data": 20, "deep learning": 36}
    assert parse_weights("") == {}


@pytest.mark.parametrize("text", ["data", "data:", "data:0", "data:x", ":5", "data:1,DATA:2", "data:-3", "data:1.5"])
def test_topics_without_a_share_are_refused(text):
    with pytest.raises(BadInput, match="a topic with its share"):
        parse_weights(text)


def test_a_topic_and_weights_are_not_mixed():
    with pytest.raises(BadInput, match="either topic or weights"):
        parse_options({"topic": "data", "weights": "data:1"})


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("", None),
        ("Hard", "hard"),
        ("adaptive", "adaptive"),
        ("hard:20,easy:50", "easy:50,hard:20"),
    ],
)
def test_difficulties(text, understood):
    assert parse_difficulty(text) == understood


@pytest.mark.parametrize("text", ["harder", "easy:0", "easy:1,brutal:2", "easy,hard"])
def test_bad_difficulties(text):
    with pytest.raises(BadInput, match="isn't a difficulty"):
        parse_difficulty(text)


def test_a_mix_reads_back():
    assert mix_of("easy:50,hard:20") == {"easy": 50, "hard": 20}


def test_names_are_one_short_word():
    assert parse_name("evening") == "evening"
    assert parse_name("") is None
    for text in ("two words", "x" * 41, "a=b", "a`b"):
        with pytest.raises(BadInput):
            parse_name(text)


def test_yes_and_no():
    assert [parse_yes(text) for text in ("yes", "True", "no", "")] == [True, True, False, False]
    with pytest.raises(BadInput, match="neither yes nor no"):
        parse_yes("maybe")
    assert [ticked(text) for text in ("true", "YES", "on", "1", "no", "", "maybe")] == [True] * 4 + [False] * 3


def test_dates():
    assert parse_date(" 2026-03-28 ") == date(2026, 3, 28)
    assert parse_date("2026-03-28") - timedelta(days=1) == date(2026, 3, 27)


@pytest.mark.parametrize(
    "options",
    [
        {"time": "09:00", "zone": "Europe/Berlin", "days": "daily"},
        {"time": "18:30", "zone": "UTC", "days": "mon,wed", "reveal": "at_close", "close_after": "90m", "cards": "yes"},
        {"time": "00:05", "zone": "UTC", "days": "daily", "every": "3", "holidays": "2026-12-24..2026-12-26"},
        {
            "time": "09:00",
            "zone": "UTC",
            "days": "daily",
            "name": "late",
            "bank": "b",
            "topic": "t",
            "close_after": "1d",
        },
        {"time": "09:00", "zone": "UTC", "days": "daily", "weights": "a:1,b:2", "difficulty": "easy:50,hard:50"},
        {"time": "09:00", "zone": "UTC", "days": "daily", "thread": "yes", "together": "both", "close_after": "8h"},
        {"time": "09:00", "zone": "UTC", "days": "daily", "quiet": "yes"},
        {"time": "09:00", "zone": "UTC", "days": "daily", "mention": "here"},
        {"time": "09:00", "zone": "UTC", "days": "daily", "mention": "&S0123ABCD"},
    ],
)
def test_a_series_is_written_as_it_is_read(options):
    options = {"answer_with": "buttons", "reveal": "on_answer"} | options
    series = Series(
        id=SeriesId(1),
        space_id=SpaceId(2),
        channel="study",
        timetable=parse_timetable(options),
        **parse_options(options),
    )
    assert options_of(series) == options


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("", ""),
        ("off", ""),
        ("No", ""),
        ("here", "here"),
        ("@here", "here"),
        ("<!here>", "here"),
        ("&S0123ABCD", "&S0123ABCD"),
        ("<@&1234567890>", "&1234567890"),
    ],
)
def test_one_group_or_those_who_are_here_can_be_mentioned(text, mention):
    assert parse_mention(text) == mention


@pytest.mark.parametrize("text", ["everyone", "@everyone", "@channel", "<!channel>", "<!everyone>", "Channel"])
def test_everybody_is_never_mentioned(text):
    with pytest.raises(BadInput, match="I never call everyone"):
        parse_mention(text)


@pytest.mark.parametrize("text", ["owls", "<@1234567890>", "@U0123ABCD", "&S1 &S2", "&<!channel>", "here <!channel>"])
def test_nothing_but_one_group_is_mentioned(text):
    with pytest.raises(BadInput, match="isn't a group that I can mention"):
        parse_mention(text)
