"""Reads answer keys whose answers are words, as a pub quiz has them: 1. Lima, 2. Mercury."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.gaps import count_gaps
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import question_mark
from bot.importers.reading.starts import asks

LONGEST_WORDED = 40
"""The most characters of such an answer."""
_FEWEST = 3


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
    if len(answers) < _FEWEST or not (asked := _counted_above(lines, at, len(answers))):
        return None
    return WordedKey(answers, asked, end)


def _counted_above(lines: Sequence[Line], at: int, count: int) -> Sequence[int]:
    """The numbers of the lines that count from 1 to ``count`` right above an index; none unless most of them ask."""
    found: list[int] = []
    asking = 0
    for line in map(lines.__getitem__, range(at - 1, -1, -1)):
        mark = question_mark(line.text) if line.text and not line.code else None
        if mark is None or mark.number is None:
            continue
        if mark.number != count - len(found):
            break
        found.append(line.number)
        asking += asks(mark.rest) or bool(count_gaps(mark.rest))
        if len(found) == count:
            return found if 2 * asking > count else []
    return []
