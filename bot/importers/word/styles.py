"""What text in a Word document looks like, by its own properties and those of its styles."""

import re
from collections.abc import Mapping

from bot.importers.documents.marking import RIGHT, STRUCK
from bot.importers.word.xml import Element, attribute, child, children, is_on, local, value

_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_LEAST_COLOUR = 0x40
"""How far apart the parts of a colour must be: text in black or grey isn't coloured."""
_CALLED_RIGHT = re.compile(
    r"(?<!in)(?<!not)(?<!not )correct|right ?answer|answer ?right|richtig|правильн|верн", re.IGNORECASE
)
_HEADING = re.compile(r"heading ([1-6])", re.IGNORECASE)
_MOST_ANCESTORS = 20
_NOTHING = {"auto", "FFFFFF", "ffffff", "none", "clear", "nil", ""}

Looks = Mapping[str, str]
"""By kind of formatting the name of the one that text has; empty for one that it is said not to have."""


class Styles:
    """The styles of a document, each resolved once."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {attribute(one, "styleId"): one for one in children(root, "style")}
        self._looks: dict[str, Looks] = {}

    def looks(self, paragraph: Element | None, run: Element | None) -> frozenset[str]:
        """The formattings of a run, by the properties of its paragraph and its own."""
        of_paragraph = value(paragraph, "pStyle") or ""
        resolved = {
            **self._of_style(of_paragraph),
            **_shading(paragraph),
            **self._of_style(value(run, "rStyle") or ""),
            **_direct(run),
        }
        return frozenset(look for look in resolved.values() if look)

    def heading(self, paragraph: Element | None) -> int:
        """How deep a heading a paragraph is, from 1; 0 if it is none."""
        style = self._styles.get(value(paragraph, "pStyle") or "")
        name = (value(style, "name") or "").strip() if style is not None else ""
        found = _HEADING.fullmatch(name)
        return int(found[1]) if found else int(name.lower() == "title")

    def numbering(self, paragraph: Element | None) -> Element | None:
        """The properties that put a paragraph into a list, its own or those of its style."""
        own = child(paragraph, "numPr")
        style = value(paragraph, "pStyle") or ""
        for _step in range(_MOST_ANCESTORS):
            if own is not None or style not in self._styles:
                break
            own = child(self._styles[style], "pPr", "numPr")
            style = value(self._styles[style], "basedOn") or ""
        return own

    def numbered_by(self, style: str) -> str:
        """The id of the list that a list style stands for; empty if there is none."""
        return value(self._styles.get(style), "pPr", "numPr", "numId") or ""

    def _of_style(self, style: str) -> Looks:
        if style not in self._looks:
            chain: list[Element] = []
            named = style
            while named in self._styles and len(chain) < _MOST_ANCESTORS:
                chain.append(self._styles[named])
                named = value(self._styles[named], "basedOn") or ""
            looks: dict[str, str] = {}
            for one in reversed(chain):
                looks |= {**_shading(child(one, "pPr")), **_direct(child(one, "rPr"))}
            if chain and _CALLED_RIGHT.search(value(chain[0], "name") or ""):
                looks["name"] = RIGHT
            self._looks[style] = looks
        return self._looks[style]


def _direct(run: Element | None) -> Looks:
    """The formattings that run properties say themselves."""
    looks: dict[str, str] = {}
    for one in run if run is not None else ():
        name, told = local(one), attribute(one, "val")
        match name:
            case "b":
                looks["bold"] = "bold" if is_on(told) else ""
            case "u":
                looks["underline"] = "underline" if is_on(told or "single") else ""
            case "strike" | "dstrike":
                looks[name] = STRUCK if is_on(told) else ""
            case "color":
                looks["colour"] = f"colour #{told.lower()}" if is_coloured(told) else ""
            case "highlight":
                looks["highlight"] = f"highlight {told}" if told not in _NOTHING else ""
            case "shd":
                looks["shade"] = _shade(one)
            case "vanish":
                looks["hidden"] = "hidden" if is_on(told) else ""
    return looks


def _shading(paragraph: Element | None) -> Looks:
    found = child(paragraph, "shd")
    return {} if found is None else {"shade": _shade(found)}


def _shade(element: Element) -> str:
    fill = attribute(element, "fill")
    return f"highlight #{fill.lower()}" if is_coloured(fill) else ""


def is_coloured(colour: str) -> bool:
    """Whether a colour in six hexadecimal digits is neither black, white nor grey."""
    if not _HEX.fullmatch(colour):
        return False
    parts = bytes.fromhex(colour)
    return max(parts) - min(parts) >= _LEAST_COLOUR
