"""Splits choices that share a line, ``A) red B) green C) blue``, into a line each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from bot.importers.reading.answer_lines import key_text
from bot.importers.reading.answering import names_answer
from bot.importers.reading.labels import positions_of
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import is_counted
from bot.importers.reading.words import truth_of

LONGEST = 4000
"""A line with more characters than this is a paragraph: letters in it are prose."""

_LISTED = re.compile(
    r"^\s*(?:[-*•]\s+)?(?:\*\*)?(?P<label>(?:answer\s)?(?:choices|options):)(?:\*\*)?\s*(?P<list>[^;,]+[;,].+)$",
    re.IGNORECASE,
)
_END = Line(0, "")
_FEWEST_LISTED = 2
_MOST_LISTED = 100
_SIGNS = re.compile(r"([][(){},;])")
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_FEWEST_LABELS = 2
_ENDS = ".):]．、）"
_WEAK = frozenset(".:．、")
"""Signs behind a letter that prose has, too."""
_BETWEEN = " \t·•"
"""What stands between choices that share a line."""
_LONGEST_ANSWER = 40
_LONGEST_GLUED = 24
_ANSWER_BEHIND = re.compile(
    r"\s*[(\[]\s*(?P<answer>[^()\[\]]{2,30}[:：=.]\s?[(\[]?[A-Za-z](?:\s?[,&]\s?[A-Za-z]){0,5})\s*[)\]]$"
)
"""The answer in brackets at the end of a stem or of its choices."""
_GLUED_LABELS = re.compile(r"\s?[:：]\s?[A-Za-z](?:\s?[,&]\s?[A-Za-z]){0,5}[.)]?$")
_GLUED_WORD = re.compile(r"\s(?=[^\W\d_]{3})")
"""Where the answer at the end of the last choice may begin, "… Right answer: B"."""
_LABEL = re.compile(
    r"(?:(?<=\s)|^)(?:\*\*)?(?:(?P<open>[(\[（])(?P<inside>[^\W\d_])[)\]）]|(?P<label>[^\W\d_])(?P<sign>[.):．、）])|(?P<circled>[①-⑳]))"
    r"(?=\s*\S)"
)


def one_choice_a_line(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines``, with lines of several choices split before each label; the pieces keep the line's number."""
    above = ""
    for line, below in pairwise(chain(lines, [_END])):
        text, answer = line.text, ""
        if not text:
            yield line
        elif ":" in text[:20] and not line.code and (listed := _LISTED.match(text)):
            yield from _a_bullet_each(line, listed)
        else:
            if not line.code and (behind := _answer_behind(text)):
                text, answer = behind
            starts = _label_starts(text, above, below.text) if len(text) <= LONGEST else []
            if starts:
                yield from _pieces(line, text, starts)
            else:
                yield line.with_text(text) if answer else line
            if answer:
                yield line.with_text(answer)
        above = line.text


def _pieces(line: Line, text: str, starts: Sequence[int]) -> Iterator[Line]:
    """The choices that begin at some positions of a line's text, and what stands before the first of them."""
    for start, end in pairwise([*([0] if starts[0] else []), *starts, len(text)]):
        piece = text[start:end].rstrip(_BETWEEN)
        if piece.strip():
            yield line.with_text(piece)


def _answer_behind(text: str) -> tuple[str, str] | None:
    """What stands before the answer that ends a line, and that answer.

    It is in brackets, or without any behind a choice, but not behind a number alone.
    """
    tail = text[-_LONGEST_ANSWER:]
    if text[-1:] in _CLOSING and (found := _ANSWER_BEHIND.search(tail)) and key_text(found["answer"]):
        return text[: -len(found[0])].rstrip(), found["answer"]
    behind = text[-_LONGEST_GLUED:]
    if not (":" in behind or "：" in behind) or not is_counted(text) or not (labels := _GLUED_LABELS.search(tail)):
        return None
    starts = (found.end() for found in _GLUED_WORD.finditer(tail, 0, labels.start()))
    answer = next((tail[start:] for start in starts if names_answer(tail[start : labels.start()])), "")
    before = text[: -len(answer)] if answer else ""
    return (before.rstrip(), answer) if answer and not before.strip(" .)").isdigit() else None


