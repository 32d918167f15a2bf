"""What people type for times, zones, days and lengths; every refusal says what to write instead."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadInput
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.words import (
    describe_days,
    parse_answer_with,
    parse_days,
    parse_duration,
    parse_reveal,
    parse_time,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9:00", time(9)),
        ("09:00", time(9)),
        (" 23:59 ", time(23, 59)),
        ("0:00", time(0)),
        ("9am", time(9)),
        ("9:30 PM", time(21, 30)),
        ("12am", time(0)),
        ("12:15 p.m.", time(12, 15)),
    ],
)
def test_times(text, expected):
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    "text", ["", "9", "24:00", "12:60", "0am", "13pm", "9 p", "09:00:00", "-1:00", "9.00", "1:2", "012:00"]
)
def test_a_bad_time_is_named_with_an_example(text):
    with pytest.raises(BadInput, match=r"isn't a time of day.*09:00"):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mon,tue", {0, 1}),
        ("Monday, Friday", {0, 4}),
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("mon – wed", {0, 1, 2}),
        ("sat-mon", {5, 6, 0}),
        ("daily", set(range(7))),
        ("tues thurs", {1, 3}),
        ("mon-wed,sun", {0, 1, 2, 6}),
        ("weekdays", {0, 1, 2, 3, 4}),
        ("Weekends, wed", {2, 5, 6}),
    ],
)
def test_days(text, expected):
    assert parse_days(text) == expected


@pytest.mark.parametrize("text", ["", ",", "mo", "monthly", "mon-", "-fri", "xyz", "mon,xyz"])
def test_bad_days(text):
    with pytest.raises(BadInput, match="mon"):
        parse_days(text)


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_days_read_back_what_was_written(days):
    assert parse_days(describe_days(days)) == days


@pytest.mark.parametrize(
    ("text", "expected"),
    [("30m", timedelta(minutes=30)), ("8h", timedelta(hours=8)), ("1D", timedelta(days=1)), ("1 m", timedelta(0, 60))],
)
def test_lengths_of_time(text, expected):
    assert parse_duration(text) == expected


@pytest.mark.parametrize("text", ["", "0m", "30", "30s", "-1h", "1.5h", "367d", "999999d", "1w", "h"])
def test_bad_lengths_of_time(text):
    with pytest.raises(BadInput, match="like 30m, 8h or 1d"):
        parse_duration(text)


def test_how_people_answer_and_when_results_come():
    assert parse_answer_with(" Reactions") is AnswerWith.REACTIONS
    assert parse_reveal("", AnswerWith.BUTTONS) is Reveal.ON_ANSWER
    assert parse_reveal("AT_CLOSE", AnswerWith.BUTTONS) is Reveal.AT_CLOSE
    assert parse_reveal("on_answer", AnswerWith.REACTIONS) is Reveal.AT_CLOSE
    with pytest.raises(BadInput, match="“buttons” or “reactions”"):
        parse_answer_with("pigeons")
    for answer_with in AnswerWith:
        with pytest.raises(BadInput, match="“on_answer” or “at_close”"):
            parse_reveal("never", answer_with)
