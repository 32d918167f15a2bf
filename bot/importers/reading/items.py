"""Reads what an item of a list begins with: a bullet, a box, a letter or a number, in any script."""

import re
from typing import NamedTuple

from bot.importers.reading.labels import positions_of
from bot.importers.reading.marks import ChoiceMark, bullet, choice_mark
from bot.importers.reading.text import Line

_QUOTE = re.compile(r"^\s*(?:>\s?){1,4}")
_BOX = re.compile(r"^\[(?P<tick>[ xX✓✔]?)\]\s*(?P<rest>\S.*)$")
_OTHER_LABEL = re.compile(
    r"^(?:[-*•▪◦‣+·]\s+)?[(\[（【]?(?P<label>[^\W_]{1,3}|[^\w\s])(?P<close>\s?[)\].:．。、）】:：])?\s*(?P<rest>.*)$"
)
_ROMAN = frozenset("ivxIVX")
_TAB = 4


class Item(NamedTuple):
    """What a line begins with that makes it an item of a list.

    Attributes:
        style: ``letter``, ``number``, ``box`` or ``bullet``.
        places: for letters and numbers, each alphabet that the label is of, with its place there, from 0. Some signs
            stand in several alphabets.
        sign: the bullet; empty if there is none.
        mark: label, text and tick.
        indent: how far in the item stands, in columns.
    """

    style: str
    places: tuple[tuple[str, int], ...]
    sign: str
    mark: ChoiceMark
    indent: int


def item_of(line: Line) -> Item | None:
    """Return the item that a line begins; None if it begins none, or is code."""
    if line.code:
        return None
    text = line.text
    stripped = text.strip()
    if not stripped:
        return None
    if stripped[0] == ">":
        text = _QUOTE.sub("", text)
        stripped = text.strip()
        if not stripped:
            return None
    sign = stripped[0] if not stripped[0].isalnum() else ""
    indent = indent_of(text)
    listed = bullet(stripped) if sign or stripped[:2] == "o\t" else None
    if listed and listed[1] is not None:
        return _boxed(sign, listed[0], listed[1], indent)
    mark = choice_mark(stripped)
    if mark:
        style = "number" if mark.family == "number" else "letter"
        place = int(mark.label) - 1 if style == "number" else ord(mark.label.lower()) - ord("a")
        if style == "number" and (boxed := _BOX.match(mark.rest)):
            return _boxed(sign, boxed["rest"], boxed["tick"].strip() != "", indent)
        places = ((mark.family, place),)
        if style == "letter" and mark.label in _ROMAN:
            places = positions_of(mark.label)
        return Item(style, places, sign, mark, indent)
    if not stripped.isascii() and (other := _in_another_script(stripped)):
        mark, places = other
        return Item("letter", places, sign, mark, indent)
    return Item("bullet", (), sign, ChoiceMark("", "bullet", listed[0], ticked=False), indent) if listed else None


def _boxed(sign: str, text: str, ticked: bool, indent: int) -> Item:  # noqa: FBT001  # a tick is either there or not
    """The item behind a box; a letter behind the box is what counts it."""
    label = choice_mark(text)
    if label and label.family != "number":
        place = ord(label.label.lower()) - ord("a")
        return Item("letter", ((label.family, place),), sign, label._replace(ticked=ticked), indent)
    return Item("box", (), sign, ChoiceMark("", "box", text, ticked=ticked), indent)


def _in_another_script(text: str) -> tuple[ChoiceMark, tuple[tuple[str, int], ...]] | None:
    found = _OTHER_LABEL.match(text)
    if not found or found["label"].isascii():
        return None
    places = positions_of(found["label"])
    if not places or not (found["close"] or not found["label"].isalpha()):
        return None
    return ChoiceMark(found["label"], places[0][0], found["rest"].strip(), ticked=False), places


def indent_of(text: str) -> int:
    """How far in a text begins, in columns; a tab counts four."""
    bare = text.lstrip()
    return len(text[: len(text) - len(bare)].expandtabs(_TAB))
