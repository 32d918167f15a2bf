"""Reads single values of answers in Moodle's XML: weights, numbers, words for true and false."""

import re
from dataclasses import replace
from fractions import Fraction

from bot.domain.errors import BadInput
from bot.domain.questions import LETTERS
from bot.i18n import gettext as _
from bot.importers.moodle.weighted import FULL, Weighted
from bot.importers.reading.compose import collapse
from bot.importers.xml.node import Node

_WEIGHT = re.compile(r"[-+]?[0-9]{1,4}(?:[.,][0-9]{0,20})?(?:[eE][-+]?[0-9]{1,2})?%?")
_LETTERED = re.compile(r"(?:\(([A-Za-z])\)|([A-Za-z])[.)])\s+(?=\S)")
_NEARLY_ALL = Fraction(999, 10)


def without_letters(some: list[Weighted]) -> list[Weighted]:
    """Take away the letters that all choices begin with in order, such as ``(A)``: they get letters anyway."""
    found = [_LETTERED.match(one.text) for one in some]
    letters = "".join((one[1] or one[2]).upper() if one else "-" for one in found)
    if len(some) < 2 or letters != LETTERS[: len(some)]:
        return some
    return [replace(one, text=one.text[match.end() :]) for one, match in zip(some, found, strict=True) if match]


def weight_of(node: Node) -> Fraction:
    """The weight of an answer; old files have it in an element, where 1 is all.

    Raises:
        BadInput: it is no number.
    """
    told = node.attributes.get("fraction")
    if told is None and (old := node.value("fraction")):
        return FULL * _fraction(old)
    weight = _fraction(told or "0")
    return FULL if weight > _NEARLY_ALL and weight < FULL else weight


def _fraction(told: str) -> Fraction:
    if not _WEIGHT.fullmatch(told.strip()):
        raise BadInput(_("“{text}” isn't a weight in percent.").format(text=told[:20]))
    return Fraction(told.strip().rstrip("%").replace(",", "."))


def number_of(value: str, node: Node) -> str:
    """A number with its tolerance, as `bot.importers.moodle.building.number` reads it."""
    tolerance = collapse(node.value("tolerance"))
    return value if value == "*" or not tolerance.strip("0.") else f"{value}:{tolerance}"


def is_one(multiplier: str) -> bool:
    """Whether a unit is the one that the answers are given in, as its multiplier tells."""
    return not multiplier or (bool(_WEIGHT.fullmatch(multiplier)) and _fraction(multiplier) == 1)
