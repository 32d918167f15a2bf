"""Whatever a file holds, it is read or refused in words: nothing else leaves the importers."""

import json
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.errors import QuizbotError
from bot.importers import FORMATS, parse
from tests.soak import EXAMPLES

LINES = (
    "",
    "1. Which of these is it?",
    "999999. Which of these is it?",
    "Question 1000000:",
    "Q2) Name one (Choose TWO.)",
    "Choose \u017fix answers",  # a long s, which patterns without case take for an s
    "Select f\u0131ve",
    "(one or more)",
    "A. One",
    "B) Two",
    "(C) Three",
    "D - Four",
    "A) One",
    "ANSWER: B",
    "#Q Which?",
    "^ One",
    "A One",
    "Quiz title: Q",
    "*a) right",
    "[*] right",
    "= 3 +- 5%",
    "... because",
    "```{.python .run}",
    "a. one  b. two  c. three",
    "\u017f. long",
    "\u212a) Kelvin",
    "\u00b2. squared",
    "\u0661. Arabic",
    "\u0661) B",
    "- [x] right",
    "- [ ] wrong",
    "* item",
    "**B. bold**",
    "*C. star",
    "Two (Correct)",
    "Answer: B",
    "ANSWER KEY",
    "Answers",
    "Answers: 1-B, 2-A",
    "Correct Answer:",
    "Key: AC",
    "1. B",
    "2. A. Because",
    "1. B 2. A 3. D",
    "3. D  1. B",
    "| Question | Answer |",
    "|---|---|",
    "| 1 | B |",
    "Part 2",
    "Chapter 3: More",
    "## Answers",
    "# Heading #card",
    "?",
    "---",
    "=====",
    "Title",
    "```",
    "~~~",
    "total = sum(",
    "Explanation: because of B",
    "Explanation:",
    "A. says why",
    "Page 3 of 9",
    "240 Chapter 9",
    "1",
    "<details><summary>Answer</summary>",
    "</details>",
    "<!--",
    "&nbsp;&#0;&#x110000;",
    "![[map.png]]",
    "![map](map.png)",
    "\ufffc",
    "\x1b[31m",
    "\u202e",
    "infor-",
    "mation",
    "tags: [a, b]",
    "format: quizbot-bank/1",
    "questions:",
    "::Title:: Which? {=a#b ~%50%c",
    "$CATEGORY: a/b",
    "~d ####e}",
    "{#1:2}",
    "{T}",
    "[html]<p>\\{<b>&#xD800;",
    '[{"question": "Which?", "correct_answer": "a", "incorrect_answers": ["b"]}',
    ', {"question": "V2hpY2g/", "type": "Ym9vbGVhbg==", "correct_answer": "VHJ1ZQ=="}]',
    '[{"question": "Which?", "options": [{"id": "b", "text": "a", "correct": true}, null], "answer": ["b"]}',
    ', {"q": {"en": "Which?"}, "questions": [{"text": "a", "wrong": "b"}], "context": [], "answers": {"a": 1}}]',
    "- question: Which?",
    "  options: [a, b]",
    "  answer: {a: true}",
    "AUTHOR: me",
    "Which one is it?:",
    "CONFIG: {delay: 20}",
    "- yes #1",
    '{"library": "H5P.TrueFalse 1.8", "params": {"question": "Is it?", "correct": "true"}}',
    "<quiz><question type='cloze'><questiontext><text>{1:SA:=a}",
    "</text></questiontext></question></quiz>",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
)
lines = st.sampled_from(LINES) | st.text(st.characters(codec="utf-8"), max_size=12)
texts = st.lists(lines, min_size=1, max_size=24).map("\n".join)
encodings = st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32", "cp1252"])
formats = st.sampled_from([None, *(known.name for known in FORMATS)])
many = settings(max_examples=4 * EXAMPLES)


@many
@example("1. Choose \u017fix\nA. x\nB. y", None)
@example("1. Which f\u0131ve?\nA. x\nB. y\nAnswer: A", None)
@given(texts, formats)
def test_any_lines_are_read_or_refused(text: str, form: str | None) -> None:
    with suppress(QuizbotError):
        parse(text.encode(), format=form)


@many
@given(texts, encodings, st.binary(max_size=8), st.integers(0, 99))
def test_damaged_bytes_are_read_or_refused(text: str, encoding: str, junk: bytes, position: int) -> None:
    data = text.encode(encoding, errors="replace")
    with suppress(QuizbotError):
        parse(data[:position] + junk + data[position:])


