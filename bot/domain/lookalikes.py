"""Recognise names that look alike, by Unicode's UTS #39, and invisible characters."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from bot.domain.prototypes import PROTOTYPES

_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Unicode's Default_Ignorable_Code_Point: shown as nothing by themselves."""
_BLANK = re.compile(r"[\s\u2800]+")
"""Spaces, and the braille pattern without dots."""
_REMEMBERED = 4096


def is_ignorable(character: str) -> bool:
    """Whether a character is shown as nothing by itself."""
    return _IGNORABLE.match(character) is not None


def without_ignorable(text: str) -> str:
    """Remove the characters that are shown as nothing."""
    return _IGNORABLE.sub("", text)


def single_spaced(text: str) -> str:
    """Put a text on one line, with one ordinary space for each run of blank characters."""
    return _BLANK.sub(" ", text).strip()


@lru_cache(_REMEMBERED)
def looks(name: str, *, letter_by_letter: bool = False) -> frozenset[str]:
    """Return a name's looks, with the case ignored; two names that share one of them look alike.

    ``letter_by_letter`` leaves out letters that look like several others, such as m like rn.
    """
    alike = _letters() if letter_by_letter else _prototypes()
    return frozenset(single_spaced(_skeleton(form, alike).casefold()) for form in (name, name.casefold()))


def look_alike(one: str, other: str) -> bool:
    """Whether people would mistake two names for each other."""
    # In plain ASCII names, m and rn usually belong to two people (Mama, Marna); only with a foreign letter do they
    # count as a disguise. A 1 in place of an I is always refused: no group needs both spellings.
    are_plain = one.isascii() and other.isascii()
    return not looks(one, letter_by_letter=are_plain).isdisjoint(looks(other, letter_by_letter=are_plain))


def _skeleton(text: str, alike: Mapping[int, str]) -> str:
    plain = unicodedata.normalize("NFD", without_ignorable(unicodedata.normalize("NFKC", text)))
    return unicodedata.normalize("NFD", plain.translate(alike))


@cache
def _letters() -> dict[int, str]:
    """The prototypes without those in which one letter stands for several."""
    return {point: shown for point, shown in _prototypes().items() if len(shown) == 1 or not shown.isalpha()}


@cache
def _prototypes() -> dict[int, str]:
    found: dict[int, str] = {}
    for group in PROTOTYPES.replace(",\n", ",").split():
        prototype, _equals, alike = group.partition("=")
        shown = "".join(chr(int(point, 16)) for point in prototype.split("+"))
        found |= {int(point, 16): shown for point in alike.split(",")}
    return found
