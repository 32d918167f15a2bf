"""Small files of many habits, where they are at hand, against what a careful person reads in them."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.domain.drafts import QuestionDraft
from bot.importers import parse
from tests.unit.importers.as_read import flat

CASES = Path(__file__).parents[4] / "shared" / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.txt"))

pytestmark = pytest.mark.skipif(not NAMES, reason=f"the files are not at hand in {CASES.name}/")


def described(question: QuestionDraft) -> dict[str, Any]:
    """A question as the expectations have it; findings only where there are some."""
    told = {
        "stem": flat(question.stem),
        "choices": [flat(choice) for choice in question.choices],
        "key": list(question.key),
        "select": question.select,
    }
    return told | ({"findings": sorted(question.findings)} if question.findings else {})


def expected(question: dict[str, Any]) -> dict[str, Any]:
    return question | {"stem": flat(question["stem"]), "choices": [flat(choice) for choice in question["choices"]]}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_read_as_a_careful_person_does(name: str) -> None:
    wanted = json.loads((CASES / f"{name}.expected.json").read_text(encoding="utf-8"))["questions"]
    document = parse((CASES / f"{name}.txt").read_bytes(), name=f"{name}.txt")
    assert [described(question) for question in document.questions] == [expected(question) for question in wanted]
