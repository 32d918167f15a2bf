"""Leaves out what learning platforms print around a stem: "Flag question", "Mark 1.00 out of 1.00", "1 point"."""

import re
from collections.abc import Sequence

from bot.importers.reading.lines import Line
from bot.importers.reading.vocabulary import folded, phrases
from bot.importers.reading.words import verdict_word

_LONGEST = 60
_MARKS = re.compile(
    r"^(?:[^\d?]{3,30}\s\d{1,3}[.,]\d\d(?:\s[^\d?]{1,10}\s\d{1,3}[.,]\d\d)?|\d{1,3}\s?/\s?\d{1,3}\s(?:pts?|points?))$",
    re.IGNORECASE,
)
"""What an answer earned: Moodle always prints two decimals, Canvas a slash."""
_WORTH = re.compile(r"^\d{1,3}\s(?:points?|punkte?|puntos?|punt[io]|pontos?|балл(?:а|ов)?)$", re.IGNORECASE)
_REQUIRED = re.compile(r"(?<=\S)\s\*$")
"""The star that Google Forms puts behind a question that must be answered."""


def without_printed(stem: Sequence[Line]) -> list[Line]:
    """A stem without the lines that platforms print around it; unchanged if nothing else is there."""
    begin = next((at for at, line in enumerate(stem) if line.text.strip()), 0)
    left = [line for at, line in enumerate(stem) if line.code or not _is_printed(line.text.strip(), first=at == begin)]
    if len(left) == len(stem) or not any(line.text.strip() for line in left):
        return [*stem]
    if any(_WORTH.match(line.text.strip()) for line in stem):
        return [line.with_text(_REQUIRED.sub("", line.text)) for line in left]
    return left


def _is_printed(text: str, *, first: bool) -> bool:
    """Whether a platform prints such a line; what is said of the answer only where it is the ``first`` of a stem."""
    if not text or len(text) > _LONGEST:
        return False
    if folded(text) in phrases("printed") or (first and verdict_word(text) is not None):
        return True
    return bool(_MARKS.match(text) or _WORTH.match(text))
