"""Sums that grow over time as lines: each has dashes of its own, and a number at its end that the table explains."""

from collections.abc import Sequence
from itertools import pairwise

from bot.rendering.charts import svg

MOST = 5
"""How many lines have dashes that differ."""

_WIDTH, _HEIGHT = 480, 220
_RIGHT = 28
_TOP = _BOTTOM = 10
_BETWEEN = 20
"""The least distance of two numbers, so that both can be read."""


def lines(rows: Sequence[Sequence[float]], label: str) -> str:
    """Return a line for each of up to `MOST` rows, from the first column to the last.

    Args:
        rows: the sums of each, oldest first; all rows are equally long.
        label: what a screen reader says in place of the lines.
    """
    rows = rows[:MOST]
    most = max((value for row in rows for value in row), default=0) or 1
    ends = spread([_y(row[-1], most) for row in rows])
    drawn = [
        svg.element("polyline", points=" ".join(points(row, most)), class_=f"line line-{number}")
        + svg.words(str(number), x=_WIDTH - _RIGHT + 8, y=end + 6, class_=f"end end-{number}")
        for number, (row, end) in enumerate(zip(rows, ends, strict=True), start=1)
    ]
    ground = svg.element("line", x1=0, x2=_WIDTH - _RIGHT, y1=_HEIGHT - _BOTTOM, y2=_HEIGHT - _BOTTOM, class_="ground")
    return svg.chart([ground, *drawn], width=_WIDTH, height=_HEIGHT, label=label)


def points(row: Sequence[float], most: float) -> list[str]:
    """Return where a line goes, as ``x,y``; ``most`` is the value at the top."""
    step = (_WIDTH - _RIGHT) / max(1, len(row) - 1)
    return [f"{position * step:g},{_y(value, most):g}" for position, value in enumerate(row)]


def spread(heights: Sequence[float]) -> list[float]:
    """Move heights apart, downwards from the top one, until none is nearer to the next than `_BETWEEN`.

    What would be below the chart then moves up again.
    """
    order = sorted(range(len(heights)), key=lambda number: heights[number])
    placed = list(heights)
    for above, below in pairwise(order):
        placed[below] = max(placed[below], placed[above] + _BETWEEN)
    lowest: float = _HEIGHT - _BOTTOM
    for number in reversed(order):
        placed[number] = min(placed[number], lowest)
        lowest = placed[number] - _BETWEEN
    return placed


def _y(value: float, most: float) -> float:
    return round(_HEIGHT - _BOTTOM - value / most * (_HEIGHT - _TOP - _BOTTOM), 1)
