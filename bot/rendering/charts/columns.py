"""Shares over time as columns: the higher, the more was right; weeks without an answer stay empty."""

from collections.abc import Sequence

from bot.domain.accuracy import Accuracy
from bot.rendering.charts import svg

_HEIGHT = 32
_WIDTH = 9
_GAP = 3
_LEAST = 2
"""How high a column without a right answer is: it differs from a week without answers."""


def columns(weeks: Sequence[Accuracy], label: str) -> str:
    """Return a column for each week; ``label`` is what a screen reader says in their place."""
    step = _WIDTH + _GAP
    width = len(weeks) * step - _GAP
    ground = svg.element("line", x1=0, x2=width, y1=_HEIGHT + 0.5, y2=_HEIGHT + 0.5, class_="ground")
    drawn = [
        svg.element("rect", x=position * step, y=_HEIGHT - height, width=_WIDTH, height=height, class_="column")
        for position, height in enumerate(map(height_of, weeks))
        if height
    ]
    return svg.chart([*drawn, ground], width=width, height=_HEIGHT + 1, label=label)


def height_of(week: Accuracy) -> float:
    """Return how high the column of a week is; 0: there is none."""
    return max(_LEAST, float(week.share * _HEIGHT)) if week.answered else 0
