"""Moodle's Aiken: what is read as Moodle reads it, what is told, and what is written."""

from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accepted import AcceptedNumber
from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.errors import BadFile, BadInput
from bot.domain.identity import BankId, QuestionId
from bot.domain.images import choice_picture, image_file
from bot.domain.questions import Question
from bot.domain.revisions import first_revision
from bot.importers import export, held, parse
from bot.importers.formats import aiken, numbered
from bot.importers.reading.lines import Line
from bot.testing import card, draft, number, short, statement
from tests.budget import at_usual_pace
from tests.pictures import png
from tests.unit.importers.as_read import only, read

EXAMPLES = Path(__file__).parents[5] / "shared" / "examples"
FLOATS = "Which of these floats?\nA) Lead\nB) Cork\nC) Iron\nANSWER: B\n"


def messages(text: str, form: str | None = "aiken") -> list[tuple[int, str, str]]:
    return [(finding.line, finding.code, finding.message) for finding in read(text, form).findings]


def lines_of(text: str) -> list[Line]:
    return [Line(position, line.rstrip()) for position, line in enumerate(text.split("\n"), start=1)]


def test_a_question_with_one_right_choice() -> None:
    question = only(FLOATS)
    assert (question.kind, question.stem, question.choices) == (
        "choice",
        "Which of these floats?",
        ("Lead", "Cork", "Iron"),
    )
    assert (question.key, question.select, question.explanation, question.findings) == ((1,), 1, "", ())
    assert read(FLOATS).format == "aiken"


@pytest.mark.parametrize(("choices", "right"), [("A) True\nB) False", 1), ("A. FALSE\nB. true", 0)])
def test_true_and_false_make_a_statement(choices: str, right: int) -> None:
    question = only(f"Lead floats on water.\n{choices}\nANSWER: B\n")
    assert (question.kind, question.choices, question.key) == ("true_false", ("True", "False"), (right,))


def test_what_moodle_reads_is_read() -> None:
    document = read(
        """
        A. A. Milne wrote a book on a bear. Which one?

        A)Winnie-the-Pooh
          B.  Paddington
        ANSWER:A
        U.S. money shows <b>whom</b> & what?
        A) Presidents
        B) Poets
        C) A. Lincoln
        ANSWER:    C
        2 + 2 is
        A) 4
        B) 5
        ANSWER: A
        """,
        "aiken",
    )
    assert [(one.line, one.stem, one.choices, one.key) for one in document.questions] == [
        (1, "A. A. Milne wrote a book on a bear. Which one?", ("Winnie-the-Pooh", "Paddington"), (0,)),
        (6, "U.S. money shows <b>whom</b> & what?", ("Presidents", "Poets", "A. Lincoln"), (2,)),
        (11, "2 + 2 is", ("4", "5"), (0,)),
    ]
    assert not document.findings


@pytest.mark.parametrize(
    ("answer", "key", "code", "told"),
    [
        ("ANSWER: E", (), "key_not_a_choice", "there is no choice E"),
        ("ANSWER: Zinc", (2,), "key_not_a_choice", "the most similar one was taken"),
        ("ANSWER: 3.14", (), "key_not_a_choice", "none is similar"),
        ("ANSWER: 2", (), "key_not_a_choice", "the number 2"),
        ("ANSWER: B) Iron", (1,), "key_not_a_choice", "one choice by its letter"),
        ("ANSWER: Lead or Cork", (0,), "key_not_a_choice", "isn't just one"),
        ("ANSWER: Cork, it is light", (1,), "key_not_a_choice", "isn't just one"),
        ("ANSWER: B or C", (1, 2), "key_not_a_choice", "isn't just one"),
        ("ANSWER: (b) or (c).", (1, 2), "key_not_a_choice", "isn't just one"),
        ("ANSWER: B, C", (1, 2), "simplified", "only the first letter"),
        ("ANSWER:", (), "unkeyed", "no answer"),
    ],
)
def test_an_answer_that_may_be_another_is_told(answer: str, key: tuple[int, ...], code: str, told: str) -> None:
    text = FLOATS.replace("ANSWER: B", answer)
    question = only(text, "aiken")
    assert (question.key, question.findings[0]) == (key, code)
    line, found, message = messages(text)[0]
    assert (line, found, told in message) == (1, code, True)


