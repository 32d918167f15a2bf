"""Patterns: what stands on a line, with fields."""

import pytest

from bot.domain.errors import BadInput
from bot.importers.example.pattern import Matched, Pattern, literally


@pytest.mark.parametrize(
    ("written", "line", "matched"),
    [
        ("Task {number} >> {text}", "  task 12>>Why?", Matched("Why?", number="12")),
        ("{letter}) {text}", "b) sea", Matched("sea", letter="b")),
        ("{letter}) {text}", "bc) sea", None),
        ("{number}. {text}", "1234567. sea", None),
        ("{text} <=", "the sea  <=", Matched("the sea")),
        ("{text} <=", "the sea", None),
        ("{letter} {text}", "a", Matched("", letter="a")),
        ("{{x}} {text}", "{x} sea", Matched("sea")),
        ("A+ {text}", "A+ sea", Matched("sea")),
        ("A+ {text}", "AA sea", None),
        ("({text})", "( sea )", Matched("sea")),
    ],
)
def test_a_line_fits_a_pattern(written: str, line: str, matched: Matched | None) -> None:
    assert Pattern(written).match(line) == matched


@pytest.mark.parametrize(
    "written", ["x", "{text", "{text} {text}", "{text} {number}", "{other} {text}", "x" * 201, "{}"]
)
def test_what_is_no_pattern_is_refused(written: str) -> None:
    with pytest.raises(BadInput):
        Pattern(written)


def test_a_text_stands_for_itself() -> None:
    assert Pattern(f"{literally('{a} (b) [c]* ')}{{text}}").match("{a} (b) [c]*d") == Matched("d")
