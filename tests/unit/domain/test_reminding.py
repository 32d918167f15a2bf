"""When people are reminded of an open question."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.reminding import remind_at

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(15, 13), (4, 2), (3.99, None), (1, None)],
)
def test_two_hours_before_the_last_moment_unless_the_question_is_open_for_less_than_four(hours, expected):
    at = remind_at(NINE, NINE + timedelta(hours=hours))
    assert at == (None if expected is None else NINE + timedelta(hours=expected))