@pytest.mark.parametrize("answer", ["ANSWER: b", "Answer: B", "ANSWER : b)", "ANSWER: B) Cork", "ANSWER: Cork"])
def test_an_answer_that_can_only_be_one_is_taken(answer: str) -> None:
    question = only(FLOATS.replace("ANSWER: B", answer), "aiken")
    assert (question.key, question.explanation, question.findings) == ((1,), "", ())


@pytest.mark.parametrize(("first", "second", "right"), [("Wahr", "Falsch", 1), ("Falso", "Vero", 0)])
def test_true_and_false_make_a_statement_in_other_languages_too(first: str, second: str, right: int) -> None:
    question = only(f"Cork floats.\nA) {first}\nB) {second}\nANSWER: B\n", "aiken")
    assert (question.kind, question.choices, question.key) == ("true_false", ("True", "False"), (right,))


def test_what_follows_a_letter_explains_it() -> None:
    for answer in ("B. It is light.", "B because it is light"):
        question = only(FLOATS.replace("ANSWER: B", f"ANSWER: {answer}"), "aiken")
        assert (question.key, question.findings) == ((1,), ())
        assert question.explanation in answer


def test_letters_out_of_order_are_told() -> None:
    text = "Which floats?\nA) Lead\nB) Gold\nD) Iron\nC) Cork\nANSWER: C\n"
    assert (only(text, "aiken").key, only(text, "aiken").findings) == ((3,), (FindingCode.KEY_NOT_A_CHOICE,))
    assert "aren't lettered A, B, C in order" in messages(text)[0][2]


def test_lines_that_moodle_would_refuse_are_joined_and_told() -> None:
    document = read(
        """
        Notes on water

        Look at the list.
        Which of these floats?
        A) Lead,
        which is heavy
        B) Cork
        from a tree
        ANSWER: B
        """,
        "aiken",
    )
    (question,) = document.questions
    assert (question.line, question.stem) == (3, "Look at the list. Which of these floats?")
    assert (question.choices, question.key) == (("Lead, which is heavy", "Cork from a tree"), (1,))
    assert [(note.line, note.text) for note in document.notes] == [(1, "Notes on water")]
    assert [(finding.line, finding.code) for finding in document.findings] == [(1, "skipped"), (3, "simplified")]


def test_what_is_incomplete_is_told_and_its_neighbours_stay() -> None:
    text = f"""{FLOATS}
Only one?
A) One
ANSWER: A

A) No stem
ANSWER: A

Is there an answer?
A) Yes
B) No

7

{FLOATS}
The end
"""
    document = read(text, "aiken")
    found = [(one.line, one.findings) for one in document.questions]
    assert found == [(1, ()), (14, ("unkeyed",)), (20, ("duplicate",))]
    assert [(line, code) for line, code, _message in messages(text)] == [
        (7, "broken"),
        (11, "broken"),
        (12, "broken"),
        (14, "unkeyed"),
        (18, "skipped"),
        (20, "duplicate"),
        (26, "skipped"),
    ]


def test_a_choice_that_stands_twice_is_kept_once() -> None:
    question = only("Which floats?\nA) Lead\nB) Cork\nC) Cork\nANSWER: C\n")
    assert (question.choices, question.key, question.findings) == (("Lead", "Cork"), (1,), (FindingCode.SIMPLIFIED,))


def test_a_lost_picture_is_told() -> None:
    assert only("Which is it? \ufffc\nA) Lead\nB) Cork\nANSWER: A\n").findings == (FindingCode.NEEDS_FIGURE,)


@pytest.mark.parametrize(
    "text",
    [
        FLOATS.replace("Which", "1. Which"),
        FLOATS.replace("ANSWER: B", "Answer: B"),
        FLOATS.replace("ANSWER: B", "ANSWER: B, C"),
        FLOATS.replace("B) Cork", "b) Cork"),
        FLOATS.replace("Lead", "Lead\nor so"),
        FLOATS.replace("these", "these\nthings"),
        FLOATS.replace("A) Lead\nB) Cork", "A) Lead B) Cork"),
        f"{FLOATS}Explanation: Cork is light.\n",
        f"# On water\n\n{FLOATS}",
        f"7\n\n{FLOATS}",
        f"{FLOATS}\n1. B\n",
    ],
)
def test_what_moodle_would_not_read_is_left_to_the_other_formats(text: str) -> None:
    assert aiken.likelihood(lines_of(text)) == 0
    assert read(text).format != "aiken"


