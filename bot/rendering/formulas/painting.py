"""Paint formulas as a picture, each on a row of its own; slow on purpose-made ones, so run it in another process."""

from collections.abc import Sequence
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, tostring

from PIL import Image
from ziamath.config import config
from ziamath.zmath import Math

from bot.domain.formulas import LabelledFormula
from bot.rendering.formulas.mathml import formula_tree
from bot.rendering.formulas.outlines import Shape, painted, shapes

_SIZE = 44
"""The height of letters in pixels: twice what a screen shows, for sharp edges when it is enlarged."""
_MARGIN = 32
_GAP = 28
_WIDEST = 1_600
_HIGHEST = 4_000
_SMALLEST = 0.5
"""How far a wide formula may be scaled down; beyond that it would be illegible."""
_PAPER = "#ffffff"
_INK = "#1a1a1a"

config.svg2 = False  # outlines where they stand, rather than symbols that are used


def paint(formulas: Sequence[LabelledFormula]) -> bytes | None:
    """Paint formulas below each other as a PNG; None if none of them can be shown.

    A formula that can't be read, or is too large for the picture, is left out: its message has the source anyway.
    """
    masks: list[Image.Image] = []
    height = _MARGIN
    for formula in formulas:
        mask = _mask(formula)
        if mask is not None and height + mask.height + _MARGIN <= _HIGHEST:
            masks.append(mask)
            height += mask.height + _GAP
    if not masks:
        return None
    width = max(mask.width for mask in masks) + 2 * _MARGIN
    picture = Image.new("RGB", (width, height - _GAP + _MARGIN), _PAPER)
    top = _MARGIN
    for mask in masks:
        picture.paste(_INK, (_MARGIN, top), mask)
        top += mask.height + _GAP
    file = BytesIO()
    picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=16).save(file, "PNG", optimize=True)
    return file.getvalue()


def _mask(formula: LabelledFormula) -> Image.Image | None:
    tree = formula_tree(formula.source, displayed=True)
    if tree is None:
        return None
    try:
        math = Math(tostring(_labelled(tree, formula.label), encoding="unicode"), size=_SIZE)
        if not all(math.font.glyphindex(character) for text in tree.itertext() for character in text):
            return None
        drawn = math.svgxml()
        left, top, width, height = map(float, drawn.get("viewBox", "").split())
        scale = min(1.0, _WIDEST / width, _HIGHEST / 3 / height)
        outlines: list[Shape] = shapes(drawn)
    except Exception:  # noqa: BLE001 - whatever the library makes of a formula
        return None
    return painted(outlines, (left, top, width, height), scale) if scale >= _SMALLEST else None


def _labelled(tree: Element, label: str) -> Element:
    """Put a label before a formula, on the same line."""
    if not label:
        return tree
    root = Element("math", {"display": "block"})
    SubElement(root, "mtext").text = label
    SubElement(root, "mspace", {"width": "1em"})
    SubElement(root, "mrow").extend(list(tree))
    return root
