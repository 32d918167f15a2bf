"""Choices written on one line, ``A) red B) green C) blue``, taken apart into a line each."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.importers.text import Line

LONGEST = 4000
"""A longer line is a paragraph: letters in it are prose."""

_LABEL = re.compile(
    r"(?:(?<=\s)|^)(?:(?P<open>[(\[])(?P<inside>[A-Za-z])[)\]]|(?P<label>[A-Za-z])(?P<sign>[.):]))(?=\s*\S)"
)


def one_choice_a_line(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines``, those that hold several choices split before each label; the pieces keep the line's number."""
    for line in lines:
        starts = _label_starts(line.text) if len(line.text) <= LONGEST else []
        if not starts:
            yield line
            continue
        bounds = [0, *starts, len(line.text)] if starts[0] else [*starts, len(line.text)]
        for start, end in pairwise(bounds):
            piece = line.text[start:end].rstrip()
            if piece.strip():
                yield line._replace(text=piece)


def _label_starts(text: str) -> list[int]:
    """Where the labels of choices begin that share the line; empty unless there are at least two (three in mid-line).

    The labels must count up from A without a gap, all with the same sign; a lone "A." inside a sentence is none.
    """
    if ")" not in text and "." not in text and ":" not in text and "]" not in text:
        return []
    starts: list[int] = []
    form = ""
    for found in _LABEL.finditer(text):
        label = found["inside"] or found["label"]
        if not starts:
            if label not in {"A", "a"}:
                continue
            form = found["open"] or found["sign"]
            first_is_upper = label == "A"
        elif ord(label) != ord("A" if first_is_upper else "a") + len(starts) or form != (
            found["open"] or found["sign"]
        ):
            continue
        starts.append(found.start())
    at_line_start = bool(starts) and not text[: starts[0]].strip(" \t-*•")
    needed = 2 if at_line_start and form not in {".", ":"} else 3
    return starts if len(starts) >= needed else []
