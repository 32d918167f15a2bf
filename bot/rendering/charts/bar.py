"""A part of a whole as a bar; the number stands beside it."""

from bot.rendering.charts import svg

_WIDTH, _HEIGHT = 120, 10


def bar(part: int, whole: int) -> str:
    """Return a bar that is filled as far as ``part`` is of ``whole``; screen readers pass over it."""
    filled = _WIDTH * part / whole if whole else 0
    inside = [svg.element("rect", width=_WIDTH, height=_HEIGHT, rx=4)]
    if filled:
        inside.append(svg.element("rect", width=filled, height=_HEIGHT, rx=4, class_="part"))
    box = f"0 0 {_WIDTH} {_HEIGHT}"
    return svg.element(
        "svg", "".join(inside), class_="chart shares", viewBox=box, width=_WIDTH, height=_HEIGHT, aria_hidden="true"
    )
