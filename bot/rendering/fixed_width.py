"""Tables and bars made of text in a fixed-width font, for platforms that have none themselves."""

import unicodedata
from collections.abc import Sequence

_BAR = 10


def bar(share: float) -> str:
    """Show a share from 0 to 1 as a bar of ten characters."""
    full = round(share * _BAR)
    return "█" * full + "░" * (_BAR - full)


def aligned(rows: Sequence[Sequence[str]], *, figures_right: bool = False) -> str:
    """Lay out rows of plain text so that their columns line up.

    Args:
        rows: all of the same length, at least one.
        figures_right: align cells that begin with a digit to the right, except in the first column.
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
