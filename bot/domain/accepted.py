"""What a question that is answered by typing accepts, and what it has a hint for."""

import re
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.decimals import written

MOST_ACCEPTED = 50
"""The most answers that a question accepts."""
MOST_DIGITS = 40
"""The most digits of an accepted number or its tolerance, on either side of the point or slash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedNumber:
    """A number that is right, and how far off an answer may be.

    Attributes:
        value: the number; for a range, its middle.
        tolerance: the most that an answer may be above or below it; for a range, half its width.
        relative: whether the tolerance is a share of the value: 0.05 stands for 5 %.
    """

    value: Fraction
    tolerance: Fraction = Fraction(0)
    relative: bool = False

    def __post_init__(self) -> None:
        if self.tolerance < 0:
            raise ValueError(f"a tolerance is never negative: {self.tolerance}")

    def __str__(self) -> str:
        return self.spelled("")

    def spelled(self, unit: str) -> str:
        """Write the number with its tolerance and unit: ``3.5 ± 0.1 kg``."""
        value, unit = written(self.value), f" {unit}" if unit else ""
        if not self.tolerance:
            return value + unit
        if self.relative:
            return f"{value}{unit} ± {written(self.tolerance * 100)} %"
        return f"{value} ± {written(self.tolerance)}{unit}"

    @property
    def is_long(self) -> bool:
        """Whether the number or its tolerance has more digits than `MOST_DIGITS`."""
        digits = re.findall("[0-9]+", f"{written(self.value)} {written(self.tolerance)}")
        return max(map(len, digits)) > MOST_DIGITS

    @classmethod
    def between(cls, one: Fraction, other: Fraction) -> "AcceptedNumber":
        """Every number between two numbers, both included, in whatever order they are named."""
        return cls(value=(one + other) / 2, tolerance=abs(one - other) / 2)

    def accepts(self, number: Fraction) -> bool:
        """Whether a number is close enough; its distance may be exactly the tolerance."""
        most = self.tolerance * abs(self.value) if self.relative else self.tolerance
        return abs(number - self.value) <= most


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A wrong answer that many give; ``hint`` is for the person who gave it."""

    text: str
    hint: str
