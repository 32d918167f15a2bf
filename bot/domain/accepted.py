"""What a question that is answered by typing accepts, and what it has a hint for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.decimals import written
from bot.domain.errors import BadInput
from bot.domain.views import LONGEST_TYPED
from bot.i18n import gettext as _

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
        is_range: whether it was told as a range, and is spelled as one.
    """

    value: Fraction
    tolerance: Fraction = Fraction(0)
    relative: bool = False
    is_range: bool = False

    def __post_init__(self) -> None:
        if self.tolerance < 0:
            raise ValueError(f"a tolerance is never negative: {self.tolerance}")

    def __str__(self) -> str:
        return self.spelled("")

    def spelled(self, unit: str) -> str:
        """Write the number with its tolerance and unit: ``3.5 ± 0.1 kg``, or ``3 to 4 kg``."""
        value, unit = written(self.value), f" {unit}" if unit else ""
        if not self.tolerance:
            return value + unit
        if self.is_range:
            return _("{low} to {high}").format(low=written(self.low), high=written(self.high)) + unit
        if self.relative:
            return f"{value}{unit} ± {written(self.tolerance * 100)} %"
        return f"{value} ± {written(self.tolerance)}{unit}"

    @property
    def low(self) -> Fraction:
        """The lowest number of a range."""
        return self.value - self.tolerance

    @property
    def high(self) -> Fraction:
        """The highest number of a range."""
        return self.value + self.tolerance

    @property
    def is_long(self) -> bool:
        """Whether the number or its tolerance has more digits than `MOST_DIGITS`."""
        digits = re.findall("[0-9]+", f"{written(self.value)} {written(self.tolerance)}")
        return max(map(len, digits)) > MOST_DIGITS

    @classmethod
    def between(cls, one: Fraction, other: Fraction) -> "AcceptedNumber":
        """Every number between two numbers, both included, in whatever order they are named."""
        return cls(value=(one + other) / 2, tolerance=abs(one - other) / 2, is_range=one != other)

    def accepts(self, number: Fraction) -> bool:
        """Whether a number is close enough; its distance may be exactly the tolerance."""
        if not self.tolerance:  # quick, because fractions count slowly
            return number == self.value
        most = self.tolerance * abs(self.value) if self.relative else self.tolerance
        return abs(number - self.value) <= most


@dataclass(frozen=True, slots=True)
class InBlank:
    """A text that is right in one of a question's blanks, which are counted from 0."""

    blank: int
    text: str

    def __str__(self) -> str:
        return self.text


Accepted = AcceptedNumber | InBlank | str
"""A typed answer that is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A wrong answer that many give, with a ``hint`` for whoever gives it; ``blank`` is where, counted from 0."""

    text: str
    hint: str
    blank: int = 0


def check_accepted(accepted: Sequence[Accepted]) -> None:
    """Check the answers that a person wants a question to accept.

    Raises:
        BadInput: they are too many, or one of them is too long.
    """
    if len(accepted) > MOST_ACCEPTED:
        raise BadInput(_("A question accepts at most {number} answers.").format(number=MOST_ACCEPTED))
    for one in accepted:
        if isinstance(one, AcceptedNumber) and one.is_long:
            text = _("“{text}…” has too many digits: a number has at most {number} on either side of its point.")
            raise BadInput(text.format(text=str(one)[:20], number=MOST_DIGITS))
        if isinstance(one, str) and len(one) > LONGEST_TYPED:
            text = _("“{text}…” is too long: an answer has at most {number} characters.")
            raise BadInput(text.format(text=one[:20], number=LONGEST_TYPED))
