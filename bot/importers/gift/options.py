"""Splits what stands in the braces of a GIFT item into options with their weights."""

import re
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.importers.gift.item import released
from bot.importers.moodle.weighted import FULL, quoted

_TAG = r"""<[A-Za-z][^<>~="']*+=["'][^<>]*+>"""
"""A tag with an attribute: whoever pastes HTML forgets that its signs mean something here."""
_MARKED = re.compile(rf"(?:~\s*+(?==))?(?P<sign>[~=])(?P<told>(?:[^~=<]|{_TAG}|<)*+)")
"""Who knows Moodle's embedded answers writes ``~=right`` between others: no choice is empty there."""
_BEFORE_FEEDBACK = re.compile(rf"(?:[^#<]|{_TAG}|<)*+")
_WEIGHT = re.compile(r"\s*%(-?[0-9]{1,3}(?:[.,][0-9]{0,9})?)%")
"""Some people write decimals with a comma."""
_MOST = 200
"""The most options that an item is read with: nobody can answer a question with so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option, with texts as they stand in the file.

    Attributes:
        is_full: whether it stands behind ``=`` rather than ``~``.
        weight: how many percent of the points it is worth.
        whole: all of it, where a ``#`` means nothing.
    """

    is_full: bool
    weight: Fraction
    text: str
    feedback: str
    whole: str


def options(answers: str) -> list[Option]:
    """Return the options in some answers.

    Raises:
        BadInput: something stands before the first of them, or there are too many.
    """
    marked = [*_MARKED.finditer(answers)]
    if len(marked) > _MOST:
        raise BadInput(
            _("It has {count} answers, but at most {most} can be read.").format(count=len(marked), most=_MOST)
        )
    lead = answers[: marked[0].start()] if marked else answers
    if lead.strip():
        message = _("“{text}” stands before the first = or ~ in its braces.")
        raise BadInput(message.format(text=quoted(released(lead))))
    return [option(found["told"], is_full=found["sign"] == "=") for found in marked]


def option(told: str, *, is_full: bool = True) -> Option:
    """Return an option for what is told of it."""
    found = _WEIGHT.match(told)
    weight = Fraction(found[1].replace(",", ".")) if found else FULL if is_full else Fraction(0)
    begin = found.end() if found else 0
    before = _BEFORE_FEEDBACK.match(told, begin)
    end = before.end() if before else begin
    text, feedback = told[begin:end], told[end + 1 :]
    return Option(is_full=is_full, weight=weight, text=text.strip(), feedback=feedback.strip(), whole=told.strip())
