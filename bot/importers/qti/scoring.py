"""What an item's scoring must tell: how many points a response earns, and which feedback it gets.

The scoring of QTI is a small program. It isn't searched for patterns but run, with each response that may be right.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

_NUMBER = re.compile(r"\s*([-+]?(?:[0-9]{1,40}(?:[.,][0-9]{0,40})?|[.,][0-9]{1,40}))(?:[eE]([-+]?[0-9]{1,2}))?\s*")
_SHARE = re.compile("-?[0-9]{1,300}/[1-9][0-9]{0,299}")
"""A number as `Fraction` writes it."""
_MOST_BITS = 900

Responses = Mapping[str, tuple[str, ...]]
"""The values that are given for each response, by its name; a response without any has no answer."""


class CannotTellError(Exception):
    """The scoring has rules that can't be run here: it is never shown, but caught where scores are asked for."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of some responses: their score, and the names of the feedback that is shown."""

    score: Fraction
    shown: frozenset[str]


class Scoring(Protocol):
    """The scoring of one item."""

    @property
    def scores(self) -> bool:
        """Whether it awards any points."""

    @property
    def lenient(self) -> bool:
        """Whether it accepts answers that can't be listed, such as any text with a word in it."""

    def judge(self, given: Responses) -> Outcome:
        """Return what comes of some responses.

        Raises:
            CannotTellError: it has rules that can't be run here, or too many.
        """

    def named(self, ident: str) -> list[str]:
        """Return the values that a response is compared with, each once."""

    def groups(self, ident: str) -> Iterator[tuple[str, ...]]:
        """Yield sets of values that may be right together for a response."""

    def tolerances(self, ident: str) -> list[Fraction]:
        """Return by how much an answer to a response may be off."""


def number_in(text: str) -> Fraction | None:
    """Return the number that a text is; None if it is none."""
    if _SHARE.fullmatch(text):
        return Fraction(text)
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    value = Fraction(found[1].replace(",", "."))
    return value * Fraction(10) ** int(found[2]) if found[2] else value


def check_length(value: Fraction) -> None:
    """Check that a number isn't too long to reckon with.

    Raises:
        CannotTellError: it is.
    """
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS:
        raise CannotTellError
