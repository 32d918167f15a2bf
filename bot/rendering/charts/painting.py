"""Paint somebody's own chart as a PNG for a chat, in the style of a card.

Their page in the room draws the same numbers as SVG, and its modules decide a day's colour and a column's height.
"""

from collections.abc import Sequence
from io import BytesIO

from bot.domain.accuracy import Accuracy
from bot.domain.own_chart import MOST_TOPICS, OwnChart, TopicLine
from bot.rendering.cards.canvas import Canvas
from bot.rendering.cards.fitting import fit
from bot.rendering.cards.palette import PALETTES, Colour, Palette, Theme
from bot.rendering.cards.shaping import Style
from bot.rendering.charts.columns import height_of
from bot.rendering.charts.heat_map import in_square, level

WIDTH = 1080
_MARGIN = 36
_INSET = 32
_LEFT, _RIGHT = _MARGIN + _INSET, WIDTH - _MARGIN - _INSET
_GAP = 24
_TITLE = Style(60, 700)
_HEAD = Style(27, 600)
_NAME = Style(34, 600)
_SMALL = Style(26)
_NUMBER = Style(26, 600)

_NAMES = 100
"""How wide the names of the weekdays may be."""
_BETWEEN = 8
"""The gap between squares."""
_ROW = 100
_LARGER = 2
"""How many times larger columns are than on a page."""
_COLUMN, _STEP = 16, 22
_SHADES = (0, 20, 35, 85, 100)
"""How much of the accent colour each level has, in percent; from the level `_DARK` on, its number is light."""
_DARK = 3


def paint(chart: OwnChart) -> bytes:
    """Paint the chart as a PNG; the same chart gives the same bytes. It takes some 50 milliseconds of work."""
    palette = PALETTES[Theme(chart.theme)]
    weeks = -(-len(chart.days) // 7)
    step = (_RIGHT - _LEFT - _NAMES + _BETWEEN) // weeks
    topics = chart.topics[:MOST_TOPICS]
    top = 170
    calendar = 84 + 7 * step + _INSET - _BETWEEN
    table = 84 + _ROW * len(topics) + 12 if topics else -_GAP
    canvas = Canvas(WIDTH, top + calendar + _GAP + table + _MARGIN, palette.page)
    canvas.rounded((_LEFT, 40, _LEFT + 96, 50), 5, palette.accent)
    canvas.text(fit(chart.title, _TITLE, _RIGHT - _LEFT), _LEFT, 126, palette.ink)
    _panel(canvas, palette, chart.days_title, top, calendar)
    _calendar(canvas, palette, chart, top + 84, step)
    if topics:
        top += calendar + _GAP
        _panel(canvas, palette, chart.topics_title, top, table)
        for number, topic in enumerate(topics):
            _topic(canvas, palette, topic, top + 84 + number * _ROW)
    file = BytesIO()
    canvas.image.save(file, "PNG", compress_level=3)
    return file.getvalue()


def shade(palette: Palette, of_level: int) -> tuple[Colour, Colour]:
    """Return the colours of a square and of the number in it, by the level of its day."""
    if not of_level:
        return palette.rule, palette.muted
    red, green, blue = (
        (ground * (100 - _SHADES[of_level]) + accent * _SHADES[of_level]) // 100
        for ground, accent in zip(palette.panel, palette.accent, strict=True)
    )
    return (red, green, blue), palette.panel if of_level >= _DARK else palette.ink


def _panel(canvas: Canvas, palette: Palette, title: str, top: int, height: int) -> None:
    canvas.rounded((_MARGIN, top, WIDTH - _MARGIN, top + height), 28, palette.panel)
    canvas.text(fit(title, _HEAD, _RIGHT - _LEFT), _LEFT, top + 54, palette.ink)


def _calendar(canvas: Canvas, palette: Palette, chart: OwnChart, top: int, step: int) -> None:
    side = step - _BETWEEN
    for row, name in enumerate(chart.weekdays):
        canvas.text(fit(name, _SMALL, _NAMES - 12), _LEFT, top + row * step + side // 2 + 9, palette.muted)
    for position, number in enumerate(chart.days):
        column, row = divmod(position, 7)
        x, y = _LEFT + _NAMES + column * step, top + row * step
        ground, ink = shade(palette, level(number))
        canvas.rounded((x, y, x + side, y + side), 10, ground)
        if number:
            written = fit(in_square(number), _NUMBER, side)
            canvas.text(written, x + (side - written.width) // 2, y + side // 2 + 9, ink)


def _topic(canvas: Canvas, palette: Palette, topic: TopicLine, top: int) -> None:
    canvas.hairline(_LEFT, _RIGHT, top, palette.rule)
    left = _RIGHT - _STEP * (len(topic.weeks) - 1) - _COLUMN
    room = left - _LEFT - _GAP
    canvas.text(fit(topic.name, _NAME, room), _LEFT, top + 46, palette.ink)
    canvas.text(fit(topic.right, _SMALL, room), _LEFT, top + 82, palette.muted)
    _columns(canvas, palette, topic.weeks, left, top + _ROW - 14)


def _columns(canvas: Canvas, palette: Palette, weeks: Sequence[Accuracy], left: int, ground: int) -> None:
    for number, week in enumerate(weeks):
        if height := round(height_of(week) * _LARGER):
            x = left + number * _STEP
            canvas.rounded((x, ground - height, x + _COLUMN, ground), 3, palette.accent)
    canvas.hairline(left, _RIGHT, ground, palette.muted)
