"""The labels before questions and choices: what lists count with, and what people type."""

import re
from typing import NamedTuple

from bot.importers.documents.piece import Family

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST_ROMAN = 3999
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрст")
"""Latin letters, and those Cyrillic ones that lists of choices count with."""
_LETTER = re.compile(r"(?P<lead>[(\[]?)(?P<letter>[A-Za-zА-Яа-я])\s?(?:[.)\]:]{1,2}|[-–—]{1,3}(?=\s))\s{0,9}(?=\S)")
_NUMBER = re.compile(
    r"(?:[^\W\d_]{1,12}\.?\s{0,2})?#?\d{1,5}\s?(?:[.)\]:]|[-–—]\s)"
    r"|(?:(?:q|no|nr|question|questão|frage|câu|вопрос|pregunta|pytanie|domanda|soru)\.?\s{0,2})?#?\d{1,5}\s?$",
    re.IGNORECASE,
)
_ON_LINE = re.compile(r"(?<!\S)[(\[]?(?P<letter>[A-Za-z])(?P<sign>[.)\]]{1,2})(?=\s{0,9}\S)")
_BOX = re.compile(r"[☐□◻❑❏○◯]\s{0,9}(?=\S)")
_BULLET = re.compile(r"[-*•▪◦‣●■]\s{1,9}(?=\S)")
_TICK = re.compile(r"(?:[*✓✔√✅☑☒+]|\[[xX*]\])\s{0,9}(?=\S)")
_TICK_BEHIND = re.compile(r"(?:[✓✔√✅☑]|\*|[(\[](?:correct|right|true)(?: answer)?[)\]])$", re.IGNORECASE)


class Label(NamedTuple):
    """A label that was typed: its family, which of its kind it is from 1 (0: they aren't counted), and its length."""

    family: Family
    ordinal: int
    length: int
    is_latin: bool = True


def letter(ordinal: int) -> str:
    """The label of a choice, ``A`` for 1."""
    return chr(ord("A") + (ordinal - 1) % 26)


def roman(number: int) -> str:
    """A number in small Roman figures; one that they can't write comes back as it is."""
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    told = ""
    for value, figures in (*_ROMAN, *_ROMAN_ONES):
        count, number = divmod(number, value)
        told += figures * count
    return told


def typed_label(text: str) -> Label | None:
    """The label that a line begins with; None if it has none."""
    if found := _LETTER.match(text):
        small = found["letter"].lower()
        alphabet = next((letters for letters in _ALPHABETS if small in letters), "")
        if alphabet:
            return Label(Family.LETTER, alphabet.index(small) + 1, found.end(), alphabet == _ALPHABETS[0])
    for family, pattern in ((Family.BOX, _BOX), (Family.BULLET, _BULLET), (Family.NUMBER, _NUMBER)):
        if found := pattern.match(text):
            return Label(family, 0, found.end())
    return None


def choice_starts(text: str, before: int = 0) -> list[int]:
    """Where choices begin on a line that holds several, such as ``a) x b) y``; empty if it holds no more than one.

    Args:
        text: the line.
        before: which letter the line above ended with, counted from 1: its choices may go on here. 0: none.
    """
    starts: list[int] = []
    sign, ordinal, is_upper = "", 0, False
    for found in _ON_LINE.finditer(text):
        label, other = found["letter"], found["sign"]
        at = ord(label.lower()) - ord("a") + 1
        if not starts:
            if text[: found.start()].strip() or at not in {1, before + 1}:
                return []
        elif (other, label.isupper()) != (sign, is_upper) or at != ordinal + 1:
            continue
        starts.append(found.start())
        sign, ordinal, is_upper = other, at, label.isupper()
    return starts if len(starts) > 1 else []


def without_tick(text: str) -> str:
    """A line without the sign before it that marks a right choice."""
    found = _TICK.match(text)
    return text[found.end() :] if found else text


def is_ticked(text: str) -> bool:
    """Whether somebody typed a sign that marks a choice as right, before it or behind it."""
    found = _TICK.match(text)
    return bool(
        (found and typed_label(text[found.end() :])) or text[:1] in "✓✔√✅☑☒" or _TICK_BEHIND.search(text[-20:])
    )
