"""The lists of a page, and what they put before their items."""

import re
from collections.abc import Mapping

from bot.importers.documents.labels import letter, roman
from bot.importers.documents.piece import Family

_STYLE = re.compile(r"list-style(?:-type)?\s{0,3}:\s{0,3}(?:upper|lower)-(?P<style>alpha|latin|roman)", re.IGNORECASE)
_LETTERS = frozenset({"a", "alpha", "latin"})
_ROMANS = frozenset({"i", "roman"})
_LONGEST_STYLE = 2000
_MOST_COUNTED = 1_000_000


class Items:
    """A list while its items are read.

    Attributes:
        is_numbered: whether it counts with numbers.
    """

    def __init__(self, tag: str, attributes: Mapping[str, str], above: "Items | None", *, is_deepest: bool) -> None:
        self._is_ordered = tag == "ol"
        told = _STYLE.search(attributes.get("style", "")[:_LONGEST_STYLE])
        self._style = (told["style"] if told else attributes.get("type", "1")).strip().lower()
        self.is_numbered = self._is_ordered and self._style not in _LETTERS | _ROMANS
        # Numbers below numbers count the choices of numbered questions.
        self._counts_choices = self.is_numbered and is_deepest and above is not None and above.is_numbered
        self._next = _number(attributes.get("start"), 1)

    def next(self, attributes: Mapping[str, str]) -> tuple[Family, str]:
        """The family and the label of the next item."""
        if not self._is_ordered:
            return Family.BULLET, "-"
        number = _number(attributes.get("value"), self._next)
        self._next = number + 1
        if self._counts_choices or self._style in _LETTERS:
            return Family.LETTER, f"{letter(number)}."
        return Family.NUMBER, f"{roman(number) if self._style in _ROMANS else number}."


def _number(told: str | None, otherwise: int) -> int:
    told = (told or "").strip()
    return min(int(told), _MOST_COUNTED) if told.isascii() and told.isdecimal() and len(told) < 10 else otherwise
