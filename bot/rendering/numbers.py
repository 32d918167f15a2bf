"""Numbers as the reader's language writes them."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from bot.i18n import language


class _Signs(NamedTuple):
    """How a language writes numbers: its signs, and how it groups digits.

    Attributes:
        decimal: stands before the decimals.
        group: stands between groups of digits; empty: digits aren't grouped.
        percent: stands behind a percentage, with any space before it.
        grouped_from: the fewest digits that are grouped.
        higher: how many digits each group above the lowest three has.
    """

    decimal: str
    group: str
    percent: str = "%"
    grouped_from: int = 4
    higher: int = 3


_NBSP, _NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
_ENGLISH = _Signs(".", "")
_SIGNS = {
    "de": _Signs(",", ".", f"{_NBSP}%"),
    "es": _Signs(",", ".", f"{_NBSP}%", grouped_from=5),
    "fr": _Signs(",", _NARROW, f"{_NBSP}%"),
    "pt_BR": _Signs(",", "."),
    "ja": _Signs(".", ","),
    "hi": _Signs(".", ",", higher=2),
}
"""From the Unicode CLDR, except that English digits aren't grouped. Babel would know them, too, but loads 5 MiB."""


def number(value: float) -> str:
    """Write a number with up to two decimals: ``6.67``, and in German ``6,67`` or ``1.234``."""
    signs = _signs()
    digits, point, decimals = f"{abs(value):.2f}".rstrip("0").rstrip(".").partition(".")
    if signs.group and len(digits) >= signs.grouped_from:
        digits = signs.group.join(reversed([*_groups(digits, signs.higher)]))
    minus = "-" if value < 0 else ""
    return f"{minus}{digits}{signs.decimal if point else ''}{decimals}"


def _groups(digits: str, higher: int) -> Iterator[str]:
    """Split digits into groups, from the end: three, then ``higher`` in each."""
    end, size = len(digits), 3
    while end > 0:
        yield digits[max(0, end - size) : end]
        end, size = end - size, higher


def percent(share: float | Fraction) -> str:
    """Write a share from 0 to 1 as whole percent: ``50%``, and in German ``50 %`` with a space that doesn't break."""
    return f"{float(share) * 100:.0f}{_signs().percent}"


def plural_of(value: float) -> int:
    """Return the whole number whose plural form fits a value with decimals, for `bot.i18n.ngettext`.

    Below two, decimals take the form of zero: one that is singular in French and plural in German, like 1.5 itself.
    """
    return int(value) if value >= 2 or value == int(value) else 0


def _signs() -> _Signs:
    return _SIGNS.get(language(), _ENGLISH)