def _a_bullet_each(line: Line, listed: re.Match[str]) -> Iterator[Line]:
    """The choices behind "Choices:" with a bullet each, parted by semicolons or, without any, by commas."""
    sign = ";" if ";" in listed["list"] else ","
    choices = [choice.strip() for choice in _split(listed["list"], sign)]
    if not _FEWEST_LISTED <= len(choices) <= _MOST_LISTED or not all(choices):
        yield line
        return
    yield line.with_text(listed["label"])
    yield from (line.with_text(f"- {choice}") for choice in choices)


def _split(text: str, sign: str) -> list[str]:
    """A text split at a sign, except inside brackets: ``[1, 2], (3, 4)`` are two choices."""
    pieces: list[list[str]] = [[]]
    depth = 0
    for part in _SIGNS.split(text):
        depth = max(depth + (part in _OPENING) - (part in _CLOSING), 0)
        if part == sign and not depth:
            pieces.append([])
        else:
            pieces[-1].append(part)
    return text.split(sign) if depth else ["".join(piece) for piece in pieces]


def _label_starts(text: str, above: str, below: str) -> list[int]:
    """Where the labels begin on a line with several choices; empty if it holds fewer than two.

    The labels must count up without a gap, all with the same sign. If they start with the first letter of an alphabet,
    three are enough anywhere, and two at the beginning of the line. If they are as far apart as columns, or the labels
    of the line above or below go on with theirs, any two are enough there.
    """
    labels = _labels(text)
    if len(labels) < _FEWEST_LABELS:
        return []
    begins_line = _begins_line(text, labels[0])
    in_columns = all(text[: label.start()].endswith(("  ", "\t", "\u3000")) for label in labels[1:])
    if begins_line and (in_columns or _go_on(labels, above, below)):
        needed = 2
    elif _is_first(labels[0]):
        needed = 2 if begins_line and (_sign(labels[0]) not in _WEAK or _are_truths(text, labels)) else 3
    else:
        return []
    return [label.start() for label in labels] if len(labels) >= needed else []


def _labels(text: str) -> list[re.Match[str]]:
    """The labels on a line that count up from the first letter of an alphabet, or from what begins the line."""
    if sum(map(text.count, _ENDS)) < _FEWEST_LABELS and (text.isascii() or "②" not in text):
        return []
    labels: list[re.Match[str]] = []
    for label in _LABEL.finditer(text):
        if not labels:
            if _is_first(label) or (positions_of(_letter(label)) and _begins_line(text, label)):
                labels = [label]
        elif _is_next(label, labels[-1]) and text[labels[-1].end() : label.start()].strip():
            labels.append(label)
    return labels


def _is_first(label: re.Match[str]) -> bool:
    """Whether a label is the first letter of an alphabet."""
    return any(at == 0 for _family, at in positions_of(_letter(label)))


def _is_next(label: re.Match[str], before: re.Match[str]) -> bool:
    """Whether a label has the letter behind another one's, and the same sign."""
    positions = dict(positions_of(_letter(before)))
    return _sign(label) == _sign(before) and any(
        positions.get(family) == at - 1 for family, at in positions_of(_letter(label))
    )


def _go_on(labels: Sequence[re.Match[str]], above: str, below: str) -> bool:
    """Whether the labels of a line follow several on the line above, or are followed by what begins the line below."""
    others = _labels(above) if len(above) <= LONGEST else []
    if len(others) > 1 and _begins_line(above, others[0]) and _is_next(labels[0], others[-1]):
        return True
    other = _LABEL.match(below.lstrip())
    return other is not None and _is_next(other, labels[-1])


def _are_truths(text: str, labels: Sequence[re.Match[str]]) -> bool:
    """Whether true stands behind one of two labels, and false behind the other: ``A.对 B.错``."""
    ends = [*(label.start() for label in labels[1:]), len(text)]
    told = [text[label.end() : end] for label, end in zip(labels, ends, strict=True)]
    return len(told) == _FEWEST_LABELS and {*map(truth_of, told)} == {True, False}


def _letter(label: re.Match[str]) -> str:
    return label["inside"] or label["label"] or label["circled"]


def _sign(label: re.Match[str]) -> str:
    return label["open"] or label["sign"] or ""


def _begins_line(text: str, label: re.Match[str]) -> bool:
    return not text[: label.start()].strip(" \t-*•")
