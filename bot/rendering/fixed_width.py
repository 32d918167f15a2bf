"""Text that lines up where letters have one width: tables and bars, for platforms that draw none themselves."""

import unicodedata
from collections.abc import Sequence

_BAR = 10


def bar(share: float) -> str:
    """A share from 0 to 1 as a bar, ten letters long."""
    full = round(share * _BAR)
    return "█" * full + "░" * (_BAR - full)


def aligned(rows: Sequence[Sequence[str]], *, figures_right: bool = False) -> str:
    """Rows of bare words as lines whose columns stand below each other.

    Args:
        rows: all of the same length, at least one.
        figures_right: cells that begin with a digit end their column, except in the first one.
    """
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            _padded(cell, width, right=figures_right and at > 0 and cell[:1].isdigit())
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _padded(text: str, width: int, *, right: bool) -> str:
    room = " " * (width - _width(text))
    return room + text if right else text + room


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)