def test_a_stem_among_many_may_begin_with_a_number() -> None:
    others = "".join(FLOATS.replace("these", f"the {number} things") for number in range(11))
    document = read(f"{others}2. Liga is where?\nA) Here\nB) There\nANSWER: B.\n")
    assert (document.format, document.questions[-1].stem) == ("aiken", "2. Liga is where?")
    assert document.questions[-1].key == (1,)


NOUNS = st.sampled_from(["Answers", "A queue", "B", "C++", "3", "Page 3", "None of these", "Who", "$5", "true", "a) b"])
texts = st.lists(NOUNS, min_size=1, max_size=4).map(" ".join)
questions = st.tuples(texts, st.lists(texts, min_size=2, max_size=5, unique=True), st.integers(0, 4))


@given(st.lists(questions, min_size=1, max_size=4), st.sampled_from([") ", ". ", ")"]), st.sampled_from(["\n", "\n\n"]))
def test_whatever_is_written_as_moodle_wants_it_is_read_the_same(
    asked: list[tuple[str, list[str], int]], sign: str, end: str
) -> None:
    written = []
    for stem, choices, right in asked:
        listed = "\n".join(f"{letter}{sign}{choice}" for letter, choice in zip("ABCDE", choices, strict=False))
        written.append(f"Is it {stem}\n{listed}\nANSWER: {'ABCDE'[right % len(choices)]}{end}")
    document = parse("".join(written).encode(), format="aiken")
    assert [(one.stem, one.choices, one.key) for one in document.questions] == [
        (f"Is it {stem}", tuple(choices), (right % len(choices),)) for stem, choices, right in asked
    ]
    assert {finding.code for finding in document.findings} <= {"duplicate", "near_duplicate", "broken", "needs_figure"}


WORDS = st.lists(st.sampled_from(["river", "castle", "shows", "hides", "quiet", "old"]), min_size=3, max_size=9)
plain = WORDS.map(lambda words: " ".join(words).capitalize())


@given(st.lists(st.tuples(plain, st.lists(plain, min_size=2, max_size=4, unique=True)), min_size=1, max_size=4))
def test_what_is_found_to_be_aiken_is_no_worse_than_as_a_numbered_list(asked: list[tuple[str, list[str]]]) -> None:
    text = "\n".join(
        f"Which {stem}?\n" + "".join(f"{'ABCD'[at]}. {choice}\n" for at, choice in enumerate(choices)) + "ANSWER: B\n"
        for stem, choices in asked
    )
    as_aiken, as_numbered = parse(text.encode()), parse(text.encode(), format="numbered")
    assert as_aiken.format == "aiken"
    assert as_aiken.questions == as_numbered.questions


LINES = st.sampled_from(
    ["", "Which?", "A) a", "B. b", "C)c", "ANSWER: A", "ANSWER: b, a", "ANSWER:", "Answer: B", "x", "U.S. law"]
)


@given(st.lists(LINES | st.text(max_size=8), max_size=20).map("\n".join).filter(str.strip))
def test_every_line_is_in_a_question_a_note_or_a_finding(text: str) -> None:
    lines = lines_of(text)
    document = aiken.parse(lines, lambda _done: None)
    assert aiken.likelihood(lines) <= len(lines)
    assert (document.questions or document.notes or document.findings) != ()
    assert all(len(question.choices) > 0 and question.line for question in document.questions)