VALUES = (
    "x",
    "2",
    "2.0",
    "1e9",
    "1e999",
    "-.inf",
    ".nan",
    "true",
    "null",
    "~",
    "[]",
    "{}",
    "[[x]]",
    "{x: y}",
    "{[x]: y}",
    "{1: 2, x: y}",
    "2024-01-01",
    "2024-13-01",
    "2001-12-14t21:59:43.10+99:00",
    "=",
    "<<",
    "!!int x",
    "!!int ''",
    "!!float ''",
    "!!bool x",
    "!!timestamp x",
    "!!binary '='",
    "!!binary \u00e9",
    "!!set {x}",
    "!!omap [x: 1]",
    "!!pairs [x]",
    "!!null x",
    "!!str [x]",
    "!!map x",
    "!!seq {x: y}",
    "!x y",
    "*x",
    "&x y",
    "'",
    '"\\0"',
    '"\\ud800"',
    "|",
    "- x",
    "1:1.5",
    "1:" * 200 + "1.",
    "9" * 5000,
    "0x" + "f" * 40,
    "x-y",
    "all",
)
FIELDS = (
    "id",
    "after",
    "topic",
    "difficulty",
    "tags",
    "select",
    "explanation",
    "image",
    "image_alt",
    "section",
    "? [a]",
    "<<",
    "=",
)
SPOILED = (
    "{0}",
    "format: quizbot-bank/1\nquestions: {0}",
    "{{format: quizbot-bank/1, questions: [{0}]}}",
    "!!str {{=: {0}}}",
    "!!set {{{0}}}",
)
fields = st.lists(st.tuples(st.sampled_from(FIELDS), st.sampled_from(VALUES)), max_size=3)


@many
@given(fields, st.sampled_from(VALUES), st.sampled_from(["", "!!str ", "!!set ", "!!omap "]))
def test_any_values_in_a_bank_are_read_or_refused(pairs: list[tuple[str, str]], choice: str, tag: str) -> None:
    more = "".join(f"    {key}: {value}\n" for key, value in pairs)
    text = f"{tag}\nformat: quizbot-bank/1\nquestions:\n  - stem: Who?\n    choices: [text: a, text: {choice}]\n{more}"
    with suppress(QuizbotError):
        parse(text.encode(), format="quizbot")


@many
@given(fields, st.sampled_from(VALUES), st.sampled_from(["", "!!str ", "!!set ", "!!omap "]))
def test_any_values_of_a_kind_that_is_not_asked_are_kept_or_refused(
    pairs: list[tuple[str, str]], value: str, tag: str
) -> None:
    more = "".join(f"    {key}: {value}\n" for key, value in pairs)
    text = f"format: quizbot-bank/2\nquestions:\n  - kind: essay\n    stem: Who?\n    held: {tag}{value}\n{more}"
    with suppress(QuizbotError):
        parse(text.encode(), format="quizbot")


MEMBERS = ("question", "options", "answers", "correct", "answer", "wrong", "image", "context", "code", "tags", "a", "")
members = st.dictionaries(st.sampled_from(MEMBERS), st.deferred(lambda: values), max_size=6)
values = st.sampled_from(["a", "A", "1", "true", "", 0, 1, -1, 1.5, True, None, "9" * 5_000]) | st.one_of(
    st.lists(st.deferred(lambda: values), max_size=4), members
)


@many
@given(st.lists(members, min_size=1, max_size=4), st.booleans())
def test_any_members_of_objects_are_read_or_refused(objects: list[dict[str, object]], by_line: bool) -> None:
    text = "\n".join(map(json.dumps, objects)) if by_line else json.dumps(objects)
    with suppress(QuizbotError):
        parse(text.encode(), format="data")


@many
@given(st.sampled_from(MEMBERS), st.sampled_from(VALUES), st.sampled_from(VALUES))
def test_any_values_in_a_list_of_questions_are_read_or_refused(name: str, value: str, choice: str) -> None:
    asked = f"- question: Which?\n  options:\n    - a\n    - {choice}\n  answer: a\n  {name}: {value}\n"
    with suppress(QuizbotError):
        parse(asked.encode(), format="data")


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("position", SPOILED)
def test_any_value_in_place_of_a_bank_is_refused(position: str, value: str) -> None:
    with pytest.raises(QuizbotError):
        parse(position.format(value).encode(), format="quizbot")
