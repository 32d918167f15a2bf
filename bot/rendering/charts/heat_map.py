"""A calendar of days, darker the more was answered on each; the number stands in its square."""

from collections.abc import Sequence

from bot.rendering.charts import svg

LEVELS = (1, 3, 6, 10)
"""From how many answers on a day has each of the colours, palest first."""

_SIZE = 22
_GAP = 3
_NAMES = 34


def heat_map(days: Sequence[int], weekdays: Sequence[str], label: str) -> str:
    """Return the calendar of so many answers a day, from a Monday on, with a column for each week.

    Args:
        days: the answers of each day.
        weekdays: what to write before the seven rows, from Monday on.
        label: what a screen reader says in place of the calendar.
    """
    step = _SIZE + _GAP
    weeks = -(-len(days) // 7)
    names = [svg.words(name, x=0, y=row * step + 16, class_="name") for row, name in enumerate(weekdays)]
    squares = [
        _square(number, _NAMES + position // 7 * step, position % 7 * step) for position, number in enumerate(days)
    ]
    return svg.chart([*names, *squares], width=_NAMES + weeks * step - _GAP, height=7 * step - _GAP, label=label)


def level(number: int) -> int:
    """Return which colour a day with so many answers has; 0 without any."""
    return sum(number >= least for least in LEVELS)


def in_square(number: int) -> str:
    """Write how many answers a day had, short enough for its square."""
    return str(number) if number < 100 else "99+"


def _square(number: int, x: int, y: int) -> str:
    square = svg.element("rect", x=x, y=y, width=_SIZE, height=_SIZE, rx=4, class_=f"heat heat-{level(number)}")
    if not number:
        return square
    of_number = f"in-heat-{level(number)}"
    return square + svg.words(in_square(number), x=x + _SIZE / 2, y=y + 15, text_anchor="middle", class_=of_number)
