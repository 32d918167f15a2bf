"""Every line of a document has one role, and nothing of its text is lost."""

import re
from itertools import chain

import pytest

from bot.domain.drafts import LineRole, ParsedDocument, QuestionDraft
from bot.importers import parse
from tests.unit.importers.as_read import read
from tests.unit.importers.formats.habits import HABITS
from tests.unit.importers.test_seeds import SEEDS

_WORD = re.compile(r"[^\W_]{3,}")
_TAG = re.compile(r"<[^<>]*>")
LABELS = frozenset(
    [
        "question",
        "questions",
        "answer",
        "answers",
        "correct",
        "incorrect",
        "options",
        "show",
        "solution",
        "solutions",
        "option",
        "success",
        "why",
        *("view", "antwort", "anzeigen", "показать", "ответ"),
        *("ans", "respuesta", "correcta", "type", "multiple", "choice", "choices", "iii", "close"),
        "details",
        "summary",
        "because",
        "explanation",
        *("pregunta", "resposta", "alternativa", "letra", "pytanie", "poprawna", "odpowiedź", "soru", "doğru", "cevap"),
        *("the", "key", "div", "class", "upper", "alpha", "markdown"),
        "practice",
        "suggested",
        "card",
        "flashcards",
    ]
)
"""Words that mark the parts of a question, and are no part of its text."""


def words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def said(line: str) -> bool:
    """Whether a line has words beside tags."""
    return bool(_WORD.search(_TAG.sub("", line)))


def kept(document: ParsedDocument) -> set[str]:
    """The words that a document keeps."""
    notes = chain.from_iterable((note.heading, note.text) for note in document.notes)
    told = chain(chain.from_iterable(map(texts, document.questions)), notes, [document.title or ""])
    return words(" ".join((*told, *(finding.message for finding in document.findings))))


def texts(question: QuestionDraft) -> list[str]:
    explained = question.choice_explanations or ()
    return [question.stem, *question.choices, question.explanation, *explained, question.section or ""]


@pytest.mark.parametrize("habit", HABITS)
def test_no_word_is_lost(habit: str) -> None:
    assert words(HABITS[habit]) - kept(read(HABITS[habit])) <= LABELS


@pytest.mark.parametrize("habit", HABITS)
def test_each_line_with_text_has_a_role(habit: str) -> None:
    lines = HABITS[habit].split("\n")
    document = parse(HABITS[habit].encode(), format="numbered")
    assert len(document.roles) == len(lines)
    roles = [LineRole(role) for role in document.roles]
    assert [line for line, role in zip(lines, roles, strict=True) if said(line) and role is LineRole.BLANK] == []
    assert all(role is LineRole.BLANK for line, role in zip(lines, roles, strict=True) if not line.strip())


def test_roles_say_what_each_line_was_taken_for() -> None:
    document = read(
        """
        # Water

        Some words before.

        1. Which of these floats?
        A. lead
        B. cork
           - see the book
        Answer: B
        Explanation: It is light.

        ---

        Some words behind.
        """
    )
    assert document.roles == "h.n.sccek" + "e..." + "n"


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the documents are not at hand in {SEEDS.name}/")
@pytest.mark.parametrize("number", ["000", "002"])
def test_no_word_of_a_real_document_is_lost(number: str) -> None:
    [path] = SEEDS.glob(f"{number}_*.txt")
    document = parse(path.read_bytes(), name=path.name)
    text = path.read_text(encoding="utf-8", errors="replace")
    lost = words(text) - kept(document) - LABELS
    assert len(lost) < len(words(text)) / 100, sorted(lost)[:20]
