"""The habits of people who write questions down: where stems, choices and keys stand, and what marks them."""

from textwrap import dedent

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import flat, read
from tests.unit.importers.formats.habits import HABITS

FLOATS = ("Which of these floats?", ("lead", "cork", "iron"), (1,))
SINKS = ("Which of these sinks?", ("lead", "cork", "straw"), (0,))


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_is_read(habit: str) -> None:
    document = read(HABITS[habit])
    assert [(flat(q.stem), q.choices, q.key) for q in document.questions] == [FLOATS, SINKS]
    assert not [found for found in document.findings if found.code is not FindingCode.PAGE_FURNITURE]


def test_habits_mix_in_one_file() -> None:
    mixed = ["numbered boxes", "key above the choices", "bullets that repeat a choice", "stars before the right ones"]
    texts = [dedent(HABITS[habit]).strip() for habit in mixed]
    document = read("\n\n".join(texts))
    assert [(flat(q.stem), q.choices, q.key) for q in document.questions] == [FLOATS, SINKS] * 4
