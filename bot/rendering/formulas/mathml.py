"""Turn a formula in TeX into MathML that is safe in a page: known elements with known attributes, and nothing else."""

import re
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.domain.formulas import LONGEST

_ELEMENTS = frozenset(
    {
        *("mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mpadded", "mphantom"),
        *("mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"),
        *("mtable", "mtr", "mtd"),
    }
)
"""What every browser of today draws. Others, such as what strikes a term out, would lose their meaning in some."""

_ATTRIBUTES = frozenset(
    {
        *("accent", "columnalign", "depth", "displaystyle", "fence", "form", "height", "largeop", "linethickness"),
        *("lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "rspace", "scriptlevel", "separator"),
        *("stretchy", "width"),
    }
)
_VALUE = re.compile(r"[a-z-]{1,30}|[+-]?\d|-?0?\.\d{1,3}em|\d(?:\.\d{1,3})?em")
"""A word, a digit, or a length below ten letters' width, so that no formula covers what stands around it."""

_PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
"""How many children an element must have, or browsers draw it as an error."""

_COMMAND = re.compile(r"\\[A-Za-z]")
_DEEPEST = 60
_REMEMBERED = 2048


@lru_cache(_REMEMBERED)
def mathml(source: str, *, displayed: bool) -> str | None:
    """Return a formula as MathML, with its source as the alternative text; None if it can't be read or is too long."""
    read = formula_tree(source, displayed=displayed)
    return None if read is None else tostring(read, encoding="unicode")


def formula_tree(source: str, *, displayed: bool) -> Element | None:
    """Return a formula as the root element of its MathML; None if it can't be read or is too long."""
    from latex2mathml.converter import convert_to_element  # noqa: PLC0415 - many questions have no formula

    if len(source) > LONGEST:
        return None
    display = "block" if displayed else "inline"
    try:
        read = convert_to_element(source.replace("{aligned}", "{split}"), display=display)
        root = Element("math", {"display": display, "alttext": source})
        _copy(read, root, 0)
    except Exception:  # noqa: BLE001 - the library raises errors of many kinds, and ours join them
        return None
    return root if "".join(root.itertext()).strip() else None  # nobody would see a formula of spaces


def _copy(read: Element, copied: Element, depth: int) -> None:
    """Copy what an element holds.

    Raises:
        ValueError: it holds something that isn't known, lacks a part, or is what the library left as it was.
    """
    copied.text = unescape(read.text or "")
    if depth > _DEEPEST or _COMMAND.search(copied.text) or (read.tag == "mi" and copied.text == "&"):
        raise ValueError(copied.text)
    for child in map(_ungrouped, read):
        if child.tag not in _ELEMENTS or child.get("linebreak"):
            raise ValueError(child.tag)
        known = {name: value for name, value in child.items() if name in _ATTRIBUTES and _VALUE.fullmatch(value)}
        _copy(child, SubElement(copied, child.tag, known), depth + 1)
    if len(copied) != _PARTS.get(copied.tag, len(copied)):
        raise ValueError(copied.tag)


def _ungrouped(element: Element) -> Element:
    """Return the only element of a group, because painting takes longer with each level."""
    while element.tag == "mrow" and len(element) == 1:
        element = element[0]
    return element
