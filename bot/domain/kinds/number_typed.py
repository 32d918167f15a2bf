"""Parse the numbers that a host types to correct a question."""

import re

from bot.domain.accepted import AcceptedNumber
from bot.domain.errors import BadInput
from bot.domain.kinds.number_key import NumberKey
from bot.domain.kinds.numerals import Numeral, read, same_unit
from bot.domain.lines import one_line
from bot.i18n import gettext as _

LONGEST_UNIT = 20
"""The most characters of a unit that a host types."""

_BETWEEN = re.compile(r"(±|\+/-|\+-|\.{2,3}| to )")
_RANGE = ("..", "...", " to ")


def parse_numbers(text: str, unit: str) -> NumberKey:
    """Parse ``3.5``, ``3.5 ± 0.1``, ``3.5 kg ± 5 %``, ``3..4``, or several of them with ``;`` between.

    A point is a decimal point here. ``unit`` is the question's unit, which stays if none is typed.

    Raises:
        BadInput: a part is no number, or the parts have different units.
    """
    parts = [_parse(part.strip(), unit) for part in one_line(text).split(";")]
    units = [typed for _accepted, typed in parts if typed]
    if any(len(typed) > LONGEST_UNIT or not same_unit(typed, units[0]) for typed in units):
        raise BadInput(_("Use one short unit for all the numbers, like 3 kg; 3.5 kg."))
    accepted = dict.fromkeys(accepted for accepted, _unit in parts)
    return NumberKey(tuple(accepted), units[0] if units else unit)


def _parse(text: str, unit: str) -> tuple[AcceptedNumber, str]:
    """Parse one number, with what is accepted around it and its unit."""
    first, *more = _BETWEEN.split(text)
    match [read(part.strip()) for part in (first, *more[1::2])]:
        case [Numeral() as number]:
            return AcceptedNumber(value=number.values[0]), number.unit
        case [Numeral() as low, Numeral() as high] if more[0] in _RANGE:
            return AcceptedNumber.between(low.values[0], high.values[0]), high.unit or low.unit
        case [Numeral() as middle, Numeral() as width] if width.values[0] >= 0:
            return _with_tolerance(middle, width, unit)
    message = _("“{text}” isn't a number. Write it like 3.5, with a tolerance like 3.5 ± 0.1, or as a range like 3..4.")
    raise BadInput(message.format(text=text[:40]))


def _with_tolerance(middle: Numeral, width: Numeral, unit: str) -> tuple[AcceptedNumber, str]:
    value, tolerance = middle.values[0], width.values[0]
    if same_unit(width.unit, "%") and not same_unit(middle.unit or unit, "%"):
        return AcceptedNumber(value=value, tolerance=tolerance / 100, relative=True), middle.unit
    if middle.unit and width.unit and not same_unit(middle.unit, width.unit):
        raise BadInput(_("A number and its tolerance have the same unit, or the tolerance is in %."))
    return AcceptedNumber(value=value, tolerance=tolerance), middle.unit or width.unit
