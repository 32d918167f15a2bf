"""How many players got a question right, and how hard that makes it."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

EASY_FROM = Fraction(8, 10)
"""The lowest share of right answers at which questions are easy for a group."""
HARD_TO = Fraction(1, 2)
"""The highest share of right answers at which questions are hard for a group."""


class Hardness(StrEnum):
    """How hard a question was for those who answered."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """How many of some answers were right."""

    right: int
    answered: int

    @property
    def share(self) -> Fraction:
        """The share of right answers, from 0 to 1; 0 without answers."""
        return Fraction(self.right, self.answered) if self.answered else Fraction(0)

    @property
    def hardness(self) -> Hardness:
        """How hard that is."""
        if self.share >= EASY_FROM:
            return Hardness.EASY
        return Hardness.HARD if self.share <= HARD_TO else Hardness.MEDIUM

    def without(self, other: "Accuracy") -> "Accuracy":
        """The accuracy without some of these answers."""
        return Accuracy(right=self.right - other.right, answered=self.answered - other.answered)
