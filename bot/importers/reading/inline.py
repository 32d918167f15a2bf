"""Splits choices that share a line, ``A) red B) green C) blue``, into a line each."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.importers.reading.lines import Line

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
_LONGEST_ANSWER = 40
_ANSWER_BEHIND = re.compile(
    r"\s*[(\[]\s*(?P<answer>(?:(?:correct\s)?answers?|ans|key)\s?[:=.]\s?[(\[]?[A-Za-z](?:\s?[,&]\s?[A-Za-z]){0,5})\s*[)\]]$",
    re.IGNORECASE,
)
"""The answer in brackets at the end of a stem or of its choices."""
_LABEL = re.compile(
    r"(?:(?<=\s)|^)(?:(?P<open>[(\[])(?P<inside>[A-Za-z])[)\]]|(?P<label>[A-Za-z])(?P<sign>[.):])|(?P<circled>[①-⑳]))(?=\s*\S)"
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
        if text[-1] in _CLOSING and not line.code and (behind := _ANSWER_BEHIND.search(text[-_LONGEST_ANSWER:])):
            yield from one_choice_a_line([line.with_text(text[: -len(behind[0])].rstrip())])
            yield line.with_text(behind["answer"])
            continue
        starts = _label_starts(text) if len(text) <= LONGEST else []
        if not starts:
            yield line
            continue
        bounds = [0, *starts, len(text)] if starts[0] else [*starts, len(text)]
        for start, end in pairwise(bounds):
            piece = text[start:end].rstrip()
            if piece.strip():
                yield line.with_text(piece)


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

    The labels must count up without a gap, all with the same sign. If they start with A, three are enough anywhere, and
    two at the beginning of the line. If they are as far apart as columns, any two are enough there.
    """
    ends = text.count(".") + text.count(")") + text.count(":") + text.count("]")
    if ends < _FEWEST_LABELS and (text.isascii() or "②" not in text):
        return []
    found = list(_LABEL.finditer(text))
    if len(found) < _FEWEST_LABELS:
        return []
    first = next(
        (position for position, label in enumerate(found) if _letter(label) in "Aa①" or _begins_line(text, label)), None
    )
    if first is None:
        return []
    chain = [found[first]]
    for label in found[first + 1 :]:
        is_next = ord(_letter(label)) == ord(_letter(chain[-1])) + 1 and _sign(label) == _sign(chain[0])
        if is_next and text[chain[-1].end() : label.start()].strip():
            chain.append(label)
    is_from_a, begins_line = _letter(chain[0]) in "Aa①", _begins_line(text, chain[0])
    if begins_line and all(text[: label.start()].endswith(("  ", "\t")) for label in chain[1:]):
        needed = 2
    elif is_from_a:
        needed = 2 if begins_line and _sign(chain[0]) not in {".", ":"} else 3
    else:
        return []
    return [label.start() for label in chain] if len(chain) >= needed else []


def _letter(label: re.Match[str]) -> str:
    return label["inside"] or label["label"] or label["circled"]


def _sign(label: re.Match[str]) -> str:
    return label["open"] or label["sign"] or ""


def _begins_line(text: str, label: re.Match[str]) -> bool:
    return not text[: label.start()].strip(" \t-*•")
