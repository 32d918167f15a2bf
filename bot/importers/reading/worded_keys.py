"""Reads answer keys whose answers are words, as a pub quiz has them: 1. Lima, 2. Mercury."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.gaps import count_gaps
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import question_mark
from bot.importers.reading.starts import asks
from bot.importers.reading.words import truth_of

LONGEST_WORDED = 40
"""The most characters of such an answer."""
_FEWEST = 3
_TRUTHS = {"T": "True", "F": "False"}
_QUESTION_MARKS = ("?", "？", "؟")
_COUNTED = re.compile(r"(?:^|[\s,;])(?P<number>\d{1,3})[.):]?\s")


class WordedKey(NamedTuple):
    """Answers in words, counted from 1 on, the numbers of the lines that ask for them, and the index after the last."""

    answers: Sequence[str]
    asked: Sequence[int]
    end: int


def read_words(lines: Sequence[Line], at: int, begin: int) -> WordedKey | None:
    """The answers from ``begin`` on, below a heading at ``at``.

    None unless as many questions are counted right above the heading: steps of a solution are counted, too.
    """
    answers: list[str] = []
    end = begin
    while end < len(lines):
        text = lines[end].text
        mark = question_mark(text) if text and not lines[end].code else None
        if mark and not mark.named and mark.number == len(answers) + 1 and 0 < len(mark.rest) <= LONGEST_WORDED:
            answers.append(mark.rest)
        elif text.strip():
            break
        end += 1
    return _asked_for(lines, at, answers, end)


def read_words_behind(lines: Sequence[Line], at: int, text: str) -> WordedKey | None:
    """The answers behind a word such as "Answers:" on the line at ``at``: all of them are in ``text``."""
    begins = [*_COUNTED.finditer(text)]
    ends = [found.start() for found in begins[1:]] + [len(text)]
    if not begins or [int(found["number"]) for found in begins] != [*range(1, len(begins) + 1)]:
        return None
    answers = [text[found.end() : end].strip(" ,;.") for found, end in zip(begins, ends, strict=True)]
    fits = all(0 < len(answer) <= LONGEST_WORDED for answer in answers)
    return _asked_for(lines, at, answers, at + 1) if fits else None


def _asked_for(lines: Sequence[Line], at: int, answers: Sequence[str], end: int) -> WordedKey | None:
    """The key with these answers, if as many questions are right above it; statements to be judged don't ask."""
    if len(answers) < _FEWEST:
        return None
    if {*answers} <= _TRUTHS.keys():
        answers = [_TRUTHS[answer] for answer in answers]
    judged = all(truth_of(answer) is not None for answer in answers)
    asked = _counted_above(lines, at, len(answers), judged=judged)
    return WordedKey(answers, asked, end) if asked else None


def _counted_above(lines: Sequence[Line], at: int, count: int, *, judged: bool) -> Sequence[int]:
    """The numbers of the lines that count from 1 to ``count`` right above an index.

    None unless most of them ask. If the answers say true or false, they are ``judged``: most have no question mark.
    """
    found: list[int] = []
    asking = 0
    for line in map(lines.__getitem__, range(at - 1, -1, -1)):
        mark = question_mark(line.text) if line.text and not line.code else None
        if mark is None or mark.number is None:
            continue
        if mark.number != count - len(found):
            break
        found.append(line.number)
        asking += mark.rest.endswith(_QUESTION_MARKS) if judged else asks(mark.rest) or bool(count_gaps(mark.rest))
        if len(found) == count:
            return found if (2 * asking > count) is not judged else []
    return []
