"""Files made to hang or to crash a reader: each is refused, or done in a bounded time."""

import json
from contextlib import suppress
from time import process_time

import pytest

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile
from bot.importers import parse
from bot.importers.formats import numbered
from tests.budget import at_usual_pace
from tests.soak import LONG

SIGNS = (
    "a",
    "A. ",
    "*",
    "(",
    "[",
    "![[",
    "<a ",
    "#",
    "=",
    "- ",
    "1. ",
    "A  ",
    "✓",
    "Â",
    "same as ",
    "not ",
    "http://",
    "> ",
)
FRAMES = (
    "{0}",
    "1. What {0}?\nA. x\nB. y\nAnswer: A",
    "1. What?\nA. x {0}\nB. y {0}!\nAnswer: B. {0}x",
    "1. What?\nA. x\nB. y\nAnswer: {0}!\nExplanation: {0}\n",
    "Why?\n\n{0}\n\nb (Correct)\n\n---\nWho?\n\na\n\nb",
    "## Who? {0}\n- {0}a\n- b\n#card\n{0}\n",
)


SIGNS_LONG = 40_000 if LONG else 10_000
"""Characters of one sign."""
SIGNS_S = 5 * (SIGNS_LONG / 40_000) ** 2
"""Processor seconds for so many: a reader that takes the square of the length is as much too slow for either."""
CHOICES = 12_000 if LONG else 3_000
LINES = 4_000
TOO_SLOW_S = 4
"""Processor seconds for so many lines; a reader takes one, and a quadratic one would take many."""


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_over_and_over_takes_no_time(frame: str, sign: str) -> None:
    data = frame.format(sign * (SIGNS_LONG // len(sign))).encode()
    started = process_time()
    parse(data)
    assert at_usual_pace(process_time() - started) < SIGNS_S


@pytest.mark.parametrize(
    "data",
    [
        b"A. x\n" * LINES,
        b"1. foo\n" * LINES,
        b"foo:\n" + b"1. foo\n" * LINES + b"A. x\nB. y\n",
        b"---\n" * LINES,
        b"```\n" * (LINES + 1),
        b"Answers\n" * LINES,
        b"1\n\n" * LINES,
        b"Explanation:\n" * LINES,
        b"".join(b"Answers\n%d. A. x\n" % n for n in range(LINES, 0, -1)),
        b"Answers\n\n1. x\n" * LINES,
        b"Answers\nx\n" * (LINES // 2),
        b"| Question | Answer |\n1. x\n" * LINES,
        b"1. B\n\n2. C\n\n1. x\n\n" * LINES,
        b"1. What is it?\nA. x\nB. y\nAnswer: A\n\n" * (LINES // 2),
        b"Choices: " + b"(a, " * 100_000,
        b"\n" * 50_000 + b"x",
    ],
)
def test_a_line_over_and_over_takes_no_time(data: bytes) -> None:
    started = process_time()
    parse(data)
    assert at_usual_pace(process_time() - started) < TOO_SLOW_S


def _asked(number: int, **more: object) -> dict[str, object]:
    return {"question": f"Which {number}?", "options": ["a", "b"], "answer": "a", **more}


@pytest.mark.parametrize(
    "objects",
    [
        [
            _asked(
                1, options=[{"id": f"o{n}", "text": "x"} for n in range(LINES)], answer=[f"o{n}" for n in range(LINES)]
            )
        ],
        [_asked(1, wrong=["b"] * 25 * LINES)],
        [_asked(1, options=["a" * 100 * LINES, "b"], answer=["b"] * LINES)],
        [_asked(1, **{f"member {n}": n for n in range(5 * LINES)})],
        [_asked(at, **{f"member {at} {n}": n for n in range(25)}) for at in range(LINES // 4)],
        {"context": "It is full of air. " * LINES, "questions": [_asked(n) for n in range(LINES)]},
        {"context": [[["x"] * LINES]], "options": {"a": {"b": {}}}, "questions": [_asked(n) for n in range(LINES)]},
    ],
    ids=[
        "choices and answers",
        "wrong answers",
        "a long choice and answers",
        "members",
        "members of many",
        "a passage for all",
        "settings",
    ],
)
def test_objects_of_programs_take_no_time(objects: object) -> None:
    data = json.dumps(objects).encode()
    started = process_time()
    with suppress(BadFile):
        parse(data)
    assert at_usual_pace(process_time() - started) < TOO_SLOW_S


@pytest.mark.parametrize("item", ["{}. item {}", "- [x] item {} {}"])
def test_a_question_with_thousands_of_choices_is_left_out_and_said_so(item: str) -> None:
    choices = "\n".join(item.format(n, n) for n in range(1, CHOICES + 1))
    document = parse(f"Question 1\nWhat?\n{choices}\n".encode())
    assert document.questions == ()
    assert [(f.line, f.code) for f in document.findings] == [(2, FindingCode.BROKEN)]
    assert str(CHOICES) in document.findings[0].message


def test_progress_is_told_as_it_goes() -> None:
    told: list[float] = []
    parse(b"1. What?\nA. x\nB. y\nAnswer: A\n\n" * 1000, progress=told.append)
    assert len(told) > 4
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_more_questions_than_anyone_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbered, "MAX_QUESTIONS", 2_500)
    with pytest.raises(BadFile, match="2501 questions, more than 2500"):
        parse(b"A. x\nB. y\n" * 2_501)
