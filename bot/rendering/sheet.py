"""Paint a sheet: the pictures of a question's choices, each on white below its letter.

Unpacking purpose-made pictures takes hours, so do it in another process.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

from PIL import Image, ImageOps

from bot.domain.sheets import Tile
from bot.rendering.cards.canvas import Canvas
from bot.rendering.cards.fitting import fit, wrap
from bot.rendering.cards.palette import PALETTES, Theme
from bot.rendering.cards.shaping import Style

_WIDTH = 1080
_MARGIN = _GAP = 24
_INSET = 20
"""The space in pixels between a tile's edge and its content."""
_LETTER = Style(44, 700)
_HEAD = 76
"""The height in pixels of the strip with the letter."""
_WORDS = Style(30)
_WORDS_LINE = 40
_MOST_LINES = 6
_LARGER = 4
"""How many times larger a small picture may be painted."""
_KINDS = ("PNG", "JPEG", "GIF", "WEBP")
_COLOURS = PALETTES[Theme.LIGHT]
"""Diagrams are drawn for white paper, often on nothing, whatever theme the reader likes."""


def paint(tiles: Sequence[Tile]) -> bytes:
    """Paint the sheet as a PNG; the same tiles give the same bytes. It unpacks each picture, one after the other."""
    columns = next(columns for most, columns in ((1, 1), (4, 2), (9, 3), (len(tiles), 4)) if len(tiles) <= most)
    across = (_WIDTH - 2 * _MARGIN - (columns - 1) * _GAP) // columns
    rows = [[_content(tile, across - 2 * _INSET) for tile in row] for row in _rows(tiles, columns)]
    heights = [max(content.height for content in row) + _HEAD + _INSET for row in rows]
    canvas = Canvas(_WIDTH, 2 * _MARGIN + sum(heights) + (len(rows) - 1) * _GAP, _COLOURS.page)
    top = _MARGIN
    letters = iter(tiles)
    for row, height in zip(rows, heights, strict=True):
        for column, content in enumerate(row):
            left = _MARGIN + column * (across + _GAP)
            canvas.rounded((left, top, left + across, top + height), 20, _COLOURS.panel)
            canvas.text(fit(next(letters).letter, _LETTER, across), left + _INSET, top + 56, _COLOURS.accent)
            canvas.image.paste(content, (left + (across - content.width) // 2, top + _HEAD))
        top += height + _GAP
    return _png(canvas.image)


def _rows(tiles: Sequence[Tile], columns: int) -> Iterator[Sequence[Tile]]:
    return (tiles[start : start + columns] for start in range(0, len(tiles), columns))


def _content(tile: Tile, across: int) -> Image.Image:
    try:
        return _scaled(tile.data, across)
    except Exception:  # noqa: BLE001 - whatever a damaged picture makes of it: the other choices still have theirs
        return _words(tile.alt, across)


def _scaled(data: bytes, across: int) -> Image.Image:
    """Unpack a picture, the first one of an animation, and scale it into a square."""
    with Image.open(BytesIO(data), formats=_KINDS) as picture:
        picture.draft("RGB", (across, across))
        factor = min(across / picture.width, across / picture.height, _LARGER)
        size = max(1, round(picture.width * factor)), max(1, round(picture.height * factor))
        clear = picture.has_transparency_data
        small = picture.convert("RGBA" if clear else "RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
    shown = ImageOps.exif_transpose(small)  # as its camera was held
    if not clear:
        return shown
    paper = Image.new("RGB", shown.size, _COLOURS.panel)
    paper.paste(shown, mask=shown)
    return paper


def _words(text: str, across: int) -> Image.Image:
    lines = wrap(text, _WORDS, across, _MOST_LINES)
    canvas = Canvas(across, _WORDS_LINE * max(1, len(lines)), _COLOURS.panel)
    for number, line in enumerate(lines):
        x = across - line.width if line.right_to_left else 0
        canvas.text(line, x, number * _WORDS_LINE + _WORDS.size, _COLOURS.ink)
    return canvas.image


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", compress_level=3)  # half the time of the default, for 2 % more bytes
    return file.getvalue()
