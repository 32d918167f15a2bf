"""Documents of real users, where they are at hand, against what careful readers wrote down of them.

The labels hold digests, not sentences: the texts belong to their authors. To see what differs, the message of a
failing test names the line and the field.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.domain.drafts import QuestionDraft
from bot.importers import parse
from tests.unit.importers.as_read import flat

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
LABELS = Path(__file__).parent / "seed_labels"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the documents are not at hand in {SEEDS.name}/")


def digest(text: str) -> str:
    """What stands for a text in the labels: white space does not count."""
    return sha256(flat(text).encode()).hexdigest()[:16]


def described(question: QuestionDraft) -> dict[str, Any]:
    """A question as the labels have it."""
    return {
        "line": question.line,
        "stem": digest(question.stem),
        "choices": [digest(choice) for choice in question.choices],
        "key": list(question.key),
        "select": question.select,
        "section": None if question.section is None else digest(question.section),
        "explanation": digest(question.explanation),
        "choice_explanations": question.choice_explanations and [digest(text) for text in question.choice_explanations],
        "findings": sorted(question.findings),
    }


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_question_and_note_is_found_as_labelled(number: str) -> None:
    labels = json.loads((LABELS / f"{number}.json").read_text())
    [path] = SEEDS.glob(f"{number}_*.txt")
    document = parse(path.read_bytes(), name=path.name)
    found = [described(question) for question in document.questions]
    assert [question["line"] for question in found] == [question["line"] for question in labels["questions"]]
    for mine, label in zip(found, labels["questions"], strict=True):
        wrong = [name for name in label if mine[name] != label[name]]
        assert not wrong, f"line {label['line']}: {', '.join(wrong)}"
    assert [[note.line, digest(note.heading)] for note in document.notes] == labels["notes"]
