"""Files that were damaged on their way are read right, or the question says that something is wrong."""

from random import Random

import pytest

from bot.importers import parse
from tests.unit.importers.damage import DAMAGES, Damage, Known, silently_wrong
from tests.unit.importers.formats.habits import HABITS
from tests.unit.importers.formats.pairs import FORMS, written

TRIES = 2
MANY = 60
BEYOND_TELLING = {("choices numbered with brackets below a named question", "drop_a_number")}
"""Without its number, a short choice is the rest of the one above: nobody could tell."""


def damaged(text: str, damage: Damage, seed: str) -> bytes | None:
    """A text damaged once, or None if there is nothing in it to damage like this."""
    lines = text.split("\n")
    return "\n".join(lines).encode() if damage(lines, Random(seed)) else None


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("habit", HABITS)
def test_nothing_is_silently_wrong(habit: str, damage: Damage, soak: bool) -> None:
    if (habit, damage.__name__) in BEYOND_TELLING:
        pytest.skip(str(BEYOND_TELLING))
    known = Known.of(parse(HABITS[habit].encode()))
    for seed in range(MANY if soak else TRIES):
        data = damaged(HABITS[habit], damage, f"{habit} {damage.__name__} {seed}")
        if data:
            assert silently_wrong(parse(data), known, damage) == [], data.decode()


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("form", FORMS)
def test_no_answer_without_choices_is_silently_wrong(form: str, damage: Damage, soak: bool) -> None:
    text = written(form)
    known = Known.of(parse(text.encode()))
    for seed in range(MANY if soak else TRIES):
        data = damaged(text, damage, f"{form} {damage.__name__} {seed}")
        if data:
            assert silently_wrong(parse(data), known, damage) == [], data.decode()


@pytest.mark.parametrize("habit", HABITS)
def test_a_line_that_is_lost_loses_no_question_silently(habit: str) -> None:
    """Whatever line is missing, there are as many questions as before, or a finding says what may be lost."""
    lines = HABITS[habit].split("\n")
    count = len(parse(HABITS[habit].encode()).questions)
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        document = parse("\n".join([*lines[:at], *lines[at + 1 :]]).encode())
        told = {"lost_question", "swallowed", "broken"}.intersection(finding.code for finding in document.findings)
        assert len(document.questions) == count or told, line
