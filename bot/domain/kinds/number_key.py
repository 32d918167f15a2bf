"""The numbers that are right."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from bot.domain.accepted import AcceptedNumber
from bot.domain.decimals import exactly, written
from bot.domain.identity import ChoiceId
from bot.domain.kinds.number_response import Number
from bot.domain.kinds.numerals import same_unit
from bot.domain.kinds.typed_key import TypedKey
from bot.domain.responses import Response


@dataclass(frozen=True, slots=True)
class NumberKey(TypedKey):
    """The numbers that are right; none if the right answer is unknown.

    Attributes:
        accepted: the numbers, best first.
        unit: what they count; empty: nothing in particular. An answer may leave it out, and is wrong in another one.
    """

    accepted: tuple[AcceptedNumber, ...] = ()
    unit: str = ""

    def __bool__(self) -> bool:
        return bool(self.accepted)

    def __hash__(self) -> int:
        return hash((self.unit, *(one.value.numerator for one in self.accepted)))  # fractions hash slowly

    @property
    def stored(self) -> int | str:
        """The numbers and their unit as JSON, even if only the unit is known."""
        if self == NumberKey():
            return 0
        return json.dumps({"accepted": [_told(one) for one in self.accepted], "unit": self.unit}, ensure_ascii=False)

    def is_right(self, response: Response) -> bool:
        """Whether something that the number can mean is right."""
        return self.meant(response) is not None

    def understood(self, response: Response) -> str:
        """How a number was read, for somebody who may know the key: of two meanings, the right one is told."""
        meant, number = self.meant(response), typed_number(response)
        return number.understood if meant is None else number.understood_as(meant)

    def meant(self, response: Response) -> Fraction | None:
        """Return what the number means, if that is right; of two right meanings, the likelier."""
        number = typed_number(response)
        meanings = number.values if self.takes(number.unit) else ()
        return next(filter(self.accepting, meanings), None)

    def takes(self, unit: str) -> bool:
        """Whether an answer may have this unit, or none."""
        return not unit or same_unit(unit, self.unit)

    def accepting(self, value: Fraction) -> AcceptedNumber | None:
        """Return the first number that a value is close enough to; None if it is wrong."""
        return next((one for one in self.accepted if one.accepts(value)), None)

    def spelled(self, _order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The numbers with their tolerance and unit: ``3.5 ± 0.1 kg``."""
        return tuple(one.spelled(self.unit) for one in self.accepted)

    def with_accepted(self, value: Fraction) -> "NumberKey":
        """Return a key that accepts one more number."""
        return self if self.accepting(value) else replace(self, accepted=(*self.accepted, AcceptedNumber(value=value)))


@lru_cache(maxsize=4_096)
def stored_number_key(stored: str) -> NumberKey:
    """Return the key for its stored form; what this version doesn't know in it is passed over."""
    told = json.loads(stored)
    return NumberKey(tuple(map(_accepted, told["accepted"])), told.get("unit", ""))


def typed_number(response: Response) -> Number:
    """Return a response as a number.

    Raises:
        TypeError: it belongs to another kind.
    """
    if not isinstance(response, Number):
        raise TypeError(f"{response!r} doesn't answer a question with a number")
    return response


def _told(one: AcceptedNumber) -> dict[str, Any]:
    told = {"value": written(one.value), "tolerance": written(one.tolerance)}
    return told | ({"relative": True} if one.relative else {}) | ({"range": True} if one.is_range else {})


def _accepted(told: dict[str, Any]) -> AcceptedNumber:
    return AcceptedNumber(
        value=exactly(told["value"]),
        tolerance=exactly(told.get("tolerance", "0")),
        relative=told.get("relative", False),
        is_range=told.get("range", False),
    )
