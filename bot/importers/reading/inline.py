"""Splits choices that share a line, ``A) red B) green C) blue``, into a line each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bot.importers.reading.answering import names_answer
from bot.importers.reading.labels import positions_of
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import is_counted, key_text
from bot.importers.reading.words import truth_of

LONGEST = 4000
"""A line with more characters than this is a paragraph: letters in it are prose."""

_LISTED = re.compile(
    r"^\s*(?:[-*•]\s+)?(?:\*\*)?(?P<label>(?:answer\s)?(?:choices|options):)(?:\*\*)?\s*(?P<list>[^;,]+[;,].+)$",
    re.IGNORECASE,
)
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
    for line in lines:
        text = line.text
        if not text:
            yield line
            continue
        if ":" in text[:20] and not line.code and (listed := _LISTED.match(text)):
            yield from _a_bullet_each(line, listed)
            continue
        if not line.code and (behind := _answer_behind(text)):
            before, answer = behind
            yield from one_choice_a_line([line.with_text(before.rstrip())])
            yield line.with_text(answer)
            continue
        starts = _label_starts(text) if len(text) <= LONGEST else []
        if not starts:
            yield line
            continue
        bounds = [0, *starts, len(text)] if starts[0] else [*starts, len(text)]
        for start, end in pairwise(bounds):
            piece = text[start:end].rstrip(_BETWEEN)
            if piece.strip():
                yield line.with_text(piece)


def _answer_behind(text: str) -> tuple[str, str] | None:
    """What stands before the answer that ends a line, and that answer.

    It is in brackets, or without any behind a choice, but not behind a number alone.
    """
    tail = text[-_LONGEST_ANSWER:]
    if text[-1:] in _CLOSING and (found := _ANSWER_BEHIND.search(tail)) and key_text(found["answer"]):
        return text[: -len(found[0])], found["answer"]
    behind = text[-_LONGEST_GLUED:]
    if not (":" in behind or "：" in behind) or not is_counted(text) or not (labels := _GLUED_LABELS.search(tail)):
        return None
    starts = (found.end() for found in _GLUED_WORD.finditer(tail, 0, labels.start()))
    answer = next((tail[start:] for start in starts if names_answer(tail[start : labels.start()])), "")
    before = text[: -len(answer)] if answer else ""
    return (before, answer) if answer and not before.strip(" .)").isdigit() else None


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


def _label_starts(text: str) -> list[int]:
    """Where the labels begin on a line with several choices; empty if it holds fewer than two.

    The labels must count up without a gap, all with the same sign. If they start with the first letter of an alphabet,
    three are enough anywhere, and two at the beginning of the line. If they are as far apart as columns, any two are
    enough there.
    """
    if sum(map(text.count, _ENDS)) < _FEWEST_LABELS and (text.isascii() or "②" not in text):
        return []
    found = list(_LABEL.finditer(text))
    if len(found) < _FEWEST_LABELS:
        return []
    chain: list[re.Match[str]] = []
    alphabets: dict[str, int] = {}
    from_first = False
    for label in found:
        positions = dict(positions_of(_letter(label)))
        if not chain:
            from_first = 0 in positions.values()
            if positions and (from_first or _begins_line(text, label)):
                chain, alphabets = [label], positions
            continue
        followed = {family: at for family, at in positions.items() if alphabets.get(family) == at - 1}
        if followed and _sign(label) == _sign(chain[0]) and text[chain[-1].end() : label.start()].strip():
            chain.append(label)
            alphabets = followed
    if not chain:
        return []
    begins_line = _begins_line(text, chain[0])
    if begins_line and all(text[: label.start()].endswith(("  ", "\t", "\u3000")) for label in chain[1:]):
        needed = 2
    elif from_first:
        needed = 2 if begins_line and (_sign(chain[0]) not in _WEAK or _are_truths(text, chain)) else 3
    else:
        return []
    return [label.start() for label in chain] if len(chain) >= needed else []


def _are_truths(text: str, chain: Sequence[re.Match[str]]) -> bool:
    """Whether true stands behind one of two labels, and false behind the other: ``A.对 B.错``."""
    ends = [*(label.start() for label in chain[1:]), len(text)]
    told = [text[label.end() : end] for label, end in zip(chain, ends, strict=True)]
    return len(told) == _FEWEST_LABELS and {*map(truth_of, told)} == {True, False}


def _letter(label: re.Match[str]) -> str:
    return label["inside"] or label["label"] or label["circled"]


def _sign(label: re.Match[str]) -> str:
    return label["open"] or label["sign"] or ""


def _begins_line(text: str, label: re.Match[str]) -> bool:
    return not text[: label.start()].strip(" \t-*•")