@pytest.mark.parametrize("sign", ["A) ", "A) a\n", "ANSWER: A\n", "A", "Who?\n", "\n", "B, ", "Who?\nA) a\n", "A) B) "])
@pytest.mark.parametrize("frame", ["{0}", "Who?\nA) {0}\nB) b\nANSWER: {0}", "Who?\n{0}\nANSWER: B"])
def test_a_sign_over_and_over_takes_no_time(frame: str, sign: str) -> None:
    data = frame.format(sign * (40_000 // len(sign))).encode()
    started = process_time()
    with suppress(BadFile):  # it is empty
        parse(data, format="aiken")
    aiken.likelihood(lines_of(data.decode()))
    assert at_usual_pace(process_time() - started) < 5


def asked(*drafts: QuestionDraft) -> list[Question]:
    return [
        first_revision(one, question_id=QuestionId(position), bank_id=BankId(1))
        for position, one in enumerate(drafts, start=1)
    ]


def test_a_bank_is_written_as_moodle_exports_it() -> None:
    bank = asked(draft("What is\n\n6 x 7?", "41", "42", key=[1]), statement(true=False))
    written = export(bank, "aiken", name="b", title="Sums")
    assert written == "What is 6 x 7?\nA) 41\nB) 42\nANSWER: B\n\nS3 stores objects.\nA) True\nB) False\nANSWER: B\n"
    document = parse(written.encode())
    assert (document.format, document.findings) == ("aiken", ())
    assert [(one.kind, one.key) for one in document.questions] == [("choice", (1,)), ("true_false", (1,))]


def test_what_the_format_cannot_hold_is_left_out() -> None:
    file = image_file(png())
    assert file is not None
    shown = (choice_picture(file, "A box", alone=True), None)
    others = asked(
        draft("Which two?", "a", "b", "c", key=[0, 1], select=2),
        draft("Which? Select all that apply.", "a", "b", select="all"),
        draft("Which?", "a", "b", key=[]),
        draft("ANSWER: is what?", "a", "b"),
        draft("U.S. law is what?", "a", "b"),
        draft("?", "a", "b"),
        draft("What does it print?\n\n```python\nprint(1)\n```", "a", "b"),
        draft("What does it print?\n\n    print(1)", "a", "b"),
        QuestionDraft(line=1, stem="Which?", choices=("A box", "b"), key=(0,), choice_pictures=shown),
        short("Who?", "Ada"),
        number("How many?", AcceptedNumber.between(3, 4)),  # type: ignore[arg-type]
        card("What?", "That."),
    )
    assert held(others, "aiken") == []
    assert export(others, "aiken") == ""
    assert held(others, "text") == others
    with pytest.raises(BadInput, match="aiken"):
        held(others, "docx")


@given(st.lists(st.tuples(st.text(max_size=12), st.lists(st.text(max_size=8), min_size=2, max_size=5)), max_size=4))
def test_what_is_written_is_read_back(told: list[tuple[str, list[str]]]) -> None:
    bank = held(asked(*(draft(stem, *choices) for stem, choices in told)), "aiken")
    written = export(bank, "aiken")
    document = aiken.parse(lines_of(written), lambda _done: None)
    assert len(document.questions) == len(bank)


@pytest.mark.skipif(not EXAMPLES.exists(), reason="needs example files that aren't part of the project")
def test_moodles_own_files_are_read_as_moodle_reads_them() -> None:
    document = parse((EXAMPLES / "aiken-questions.txt").read_bytes())
    assert (document.format, document.findings, document.notes) == ("aiken", (), ())
    found = [(one.line, one.kind, one.key) for one in document.questions]
    assert found == [(1, "choice", (1,)), (8, "true_false", (0,))]
    document = parse((EXAMPLES / "aiken-errors.txt").read_bytes())
    assert document.format == "aiken"
    assert [(one.line, one.key, one.findings) for one in document.questions] == [
        (9, (0,), ()),
        (14, (), (FindingCode.UNKEYED,)),
        (18, (1,), ()),
    ]
    assert [(one.line, one.code) for one in document.findings] == [
        (1, "broken"),
        (5, "broken"),
        (7, "broken"),
        (14, "unkeyed"),
    ]


def test_a_question_without_choices_is_an_error_of_an_aiken_file() -> None:
    document = read(f"{FLOATS}A screwdriver with a magnet\nANSWER:\n{FLOATS.replace('floats', 'sinks')}")
    assert (document.format, len(document.questions)) == ("aiken", 2)
    assert [(finding.line, finding.code) for finding in document.findings] == [(6, "broken")]


def test_numbered_lists_are_as_likely_as_before() -> None:
    assert aiken.likelihood(lines_of(FLOATS)) > numbered.likelihood(lines_of(FLOATS)) == 1
