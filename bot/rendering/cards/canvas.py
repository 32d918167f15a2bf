"""Paint lines of text and a few shapes on a picture, with smooth edges."""

from functools import lru_cache
from itertools import groupby

import uharfbuzz as hb
from PIL import Image, ImageDraw

from bot.rendering.cards.fonts import sized
from bot.rendering.cards.palette import Colour
from bot.rendering.cards.shaping import Glyph, Line

_FINE = 4
"""How many times larger corners are painted, before they are scaled down."""


class Canvas:
    """A picture under construction."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.image = Image.new("RGB", (width, height), ground)

    def text(self, line: Line, x: int, baseline: int, colour: Colour) -> None:
        """Write ``line`` from ``x`` on."""
        for coloured, group in groupby(line.glyphs, key=lambda glyph: glyph.typeface.is_coloured):
            if coloured:
                for glyph in group:
                    self._emoji(glyph, line, x, baseline)
            else:
                self._outlines(list(group), line, x, baseline, colour)

    def rounded(self, box: tuple[int, int, int, int], radius: int, colour: Colour) -> None:
        """Fill a box with round corners."""
        left, top, right, bottom = box
        radius = min(radius, (right - left) // 2, (bottom - top) // 2)
        self.image.paste(colour, (left + radius, top, right - radius, bottom))
        self.image.paste(colour, (left, top + radius, right, bottom - radius))
        corner = _corner(radius)
        for x, y, turn in (
            (left, top, None),
            (right - radius, top, Image.Transpose.FLIP_LEFT_RIGHT),
            (left, bottom - radius, Image.Transpose.FLIP_TOP_BOTTOM),
            (right - radius, bottom - radius, Image.Transpose.ROTATE_180),
        ):
            self.image.paste(colour, (x, y), corner if turn is None else corner.transpose(turn))

    def hairline(self, left: int, right: int, y: int, colour: Colour) -> None:
        """Paint a thin horizontal line."""
        self.image.paste(colour, (left, y, right, y + 2))

    def _outlines(self, glyphs: list[Glyph], line: Line, x: int, baseline: int, colour: Colour) -> None:
        raster = hb.RasterDraw()
        for glyph in glyphs:
            raster.transform = (1 / 64, 0, 0, 1 / 64, glyph.x / 64, glyph.y / 64)
            raster.draw_glyph(sized(glyph.typeface, line.style.size, line.style.weight), glyph.number)
        shown = raster.render()
        extents = shown.extents
        if not extents.width or not extents.height:
            return
        size = extents.width, extents.height
        mask = Image.frombuffer("L", size, bytes(shown.buffer), "raw", "L", extents.stride, -1)
        self.image.paste(colour, (x + extents.x_origin, baseline - extents.y_origin - extents.height), mask)

    def _emoji(self, glyph: Glyph, line: Line, x: int, baseline: int) -> None:
        side = line.style.size * 2
        origin = -line.style.size // 2
        paint = hb.RasterPaint()
        paint.extents = hb.RasterExtents(origin, origin, side, side, side * 4)
        paint.transform = (1 / 64, 0, 0, 1 / 64, 0, 0)
        paint.paint_glyph(sized(glyph.typeface, line.style.size, line.style.weight), glyph.number)
        shown = paint.render()
        picture = Image.frombuffer("RGBA", (side, side), bytes(shown.buffer), "raw", "BGRa", shown.extents.stride, -1)
        left, bottom = x + glyph.x // 64 + origin, baseline - glyph.y // 64 - origin
        self.image.paste(picture, (left, bottom - side), picture)


@lru_cache(maxsize=16)
def _corner(radius: int) -> Image.Image:
    """Return the upper left quarter of a disc as a mask; it is cached, so don't change it."""
    large = Image.new("L", (radius * _FINE, radius * _FINE), 0)
    across = radius * _FINE * 2 - 1
    ImageDraw.Draw(large).ellipse((0, 0, across, across), fill=255)
    return large.resize((radius, radius), Image.Resampling.BOX) if radius else large
