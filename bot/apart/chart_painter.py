"""The process that paints people's own charts: it reads them from standard input, one by one, until that is closed."""

from collections.abc import Sequence

from bot.apart.serving import serve_pictures
from bot.domain.own_chart import OwnChart
from bot.rendering.charts.painting import paint


def paint_one(charts: Sequence[OwnChart]) -> bytes:
    """Paint the only chart."""
    (chart,) = charts
    return paint(chart)


if __name__ == "__main__":
    serve_pictures(paint_one)
