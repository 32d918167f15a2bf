"""What an element of a page looks like: bold, coloured, highlighted, underlined, struck, or called right."""

import re
from collections.abc import Mapping

from bot.importers.documents.marking import RIGHT, STRUCK

_TAGS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    "u": "underline",
    "mark": "highlight yellow",
    **dict.fromkeys(("s", "strike", "del"), STRUCK),
}
_RIGHT_CLASSES = frozenset(
    {
        "correct",
        "right-answer",
        "correct-answer",
        "correctanswer",
        "is-correct",
        "answer-correct",
        "iscorrect",
        "rightanswer",
    }
)
_TRUE = frozenset({"true", "1", "yes", "correct", "right"})
_STYLE = re.compile(r"(?:^|;)\s{0,20}(?P<name>[a-z-]{1,40})\s{0,9}:\s{0,9}(?P<value>[^;]{1,100})")
_RGB = re.compile(r"rgba?\(\s{0,3}(\d{1,3})\s{0,3},\s{0,3}(\d{1,3})\s{0,3},\s{0,3}(\d{1,3})\b")
_HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})")
_LEAST_COLOUR = 0x40
_PLAIN = frozenset(
    {
        "black",
        "white",
        "gray",
        "grey",
        "silver",
        "darkgray",
        "darkgrey",
        "dimgray",
        "inherit",
        "initial",
        "transparent",
        "currentcolor",
    }
)
_LONGEST_STYLE = 2000


def looks_of_tag(tag: str, attributes: Mapping[str, str]) -> frozenset[str]:
    """The formattings that an element gives to what is in it."""
    looks = {_TAGS[tag]} if tag in _TAGS else set()
    if not attributes:
        return frozenset(looks)
    classes = attributes.get("class", "").lower().split()
    if _RIGHT_CLASSES.intersection(classes) or any(
        attributes.get(name, "").lower() in _TRUE for name in ("data-correct", "data-is-correct", "data-right")
    ):
        looks.add(RIGHT)
    if tag == "font" and (colour := _colour(attributes.get("color", ""))):
        looks.add(f"colour {colour}")
    for found in _STYLE.finditer(attributes.get("style", "")[:_LONGEST_STYLE].lower()):
        looks |= _of_style(found["name"], found["value"].strip())
    return frozenset(looks)


def _of_style(name: str, value: str) -> set[str]:
    if name == "color" and (colour := _colour(value)):
        return {f"colour {colour}"}
    if name in {"background", "background-color"} and (colour := _colour(value)):
        return {f"highlight {colour}"}
    if name == "font-weight" and (value.startswith("bold") or value in {"600", "700", "800", "900"}):
        return {"bold"}
    if name.startswith("text-decoration"):
        return {"underline"} if "underline" in value else {STRUCK} if "line-through" in value else set()
    return set()


def _colour(value: str) -> str:
    """The name of a colour; empty for black, white and grey, and for what is none."""
    value = value.strip().lower().removesuffix("!important").strip()
    if found := _RGB.match(value):
        parts = [min(int(part), 255) for part in found.groups()]
    elif found := _HEX.fullmatch(value):
        digits = found[0][1:] if len(found[0]) == 7 else "".join(2 * digit for digit in found[0][1:])
        parts = [*bytes.fromhex(digits)]
    else:
        return value if value.isalpha() and value not in _PLAIN else ""
    return "#" + bytes(parts).hex() if max(parts) - min(parts) >= _LEAST_COLOUR else ""
