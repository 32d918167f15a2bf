"""Exact numbers in their normal form: the one text that stands for each number."""

import re
from fractions import Fraction

_NORMAL = re.compile(r"-?[0-9]+(?:/[0-9]+|(?:\.[0-9]+)?(?:e-?[0-9]{1,4})?)")
_MOST_ZEROS_BEFORE, _MOST_ZEROS_BEHIND = 6, 12
"""How many zeros a decimal may have before and behind its other digits; with more, it gets an exponent."""


def written(number: Fraction) -> str:
    """Write a number in its normal form: ``1234.5``, ``1.5e-9``, or ``1/3`` if it has no end as a decimal."""
    numerator, denominator = number.as_integer_ratio()
    twos, fives, rest = 0, 0, denominator
    while rest % 2 == 0:
        twos, rest = twos + 1, rest // 2
    while rest % 5 == 0:
        fives, rest = fives + 1, rest // 5
    if rest > 1:
        return f"{numerator}/{denominator}"
    decimals = max(twos, fives)
    digits = str(abs(numerator) * 10**decimals // denominator)
    return ("-" if numerator < 0 else "") + _with_point(digits, decimals)


def _with_point(digits: str, decimals: int) -> str:
    """Write digits, the last ``decimals`` of which stand behind the point."""
    bare = digits.rstrip("0")
    power = len(digits) - decimals - 1  # of ten, that the first digit counts
    if power < -_MOST_ZEROS_BEFORE or len(digits) - len(bare) > _MOST_ZEROS_BEHIND:
        return bare[0] + (f".{bare[1:]}" if bare[1:] else "") + f"e{power}"
    if not decimals:
        return digits
    whole, part = digits[:-decimals] or "0", digits[-decimals:].rjust(decimals, "0")
    return f"{whole}.{part}"


def exactly(text: str) -> Fraction:
    """Return the number that a normal form stands for.

    Raises:
        ValueError: the text isn't a normal form, or its number has no end of digits.
    """
    if not _NORMAL.fullmatch(text):
        raise ValueError(f"not a number in its normal form: {text[:40]!r}")
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError(f"nothing can be divided by zero: {text[:40]!r}") from None
