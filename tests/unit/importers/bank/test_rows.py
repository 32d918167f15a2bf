"""Items to put in order and sides to match in the project's own format, and written out and read back."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.answers import answer_lines
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadFile
from bot.domain.identity import BankId, QuestionId
from bot.domain.kinds import kind_of
from bot.domain.questions import Question
from bot.domain.revisions import corrected, draft_of, first_revision
from bot.importers import export, parse
from bot.importers.bank.kinds import in_banks
from bot.testing import in_order, matching

BANK = """\
format: quizbot-bank/2
questions:
  - kind: order
    stem: Put these in order, the smallest first.
    items:
      - bit
      - a  nibble
      - "`byte`"
  - kind: match
    stem: Which capital? (Choose TWO.)
    pairs:
      - [France, Paris]
      - [Italy, Rome]
      - [Vatican City, Rome]
    distractors: [Oslo, Paris]
    explanation: Rome isn't Oslo.
"""


def question(draft: QuestionDraft, number: int = 1) -> Question:
    return first_revision(draft, question_id=QuestionId(number), bank_id=BankId(1))


def test_a_bank_with_both_is_read_without_findings() -> None:
    ordered, matched = parse(BANK.encode()).questions
    assert (ordered.kind, ordered.choices, ordered.key) == ("order", ("bit", "a nibble", "`byte`"), (0, 1, 2))
    assert matched.choices == ("France", "Italy", "Vatican City", "Paris", "Rome", "Oslo")
    assert (matched.kind, matched.key, matched.select) == ("match", (3, 4, 4), 3)
    assert ordered.findings == matched.findings == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("bank/2", "bank/1", 3, "“kind” needs “format: quizbot-bank/2”"),
        ('      - a  nibble\n      - "`byte`"\n', "", 6, "List at least 2"),
        ("      - bit", "      - bit\n      - bit", 6, "only once"),
        ("      - bit", "      - bit\n      - a nibble", 6, "question 1, items: .*only once"),
        ("      - bit", "\n".join(f"      - bit {n}" for n in range(7)), 6, "At most 8"),
        ("      - bit", "      - 8", 6, "question 1, item 1: .*put it in quotes"),
        ("    items:", "    pairs:", 3, "“items” is missing"),
        ("    stem: Put", "    select: 2\n    stem: Put", 4, "no “select”"),
        ("[France, Paris]", "[France]", 12, "question 2, pair 1: List at least 2"),
        ("[France, Paris]", "[France, Paris, Rome]", 12, "question 2, pair 1: At most 2"),
        ("[France, Paris]", "France", 12, "must be a list"),
        ("[France, Paris]", "[France, yes]", 12, "put it in quotes"),
        ("[Italy, Rome]", "[ France, Rome]", 12, "question 2, pairs: “France” is the left side of two pairs"),
        ("[Oslo, Paris]", "[Oslo, Oslo]", 15, "only once"),
        ("[Oslo, Paris]", "[Oslo, 3]", 15, "question 2, distractor 2: .*put it in quotes"),
        ("    explanation:", "    accepted: [x]\n    explanation:", 16, "no “accepted”"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in BANK
    with pytest.raises(BadFile, match=words) as raised:
        parse(BANK.replace(old, new, 1).encode())
    assert raised.value.line == line


@pytest.mark.parametrize("kind", ["choice", "true_false", "number", "short"])
@pytest.mark.parametrize("field", ["items: [a, b]", "pairs: [[a, b], [c, d]]", "distractors: [a]"])
def test_other_kinds_have_none_of_their_fields(kind: str, field: str) -> None:
    choices = "    choices: [{text: a}, {text: b}]\n" if kind == "choice" else ""
    bank = f"format: quizbot-bank/2\nquestions:\n  - kind: {kind}\n    stem: What?\n{choices}    {field}\n"
    with pytest.raises(BadFile, match="no “"):
        parse(bank.encode())


lines = (
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
several = st.lists(lines, min_size=2, max_size=8, unique=True)
drafts = st.one_of(
    st.builds(lambda items: in_order("Order?", *items), several),
    st.builds(
        lambda lefts, rights, others: matching("Match?", *zip(lefts[:5], rights * 3, strict=False), distractors=others),
        several,
        several,
        st.lists(lines, max_size=5, unique=True),
    ),
)


@given(st.lists(drafts, min_size=1, max_size=3), st.sampled_from(["quizbot", "json"]))
def test_what_is_written_is_read_back_the_same(bank: list[QuestionDraft], form: str) -> None:
    asked = [question(draft, number) for number, draft in enumerate(bank)]
    written = export(asked, form, name="b", title="B")
    for before, after in zip(asked, parse(written.encode(), format="quizbot").questions, strict=True):
        read = question(after)
        assert (read.kind, read.choices, read.key, read.select) == (
            before.kind,
            before.choices,
            before.key,
            before.select,
        )


def test_a_corrected_order_is_written_as_the_order_of_the_items() -> None:
    asked = question(in_order("Order?", "a", "b", "c"))
    mended = corrected(asked, kind_of(asked).typed_key("C A B", asked))
    (written,) = json.loads(export([mended], "json"))["questions"]
    assert written["items"] == ["c", "a", "b"]


def test_programs_read_the_positions_of_an_order_and_the_pairs_of_a_match() -> None:
    asked = question(in_order("Order?", "a", "b", "c"))
    mended = draft_of(replace(asked, key=kind_of(asked).typed_key("C A B", asked)))
    assert (mended.choices, mended.key) == (("a", "b", "c"), (2, 0, 1))
    assert in_banks(mended).documented(mended) == {}
    draft = matching("Match?", ("a", "x"), ("b", "x"), distractors=["y"])
    assert in_banks(draft).documented(draft) == {
        "choices": [],
        "key": [],
        "pairs": [["a", "x"], ["b", "x"]],
        "distractors": ["y"],
    }


def test_commands_and_plain_text_name_the_key_by_letters() -> None:
    ordered, matched = in_order("Order?", "a", "b"), matching("Match?", ("a", "x"), ("b", "y"), distractors=["z"])
    assert list(answer_lines(ordered)) == ["    A) a", "    B) b", "  * A, B"]
    sides = ["    1) a", "    2) b", "    A) x", "    B) y", "    C) z"]
    assert list(answer_lines(matched)) == [*sides, "  * 1–A, 2–B"]
    text = export([question(ordered), question(matched, 2)], "text", title="T")
    assert "Order?\nA – a\nB – b\nAnswer: A, B\n" in text
    assert "Match?\n1 – a\n2 – b\nA – x\nB – y\nC – z\nAnswer: 1–A, 2–B\n" in text


@pytest.mark.parametrize(
    "explanation", ["A is wrong.", "The answer is B.", "Paris is not the right one. Rome is the correct answer."]
)
def test_an_explanation_contradicts_no_order_and_no_pair(explanation: str) -> None:
    bank = BANK.replace("Rome isn't Oslo.", explanation).replace(
        "stem: Put", f"explanation: {explanation}\n    stem: Put"
    )
    assert not any(draft.findings for draft in parse(bank.encode()).questions)
