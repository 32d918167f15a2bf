"""Answers as Moodle has them: each is worth a part of the points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.shortening import shortened

FULL = Fraction(100)
_QUOTED = 40
_MOST_QUOTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """A choice, or what may be typed.

    Attributes:
        text: as readers see it, or as people type it.
        weight: how many percent of the points it is worth.
        feedback: what is told to whoever gives it, as Markdown.
    """

    text: str
    weight: Fraction
    feedback: str = ""


def best(some: Sequence[Weighted]) -> Fraction:
    """Return the weight of the answers that are worth most; 0 if none is worth anything."""
    return max((one.weight for one in some), default=Fraction(0))


def quoted(text: str) -> str:
    """Return the beginning of a text, for a sentence."""
    return shortened(text, _QUOTED)


def with_weights(some: Iterable[Weighted]) -> str:
    """Name some answers with their weights: ``“Rome” (50 %), “Oslo” (-25 %)``."""
    named = [f"“{quoted(one.text)}” ({float(one.weight):g} %)" for one in some]
    return ", ".join(named[:_MOST_QUOTED]) + (", …" if len(named) > _MOST_QUOTED else "")
