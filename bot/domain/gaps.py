"""The gaps in a stem, each of which stands for a blank to fill in: three underscores or more."""

import re
from collections.abc import Sequence
from itertools import count

GAP = "____"
"""How gaps are kept, however long their author made them."""

_GAP = re.compile("_{3,}")
_CODE_OR_GAP = re.compile(r"(?P<code>(?<!`)(?P<fence>`+)(?!`).+?(?<!`)(?P=fence)(?!`))|_{3,}", re.DOTALL)


def count_gaps(stem: str) -> int:
    """Return how many gaps a stem has."""
    return len(_GAP.findall(stem))


def evened(stem: str) -> str:
    """Return a stem with all gaps of the same length."""
    return _GAP.sub(GAP, stem)


def shown_gaps(stem: str) -> str:
    """Return a stem, as Markdown, with its gaps as readers see them, numbered if there are several.

    A gap is written as code, in which no platform takes underscores for emphasis, unless it is inside code already.
    """
    blanks = count_gaps(stem)
    gaps = iter(range(blanks))
    runs = set(map(len, re.findall("`+", stem)))
    fence = "`" * next(length for length in count(1) if length not in runs)  # nothing else in the stem closes it

    def shown(written: str) -> str:
        return f"{written} {at_blank(next(gaps), blanks)}".rstrip()

    def replaced(found: re.Match[str]) -> str:
        if found["code"]:
            return _GAP.sub(lambda _gap: shown(GAP), found[0])
        before, after = stem[: found.start()][-1:], stem[found.end() :][:1]
        return "".join((" " * (before == "`"), shown(f"{fence}{GAP}{fence}"), " " * (after == "`")))

    return _CODE_OR_GAP.sub(replaced, stem)


def at_blank(blank: int, blanks: int, text: str = "") -> str:
    """Put the name of a blank, counted from 0, before a text: ``(2) Seine`` for blank 1; a lone blank needs no name."""
    return f"({blank + 1}) {text}".rstrip() if blanks > 1 else text


def numbered(texts: Sequence[str]) -> tuple[str, ...]:
    """Put the name of each blank before its text."""
    return tuple(at_blank(blank, len(texts), text) for blank, text in enumerate(texts))
