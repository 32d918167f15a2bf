"""Reads "A1: …" below "Q1: …" as "A: …", and "Answer 1: …" below "Question 1: …" as "Answer: …"."""

import re
from collections.abc import Iterator, Sequence

from bot.importers.reading.lines import Line

_QUESTION = re.compile(r"\W{0,6}Q(?:uestion)?\s?\.?\s?(?P<number>\d{1,4})\b")
_ANSWER = re.compile(r"(?P<before>\W{0,6}A(?:ns(?:wer)?)?)\s?\.?\s?(?P<number>\d{1,4})(?P<stars>\*{0,3})[:：.)]")
_FEWEST = 2


def unnumbered_answers(lines: Sequence[Line]) -> Sequence[Line]:
    """``lines`` without the numbers of answers, if each of these has that of the question right above it."""
    paired = {at: line for at, line in _answers(lines) if line}
    if len(paired) < _FEWEST or any(line is None for _at, line in _answers(lines)):
        return lines
    return [paired.get(at, line) for at, line in enumerate(lines)]


def _answers(lines: Sequence[Line]) -> Iterator[tuple[int, Line | None]]:
    """The index of each numbered answer, and the line without its number; None if it has another one than is due."""
    due = ""
    for at, line in enumerate(lines):
        if line.code or not line.text:
            continue
        if asked := _QUESTION.match(line.text):
            due = asked["number"]
        elif answer := _ANSWER.match(line.text):
            is_due = answer["number"] == due
            label = f"{answer['before']}{answer['stars']}:"
            yield at, line.with_text(label + line.text[answer.end() :]) if is_due else None
            due = ""
