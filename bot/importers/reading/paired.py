"""Reads pairs of questions and answers as if they had the labels "Q:" and "A:".

The others have numbers, "A1: …" below "Q1: …", or no labels at all.
"""

import re
from collections.abc import Iterator, Sequence

from bot.importers.reading.bare_answers import answer_below, asks_at_end
from bot.importers.reading.headings import markdown_heading
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import bullet, plain, question_mark

_QUESTION = re.compile(r"\W{0,6}Q(?:uestion)?\s?\.?\s?(?P<number>\d{1,4})\b")
_ANSWER = re.compile(r"(?P<before>\W{0,6}A(?:ns(?:wer)?)?)\s?\.?\s?(?P<number>\d{1,4})(?P<stars>\*{0,3})[:：.)]")
_FEWEST = 2
_FEWEST_PAIRS = 5
_MOST = 0.6
_NEARLY_ALL = 0.8
_LOOKED_AT = 200


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


def labelled_pairs(lines: Sequence[Line]) -> Sequence[Line]:
    """``lines`` with "Q:" and "A:" before questions and what is right below, if that is most often a short answer.

    Headings don't count. The first lines decide whether the others are looked at.
    """
    if not _are_pairs(lines[:_LOOKED_AT]) or not _are_pairs(lines):
        return lines
    labelled: dict[int, Line] = {}
    for begin, end in _paragraphs(lines):
        if _asks(lines[begin]):
            labelled[begin] = lines[begin].with_text(f"Q: {plain(lines[begin].text)}")
            if end > begin + 1:
                answer = lines[begin + 1]
                item = bullet(answer.text)
                labelled[begin + 1] = answer.with_text(f"A: {(item[0] if item else answer.text).strip()}")
    return [labelled.get(at, line) for at, line in enumerate(lines)]


def _are_pairs(lines: Sequence[Line]) -> bool:
    """Whether nearly all paragraphs begin with a question, most of these have a short answer, and these differ."""
    paragraphs = [lines[begin:end] for begin, end in _paragraphs(lines)]
    asking = sum(_asks(paragraph[0]) for paragraph in paragraphs)
    answers = [below.text.strip() for paragraph in paragraphs if (below := answer_below(paragraph))]
    if len(answers) < max(_FEWEST_PAIRS, _MOST * asking) or asking < _NEARLY_ALL * len(paragraphs):
        return False
    return len({*answers}) >= _NEARLY_ALL * len(answers)


def _asks(line: Line) -> bool:
    """Whether a line is a question without a number."""
    return not line.code and asks_at_end(line.text) and question_mark(line.text) is None


def _paragraphs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where each paragraph but headings begins, and where it ends."""
    begin = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and lines[at].text.strip():
            continue
        if at > begin and not (at == begin + 1 and markdown_heading(lines[begin].text, begin)):
            yield begin, at
        begin = at + 1
