"""Reads what typed questions accept in a bank of the project's own format, which the schema has checked."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from bot.domain.accepted import AcceptedNumber, NearMiss
from bot.importers.reading.compose import collapse

Amount = int | float | str


def accepted(question: Mapping[str, Any]) -> tuple[AcceptedNumber | str, ...]:
    """The answers that a question accepts: numbers or texts, as its kind wants them."""
    read = _number if question.get("kind") == "number" else collapse
    return tuple(map(read, question.get("accepted", ())))


def near_misses(question: Mapping[str, Any]) -> tuple[NearMiss, ...]:
    """The wrong answers that a question has a hint for."""
    return tuple(
        NearMiss(text=collapse(near["text"]), hint=near["hint"].strip()) for near in question.get("near_misses", ())
    )


def _number(told: Amount | Mapping[str, Amount]) -> AcceptedNumber:
    if not isinstance(told, Mapping):
        return AcceptedNumber(value=_exactly(told))
    if "from" in told:
        return AcceptedNumber.between(_exactly(told["from"]), _exactly(told["to"]))
    tolerance = str(told.get("tolerance", 0))
    share = tolerance.endswith("%")
    return AcceptedNumber(
        value=_exactly(told["value"]),
        tolerance=_exactly(tolerance.removesuffix("%")) / (100 if share else 1),
        relative=share,
    )


def _exactly(amount: Amount) -> Fraction:
    """The number as it is written, because 0.1 stands for a tenth and not for the nearest binary fraction."""
    return Fraction(str(amount))
