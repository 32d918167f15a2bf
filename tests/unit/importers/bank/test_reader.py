"""The project's own format, and banks written out and read back."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadFile, BadInput
from bot.domain.identity import BankId, QuestionId
from bot.domain.questions import Question
from bot.domain.revisions import first_revision
from bot.importers import WRITINGS, export, parse
from bot.resources import resource

BANK = """\
format: quizbot-bank/1
title: Ships
topics:
  - {id: sea, title: The sea}
questions:
  - id: which-floats
    topic: sea
    difficulty: easy
    tags: [wood]
    stem: |
      Which floats?

          print("water")
    choices:
      - text: Lead
        explanation: It sinks.
      - {text: Cork, right: true}
    explanation: Cork is light.
  - stem: Which float? (Choose all that apply.)
    choices: [{text: Cork}, {text: Wood}]
"""


def question(draft: QuestionDraft, number: int = 1) -> Question:
    return first_revision(draft, question_id=QuestionId(number), bank_id=BankId(1))


def test_a_bank_is_read_whole() -> None:
    document = parse(BANK.encode())
    first, second = document.questions
    assert (document.format, document.title) == ("quizbot", "Ships")
    assert (first.line, first.source_id, first.topic, first.difficulty, first.tags) == (
        10,
        "which-floats",
        "sea",
        "easy",
        ("wood",),
    )
    assert first.stem == 'Which floats?\n\n    print("water")'
    assert (first.choices, first.key, first.select) == (("Lead", "Cork"), (1,), 1)
    assert (first.explanation, first.choice_explanations) == ("Cork is light.", ("It sinks.", ""))
    assert (second.line, second.select, second.key, [str(code) for code in second.findings]) == (
        19,
        "all",
        (),
        ["unkeyed"],
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("stem: Which float?", "stam: Which float?", 19, "question 2"),
        ("text: Lead", "test: Lead", 15, "question 1, choice 1"),
        ("    difficulty: easy", "    difficulty: hardest", 8, "question 1, difficulty.*easy, medium, hard"),
        ("    topic: sea", "    topic: land", 7, "“land” is not among"),
        ("right: true", "right: perhaps", 17, "true or false"),
        ("title: Ships", "title: [Ships", 3, "valid YAML"),
        ("title: Ships", "title: Ships\ntitle: Boats", 2, "given twice"),
        ("title: Ships", "title: &a Ships\ndescription: *a", 3, "Aliases"),
        ("[{text: Cork}, {text: Wood}]", "[{text: Cork}]", 20, "at least 2"),
        ("format: quizbot-bank/1", "format: quizbot-bank/3", 1, "quizbot-bank/1, quizbot-bank/2"),
        ("  - stem: Which float", "  - id: which-floats\n    stem: Which float", 19, "id of an earlier question"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_position(old: str, new: str, line: int, words: str) -> None:
    assert old in BANK
    with pytest.raises(BadFile, match=words) as raised:
        parse(BANK.replace(old, new, 1).encode())
    assert raised.value.line == line


def ordered(*pairs: tuple[str, str]) -> bytes:
    """A bank of questions, each with what it comes after."""
    choices = [{"text": "a", "right": True}, {"text": "b"}]
    questions = [
        {"id": name, "stem": f"About {name}?", "choices": choices} | ({"after": after} if after else {})
        for name, after in pairs
    ]
    return json.dumps({"format": "quizbot-bank/1", "questions": questions}).encode()


def test_a_question_may_come_after_another_wherever_that_stands() -> None:
    document = parse(ordered(("second", "first"), ("third", "second"), ("first", "")))
    assert [draft.after for draft in document.questions] == ["first", "second", None]


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([("a", "x")], "question 1, after: No question in this bank has the id “x”"),
        ([("a", "a")], "question 1, after: This question builds on itself"),
        (
            [("a", ""), ("b", "d"), ("c", "b"), ("d", "c")],
            "question 2, after: This question builds on itself",
        ),
        ([("a", "b"), ("b", "c"), ("c", "b")], "This question builds on itself"),
    ],
)
def test_an_order_that_can_not_be_kept_is_refused(pairs: list[tuple[str, str]], words: str) -> None:
    with pytest.raises(BadFile, match=words):
        parse(ordered(*pairs))


def test_a_long_chain_is_followed_once() -> None:
    size = 3_000
    chain = [(f"q{n}", f"q{n + 1}" if n < size - 1 else "") for n in range(size)]
    assert len(parse(ordered(*chain)).questions) == size


def test_an_exported_bank_keeps_its_order() -> None:
    first = question(QuestionDraft(line=1, stem="First?", choices=("a", "b"), key=(0,)), 1)
    second = replace(question(QuestionDraft(line=2, stem="Second?", choices=("a", "b"), key=(0,)), 2), after=first.id)
    read = parse(export([second, first], "quizbot").encode()).questions
    assert [(draft.source_id, draft.after) for draft in read] == [("q2", "q1"), ("q1", None)]
    assert parse(export([second], "quizbot").encode()).questions[0].after is None


def test_a_question_may_name_the_ids_it_had_before() -> None:
    bank = BANK.replace(
        "  - stem: Which float", "  - id: floating\n    formerly: [swimming, afloat]\n    stem: Which float"
    )
    assert [draft.former_ids for draft in parse(bank.encode()).questions] == [(), ("swimming", "afloat")]
    taken = bank.replace("swimming", parse(bank.encode()).questions[0].source_id or "")
    with pytest.raises(BadFile, match="question 2, formerly 1: “which-floats” is the id of"):
        parse(taken.encode())


def test_a_bank_without_its_format_line_is_told_so() -> None:
    with pytest.raises(BadFile, match="format"):
        parse(BANK.replace("format: quizbot-bank/1\n", "").encode(), name="ships.yaml")
    with pytest.raises(BadFile, match="begin with"):
        parse(b"- a\n- b\n", format="quizbot")


def test_deep_nesting_and_wrong_values_are_refused_not_followed() -> None:
    for hostile in (b"[" * 100_000, b"{a: " * 50_000, b"format: quizbot-bank/1\nquestions: 2001-99-99\n"):
        with pytest.raises(BadFile):
            parse(hostile, format="quizbot")


def test_json_is_read_as_well() -> None:
    bank = {
        "format": "quizbot-bank/1",
        "questions": [{"stem": "S?", "choices": [{"text": "a"}, {"text": "b", "right": True}]}],
    }
    assert parse(json.dumps(bank).encode()).questions[0].key == (1,)


def test_the_starter_bank_is_sound() -> None:
    document = parse(resource("data", "machine-learning-on-aws.yaml").read_bytes())
    assert len(document.questions) == 80
    assert document.findings == ()


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)
texts = words.filter(bool)
drafts = st.builds(
    lambda stem, choices, key, why, reasons: QuestionDraft(
        line=1,
        stem=stem,
        choices=tuple(choices),
        key=tuple(sorted({position % len(choices) for position in key})),
        explanation=why,
        choice_explanations=tuple((reasons * len(choices))[: len(choices)]) if any(reasons) else None,
    ),
    texts,
    st.lists(texts, min_size=2, max_size=6),
    st.lists(st.integers(0, 5), max_size=3),
    words,
    st.lists(words, min_size=1, max_size=3),
)


@given(st.lists(drafts, min_size=1, max_size=4), st.sampled_from(["quizbot", "json"]))
def test_what_is_written_is_read_back_the_same(bank: list[QuestionDraft], form: str) -> None:
    written = export([question(draft, number) for number, draft in enumerate(bank)], form, name="b", title="B")
    for before, after in zip(bank, parse(written.encode(), format="quizbot").questions, strict=True):
        assert (after.stem, after.choices, after.key) == (before.stem, before.choices, before.key)
        assert after.explanation == before.explanation
        if before.choice_explanations and any(before.choice_explanations):
            assert after.choice_explanations == before.choice_explanations


def test_plain_text_is_read_back_too() -> None:
    starter = parse(resource("data", "machine-learning-on-aws.yaml").read_bytes()).questions
    written = export([question(draft, number) for number, draft in enumerate(starter)], "text", title="Starter")
    for before, after in zip(starter, parse(written.encode()).questions, strict=True):
        assert (after.stem, after.choices, after.key, after.select) == (
            before.stem,
            before.choices,
            before.key,
            before.select,
        )
        assert (after.explanation, after.choice_explanations) == (before.explanation, before.choice_explanations)


def test_an_unknown_format_to_write_is_refused() -> None:
    with pytest.raises(BadInput, match=", ".join(writing.name for writing in WRITINGS)):
        export([], "docx")
