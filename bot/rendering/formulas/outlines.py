"""Fill the outlines of a formula: Pillow reads no SVG, and what a formula consists of is little."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from PIL import Image, ImageDraw

Point = tuple[float, float]
Contour = list[Point]

_FINE = 4
"""How many times larger a formula is painted, before it is scaled down."""
_STEPS = 6
"""The lines that make up a curve; a glyph's curves are short."""

_PART = re.compile(r"[A-Z]|-?\d+(?:\.\d+)?(?:e-?\d+)?")


@dataclass(frozen=True, slots=True)
class Shape:
    """The contours of one glyph or line, in the units of the SVG."""

    contours: Sequence[Contour]


def shapes(svg: Element) -> list[Shape]:
    """Return the shapes of an SVG that consists of filled paths and boxes.

    Raises:
        ValueError: it has something else.
    """
    found = []
    for element in svg:
        match element.tag.rpartition("}")[2]:
            case "path":
                found.append(Shape(_contours(element.get("d", ""))))
            case "rect":
                x, y, width, height = (float(element.get(name, "0")) for name in ("x", "y", "width", "height"))
                found.append(Shape([[(x, y), (x + width, y), (x + width, y + height), (x, y + height)]]))
            case "g":
                found += shapes(element)
            case other:
                raise ValueError(other)
        if element.get("transform") or element.get("stroke"):
            raise ValueError("only what is filled where it stands")
    return found


def painted(drawn: Sequence[Shape], box: tuple[float, float, float, float], scale: float) -> Image.Image:
    """Paint shapes as a mask with smooth edges; ``box`` is their left, top, width and height."""
    left, top, width, height = box
    size = max(1, round(width * scale)), max(1, round(height * scale))
    fine = Image.new("L", (size[0] * _FINE, size[1] * _FINE), 0)
    brush, factor = ImageDraw.Draw(fine), scale * _FINE
    for shape in drawn:
        scaled = [[((x - left) * factor, (y - top) * factor) for x, y in one] for one in shape.contours if len(one) > 2]
        # From the outside in, a hole winds the other way round than the outermost contour.
        scaled.sort(key=lambda one: -abs(_area(one)))
        for contour in scaled:
            brush.polygon(contour, fill=255 if (_area(contour) > 0) == (_area(scaled[0]) > 0) else 0)
    return fine.resize(size, Image.Resampling.BOX)


def _contours(path: str) -> list[Contour]:
    """Return the contours of a path in absolute coordinates: ``M``, ``L``, ``Q``, ``C`` and ``Z``."""
    contours: list[Contour] = []
    parts = _PART.findall(path)
    at = 0
    while at < len(parts):
        command, count = parts[at], {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}[parts[at]]
        numbers = list(map(float, parts[at + 1 : at + 1 + count]))
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        at += 1 + count
        if command == "M":
            contours.append(points)
        elif points:
            contours[-1] += points if command == "L" else _curve([contours[-1][-1], *points])
    return contours


def _curve(controls: list[Point]) -> list[Point]:
    """Return points on a Bézier curve, without its first."""
    return [_point(controls, step / _STEPS) for step in range(1, _STEPS + 1)]


def _point(controls: list[Point], t: float) -> Point:
    while len(controls) > 1:
        controls = [(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in pairwise(controls)]
    return controls[0]


def _area(contour: Contour) -> float:
    """Return twice the area inside a contour; its sign says which way round the contour goes."""
    return sum(a * d - b * c for (a, b), (c, d) in zip(contour, contour[1:] + contour[:1], strict=True))
