"""The process that paints people's own charts: it reads them from standard input, one by one, until that is closed."""

from collections.abc import Sequence
from typing import BinaryIO

from bot.apart.serving import serve
from bot.apart.wire import HEAD
from bot.domain.own_chart import OwnChart
from bot.rendering.charts.painting import paint


def answer(charts: Sequence[OwnChart], answers: BinaryIO) -> None:
    """Write the picture of the only chart to ``answers``."""
    (chart,) = charts
    painted = paint(chart)
    answers.write(HEAD.pack(len(painted)) + painted)


if __name__ == "__main__":
    serve(answer)
