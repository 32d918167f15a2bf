"""Finds the headers and footers of a PDF's pages: lines at their edges that recur, but for numbers in them."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from bot.importers.documents.groups import is_answer
from bot.importers.documents.labels import typed_label

_DIGITS = re.compile(r"\d{1,9}")
_NUMBER = re.compile(r"\W{0,3}\d{1,9}\W{0,3}")
_AT_EDGE = 2
"""How many lines at the top and at the bottom of a page may be furniture."""
_FEWEST_PAGES = 3
_RECURRING = 0.3
"""The share of pages on which a line recurs; left and right pages may have different ones."""
_MOSTLY = 0.8
_LONGEST = 160


def furniture(pages: Sequence[Sequence[str]]) -> dict[tuple[int, int], str]:
    """The lines that are furniture, by page and line counted from 0."""
    seen: dict[tuple[bool, str], list[tuple[int, int]]] = defaultdict(list)
    for number, lines in enumerate(pages):
        filled = [at for at, line in enumerate(lines) if line and len(line) <= _LONGEST]
        edges = {**dict.fromkeys(filled[:_AT_EDGE], True), **dict.fromkeys(filled[-_AT_EDGE:], False)}
        for at, is_above in edges.items():
            seen[is_above, _DIGITS.sub("#", lines[at].casefold())].append((number, at))
    needed = max(_FEWEST_PAGES, _RECURRING * len(pages))
    return {
        (number, at): pages[number][at]
        for (_above, text), spots in seen.items()
        if len({number for number, _at in spots}) >= needed and (text != "#" or _are_pages(pages, spots))
        for number, at in spots
        if not _is_content(pages[number][at])
    }


def _is_content(text: str) -> bool:
    """Whether a line is part of a question: a stem, a choice behind its letter, or a key."""
    label = typed_label(text)
    return text.endswith(("?", "___")) or is_answer(text) or bool(label and not _NUMBER.fullmatch(text))


def _are_pages(pages: Sequence[Sequence[str]], spots: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers alone on their lines are those of pages: they count up with them."""
    steps = Counter(int(_DIGITS.findall(pages[number][at])[0]) - number for number, at in spots)
    return steps.most_common(1)[0][1] >= _MOSTLY * len(spots)
