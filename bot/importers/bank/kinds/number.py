"""Questions for a number in the project's own format."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Any

from bot.domain.accepted import MOST_DIGITS, AcceptedNumber
from bot.domain.drafts import QuestionDraft
from bot.importers.bank.kinds.record import KindInBanks

_MOST_EXPONENT = 999
_LONGEST_WITHOUT_EXPONENT = 20
_LARGEST = 10**15
"""Whole numbers from here on are written as texts, because many programs that read JSON round them."""


def _read(draft: QuestionDraft, question: Mapping[str, Any]) -> QuestionDraft:
    accepted = tuple(map(_accepted, question.get("accepted", ())))
    return replace(draft, accepted=accepted, unit=question.get("unit", ""))


def _accepted(told: str | Mapping[str, str]) -> AcceptedNumber:
    if isinstance(told, str):
        return AcceptedNumber(value=Fraction(told))
    if "from" in told:
        return AcceptedNumber.between(Fraction(told["from"]), Fraction(told["to"]))
    tolerance = told.get("tolerance", "0")
    share = tolerance.endswith("%")
    return AcceptedNumber(
        value=Fraction(told["value"]),
        tolerance=Fraction(tolerance.removesuffix("%")) / (100 if share else 1),
        relative=share,
    )


def _write(draft: QuestionDraft) -> dict[str, Any]:
    told = {"accepted": [_number(one) for one in _numbers(draft)], "unit": draft.unit}
    return {name: value for name, value in told.items() if value}


def _documented(draft: QuestionDraft) -> dict[str, Any]:
    """Each number with its tolerance, never as a share."""
    return {"accepted": [_with_tolerance(one) for one in _numbers(draft)], "unit": draft.unit or None}


def _numbers(draft: QuestionDraft) -> Iterator[AcceptedNumber]:
    return (one for one in draft.accepted if isinstance(one, AcceptedNumber))


def _with_tolerance(one: AcceptedNumber) -> dict[str, Any]:
    tolerance = one.tolerance * abs(one.value) if one.relative else one.tolerance
    return {"value": _plain(one.value), "tolerance": _plain(tolerance)}


def _number(one: AcceptedNumber) -> Any:  # noqa: ANN401  # a number, a text, or names with values
    if not one.tolerance and not one.relative:
        return _plain(one.value)
    if one.relative:
        return {"value": _plain(one.value), "tolerance": f"{_spelled(one.tolerance * 100)}%"}
    if one.is_range:
        return {"from": _plain(one.low), "to": _plain(one.high)}
    return _with_tolerance(one)


def _is_long(amount: float | str) -> bool:
    return any(len(digits) > MOST_DIGITS for digits in re.findall("[0-9]+", str(amount)))


def _plain(number: Fraction) -> int | float | str:
    """A number as YAML and JSON hold it or, where they would round it, as a text."""
    if number.denominator == 1 and abs(number) < _LARGEST:
        return int(number)
    text = _spelled(number)
    return float(text) if "e" not in text and "/" not in text and str(float(text)) == text else text


def _spelled(number: Fraction) -> str:
    """A number in digits; as a fraction only where these would never end, or be too many."""
    with localcontext(prec=2 * MOST_DIGITS) as context:
        context.clear_flags()  # it begins with those of whatever was computed before in this thread
        decimal = (Decimal(number.numerator) / Decimal(number.denominator)).normalize()
        if context.flags[Inexact]:
            return str(number)
        if not _is_long(text := f"{decimal:f}") and len(text) <= _LONGEST_WITHOUT_EXPONENT:
            return text
        digits = len(decimal.as_tuple().digits)
        # The point goes behind the last digit or, if they are too many for one side of it, in between.
        behind = 0 if digits <= MOST_DIGITS else MOST_DIGITS
        exponent = decimal.adjusted() + 1 - digits + behind
        exponent = max(-_MOST_EXPONENT, min(exponent, _MOST_EXPONENT))
        return f"{decimal.scaleb(-exponent):f}e{exponent}"


IN_BANKS = KindInBanks(name="number", read=_read, write=_write, documented=_documented, keeps_numbers=True)
