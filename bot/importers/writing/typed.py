"""Writes what typed questions accept, as data in the project's own format."""

from decimal import Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Any

from bot.domain.accepted import AcceptedNumber
from bot.domain.drafts import QuestionDraft

_MOST_DIGITS = 40
_LARGEST = 10**15
"""Whole numbers from here on are written as texts, because many programs that read JSON round them."""


def accepted(draft: QuestionDraft) -> list[Any]:
    """The answers that a question accepts; numbers with tolerances only where they have one."""
    return [one if isinstance(one, str) else _number(one) for one in draft.accepted]


def as_documented(draft: QuestionDraft) -> list[Any]:
    """The answers that a question accepts, for programs: each number with its tolerance, never as a share."""
    return [one if isinstance(one, str) else _with_tolerance(one) for one in draft.accepted]


def _with_tolerance(one: AcceptedNumber) -> dict[str, Any]:
    tolerance = one.tolerance * abs(one.value) if one.relative else one.tolerance
    return {"value": _plain(one.value), "tolerance": _plain(tolerance)}


def _number(one: AcceptedNumber) -> Any:  # noqa: ANN401  # a number, a text, or names with values
    if not one.tolerance:
        return _plain(one.value)
    share = _plain(one.tolerance * 100)
    if one.relative and "/" not in str(share):
        return {"value": _plain(one.value), "tolerance": f"{share}%"}
    return _with_tolerance(one)


def _plain(number: Fraction) -> int | float | str:
    """A number as YAML and JSON hold it or, where they would round it, as a text."""
    with localcontext(prec=_MOST_DIGITS) as context:
        decimal = (Decimal(number.numerator) / Decimal(number.denominator)).normalize()
        if context.flags[Inexact]:
            return str(number)
    text = str(decimal).lower().replace("+", "")
    if number.denominator == 1 and abs(number) < _LARGEST:
        return int(number)
    return float(text) if "e" not in text and str(float(text)) == text else text
