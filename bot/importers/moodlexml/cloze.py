"""Takes the text of a question with embedded answers apart: ``{1:SHORTANSWER:=Paris~%50%Lyon#Nearly}``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.importers.moodle.weighted import FULL

_BEGIN = re.compile(r"\{(?P<share>[0-9]{0,6}):(?P<type>[A-Z_]{2,20}):")
_WEIGHT = re.compile(r"\s*(?:=|%(?P<weight>-?[0-9]{1,3}(?:\.[0-9]{0,9})?)%)")
_BETWEEN = re.compile(r"(?<!\\)~")
_FEEDBACK = re.compile(r"(?<![\\&])#")
_END = re.compile(r"(?<!\\)\}")
_ESCAPED = re.compile(r"\\([~#}{=/\"\\])")
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]{{1,3}}){_CLOSE}")
_MOST = 200
"""The most answers that are read, in all gaps together."""


class Way(Enum):
    """How a gap is filled in."""

    TEXT = "a text"
    EXACT_TEXT = "a text whose case counts"
    NUMBER = "a number"
    ONE = "one of some choices"
    SEVERAL = "some of some choices"


_WAYS = {
    **dict.fromkeys(("SHORTANSWER", "SA", "MW"), Way.TEXT),
    **dict.fromkeys(("SHORTANSWER_C", "SAC", "MWC"), Way.EXACT_TEXT),
    **dict.fromkeys(("NUMERICAL", "NM"), Way.NUMBER),
    **{name + sign: Way.ONE for name in ("MULTICHOICE", "MULTICHOICE_") for sign in ("", "V", "H", "S", "VS", "HS")},
    **{f"MC{sign}": Way.ONE for sign in ("", "V", "H", "S", "VS", "HS")},
    **{name + sign: Way.SEVERAL for name in ("MULTIRESPONSE", "MULTIRESPONSE_") for sign in ("", "H", "S", "HS")},
    **{f"MR{sign}": Way.SEVERAL for sign in ("", "H", "S", "HS")},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One answer in a gap, with texts as they stand in the file, where they may be HTML."""

    text: str
    weight: Fraction
    feedback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What is embedded in one position of a text.

    Attributes:
        share: how many points the source gives for it, in proportion to other gaps.
    """

    way: Way
    share: int
    alternatives: tuple[Alternative, ...]


def taken_apart(text: str) -> tuple[str, list[Gap]]:
    """Return a text with marks for its gaps, which `with_gaps` replaces, and the gaps.

    Raises:
        BadInput: a gap doesn't end, is of an unknown type, or there are too many answers.
    """
    told: list[str] = []
    gaps: list[Gap] = []
    start = 0
    text = text.replace(_OPEN, "").replace(_CLOSE, "")
    for begin in _BEGIN.finditer(text):
        if begin.start() < start:
            continue
        end = _END.search(text, begin.end())
        way = _WAYS.get(begin["type"])
        if end is None or way is None:
            message = _("The embedded answers “{text}…” can't be read.")
            raise BadInput(message.format(text=text[begin.start() : begin.start() + 30]))
        inside = text[begin.end() : end.start()]
        gaps.append(Gap(way=way, share=int(begin["share"] or 1), alternatives=tuple(_alternatives(inside))))
        if sum(len(gap.alternatives) for gap in gaps) > _MOST:
            raise BadInput(_("It has more than {most} embedded answers.").format(most=_MOST))
        told += [text[start : begin.start()], f"{_OPEN}{len(gaps) - 1}{_CLOSE}"]
        start = end.end()
    return "".join([*told, text[start:]]), gaps


def with_gaps(text: str, shown: list[str]) -> str:
    """Return a text with what is shown for each gap in place of its mark; a mark of no gap is taken out."""
    return _MARK.sub(lambda found: "".join(shown[int(found[1]) :][:1]), text)


def _alternatives(inside: str) -> Iterator[Alternative]:
    for told in _BETWEEN.split(inside):
        found = _WEIGHT.match(told)
        weight = Fraction(found["weight"]) if found and found["weight"] else FULL if found else Fraction(0)
        text, *feedback = _FEEDBACK.split(told[found.end() if found else 0 :], maxsplit=1)
        yield Alternative(text=_released(text), weight=weight, feedback=_released("".join(feedback)))


def _released(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).strip()
