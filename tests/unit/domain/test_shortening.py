"""Long texts on a line."""

import pytest

from bot.domain.shortening import shortened


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("What is it?", "What is it?"),
        ("What\n  is it?", "What is it?"),
        ("What is it  then?", "What is it…"),
        ("0123456789ab", "0123456789…"),
        ("0123456789a", "0123456789a"),
    ],
)
def test_a_line_has_room_for_so_much(text, line):
    assert shortened(text, 11) == line
