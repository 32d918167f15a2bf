"""The lines and tables of a document, with what their formatting says and where a person finds them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.importers.reading.text import LINE_END

_MOST_OF_IT = 0.75
"""The share of a text's characters that a formatting must cover to be that of the whole text."""


class Family(StrEnum):
    """What a list puts before its items."""

    NONE = ""
    NUMBER = "number"
    LETTER = "letter"
    BULLET = "bullet"
    BOX = "box"


@dataclass(slots=True, kw_only=True)
class Piece:
    """One line of a document.

    Attributes:
        text: what it says, as Markdown, without what an automatic list puts before it; empty for a blank line.
        spot: where it stands, as the format counts that; it never gets smaller from piece to piece.
        family: what its list puts before it.
        label: that label, such as ``1.`` or ``B.``.
        looks: the names of the formattings that cover its text, such as ``bold``.
        is_code: whether it is a line of code, to be shown as it stands.
    """

    text: str
    spot: int
    family: Family = Family.NONE
    label: str = ""
    looks: frozenset[str] = frozenset()
    is_code: bool = False


@dataclass(slots=True, kw_only=True)
class Grid:
    """A table: its rows, of cells, of pieces."""

    rows: list[list[list[Piece]]]
    spot: int


Block = Piece | Grid
Span = tuple[str, frozenset[str]]
"""A text with the names of the formattings that it has."""


def looks_of(spans: Sequence[Span], label: int = 0) -> frozenset[str]:
    """The formattings that cover a line as a whole.

    Args:
        spans: the line in parts.
        label: how many characters at its beginning are the label of a choice, whose formatting doesn't count.
    """
    counts: dict[str, int] = {}
    total, at = 0, 0
    for text, looks in spans:
        own = len("".join(text[max(label - at, 0) :].split()))
        at += len(text)
        total += own
        for look in looks:
            counts[look] = counts.get(look, 0) + own
    return frozenset(look for look, count in counts.items() if count and count >= _MOST_OF_IT * total)


def split(spans: Sequence[Span], starts: Sequence[int]) -> list[list[Span]]:
    """Spans split before some of their characters, counted from 0 and in order."""
    parts: list[list[Span]] = [[]]
    waiting = [start for start in starts if start]
    at = 0
    for text, looks in spans:
        begin = 0
        while waiting and waiting[0] < at + len(text):
            end = waiting.pop(0) - at
            parts[-1].append((text[begin:end], looks))
            parts.append([])
            begin = end
        parts[-1].append((text[begin:], looks))
        at += len(text)
    return parts


def in_lines(spans: Iterable[Span]) -> list[list[Span]]:
    """Spans split where a line ends in them."""
    lines: list[list[Span]] = [[]]
    for text, looks in spans:
        first, *others = LINE_END.split(text)
        lines[-1].append((first, looks))
        lines += [[(other, looks)] for other in others]
    return lines
