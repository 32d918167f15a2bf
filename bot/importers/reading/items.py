"""Reads what an item of a list begins with: a bullet, a box, a letter or a number, in any script."""

import re
from functools import lru_cache
from typing import NamedTuple

from bot.importers.reading.labels import positions_of
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import KEPT, ChoiceMark, bullet, choice_mark

_QUOTE = re.compile(r"^\s*(?:>\s?){1,4}")
_BOX = re.compile(r"^\[(?P<tick>[ xX✓✔]?)\]\s*(?P<rest>\S.*)$")
_OTHER_LABEL = re.compile(
    r"^(?:[-*•▪◦‣+·]\s+)?[(\[（【]?(?P<label>\d\ufe0f?\u20e3|[^\W_]{1,3}|[^\w\s])\ufe0f?(?P<close>\s?[)\].:．。、）】:：]|\s?[-–—](?=\s)|(?<=[ア-ン])\s)?\s*(?P<rest>.*)$"
)
_ROMAN = frozenset("ivxIVX")
_TAB = 4
_TWICE = 2


class Item(NamedTuple):
    """What a line begins with that makes it an item of a list.

    Attributes:
        style: ``letter``, ``number``, ``box`` or ``bullet``.
        positions: for letters and numbers, each alphabet that the label is of, with its position there. Some signs
            stand in several alphabets.
        sign: the bullet; empty if there is none.
        mark: label, text and tick.
        indent: how far in the item stands, in columns.
    """

    style: str
    positions: tuple[tuple[str, int], ...]
    sign: str
    mark: ChoiceMark
    indent: int = 0


def item_of(line: Line) -> Item | None:
    """Return the item that a line begins; None if it begins none, or is code."""
    text = line.text
    if not text or line.code:
        return None
    stripped = text.strip()
    if stripped[:1] == ">":
        text = _QUOTE.sub("", text)
        stripped = text.strip()
    item = _item(stripped)
    return Item(*item[:-1], indent_of(text)) if item and text[:1].isspace() else item


@lru_cache(KEPT)
def _item(text: str) -> Item | None:
    """The item that a text begins which stands at the margin."""
    if not text:
        return None
    sign = text[0] if not text[0].isalnum() else ""
    listed = bullet(text) if sign or text[:2] == "o\t" else None
    if listed and listed[1] is not None:
        return _boxed(sign, listed[0], ticked=listed[1])
    labelled = _labelled(sign, text)
    if labelled or not listed:
        return labelled
    return Item("bullet", (), sign, ChoiceMark("", "bullet", listed[0], ticked=False))


def _labelled(sign: str, text: str) -> Item | None:
    """The item behind a letter or a number."""
    mark = choice_mark(text)
    if mark is None:
        other = _in_another_script(text) if not text.isascii() or text[:1] in "ivx([" else None
        return Item("letter", other[1], sign, other[0]) if other else None
    if mark.family == "number":
        if boxed := _BOX.match(mark.rest):
            return _boxed(sign, boxed["rest"], ticked=boxed["tick"].strip() != "")
        return Item("number", (("number", int(mark.label) - 1),), sign, mark)
    return Item("letter", _positions(mark), sign, mark)


def _positions(mark: ChoiceMark) -> tuple[tuple[str, int], ...]:
    if mark.family == "answer":
        return (("answer", int(mark.label[1:]) - 1),)
    if mark.family == "option":
        return (("option", int(mark.label) - 1),)
    if mark.label in _ROMAN or not mark.label.isascii():
        return positions_of(mark.label)
    return ((mark.family, ord(mark.label.lower()) - ord("a")),)


def _boxed(sign: str, text: str, *, ticked: bool) -> Item:
    """The item behind a box; a letter behind the box is what counts it."""
    label = choice_mark(text)
    if label and label.family != "number":
        return Item("letter", _positions(label), sign, label._replace(ticked=ticked))
    return Item("box", (), sign, ChoiceMark("", "box", text, ticked=ticked))


def boxed(line: Line, item: Item) -> Item:
    """Return a lettered item that has a box as an item marked by the box alone, with the letter in its text."""
    found = bullet(_QUOTE.sub("", line.text))
    if not found or found[1] is None:
        return item
    return Item("box", (), item.sign, ChoiceMark("", "box", found[0], ticked=found[1]), item.indent)


def _in_another_script(text: str) -> tuple[ChoiceMark, tuple[tuple[str, int], ...]] | None:
    is_bold = text[:2] == "**" and text.endswith("**") and text.count("**") == _TWICE
    found = _OTHER_LABEL.match(text[2:-2] if is_bold else text)
    if not found or (found["label"].isascii() and not (_ROMAN.issuperset(found["label"]) and found["close"])):
        return None
    positions = positions_of(found["label"])
    if not positions or not (found["close"] or not found["label"].isalpha()):
        return None
    rest = found["rest"].strip()
    return ChoiceMark(found["label"], positions[0][0], rest, ticked=is_bold, typographic=is_bold), positions


def indent_of(text: str) -> int:
    """How far in a text begins, in columns; a tab counts four."""
    if not text[:1].isspace():
        return 0
    bare = text.lstrip()
    return len(text[: len(text) - len(bare)].expandtabs(_TAB))
