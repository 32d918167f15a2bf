"""Leaves out what learning platforms print around a stem: "Flag question", "Mark 1.00 out of 1.00", "1 point"."""

import re
from collections.abc import Sequence
from itertools import takewhile

from bot.importers.reading.compose import ends_sentence
from bot.importers.reading.lines import Line
from bot.importers.reading.vocabulary import folded, phrases
from bot.importers.reading.words import verdict_word

_LONGEST = 60
_INSTRUCTION_ENDS = ":."
_MARKS = re.compile(r"^[^\d?]{3,30}\s\d{1,3}[.,]\d\d(?:\s[^\d?]{1,10}\s\d{1,3}[.,]\d\d)?$")
"""What an answer earned in Moodle, which always prints two decimals."""
_EARNED = re.compile(r"^\d{1,3}\s?/\s?\d{1,3}\s(?:pts?|points?)$", re.IGNORECASE)
"""What an answer earned in Canvas."""
_WORTH = re.compile(r"^\d{1,3}\s(?:points?|punkte?|puntos?|punt[io]|pontos?|балл(?:а|ов)?)$", re.IGNORECASE)
_REQUIRED = re.compile(r"(?<=\S)\s\*$")
"""The star that Google Forms puts behind a question that must be answered."""


def without_printed(stem: Sequence[Line]) -> list[Line]:
    """A stem without what platforms print above and below it; unchanged if nothing else is there.

    A word such as "Complete" or "Right" above a stem may begin it, so one such line alone is left. So is what goes on
    with a sentence: "3 points" between "A team has" and "after two games".
    """
    written = [at for at, line in enumerate(stem) if line.text.strip()]
    above = _printed_above(stem, written)
    below = _printed_below(stem, written[len(above) :])
    printed = {*above, *below}
    if not printed or len(printed) == len(written):
        return [*stem]
    left = [line for at, line in enumerate(stem) if at not in printed]
    if any(_WORTH.match(stem[at].text.strip()) for at in below):
        left[-1] = left[-1].with_text(_REQUIRED.sub("", left[-1].text))
    return left


def _printed_above(stem: Sequence[Line], written: Sequence[int]) -> list[int]:
    """The indexes of the lines that are printed above a stem, of those that are ``written``."""
    above = [*takewhile(lambda at: not stem[at].code and _may_be_above(stem[at].text.strip()), written)]
    goes_on = 0 < len(above) < len(written) and stem[written[len(above)]].text.lstrip()[:1].islower()
    if goes_on and _may_begin_sentence(stem[above[-1]].text.strip()):
        above.pop()
    texts = [stem[at].text.strip() for at in above]
    return above if any(map(_is_worth, texts)) or (len(above) > 1 and any(map(_names_state, texts))) else []


def _may_begin_sentence(text: str) -> bool:
    """Whether a line may go on below: "Complete" above "the sentence", "3 points" above "are on a line"."""
    return " " not in text or bool(_WORTH.match(text))


def _printed_below(stem: Sequence[Line], written: Sequence[int]) -> list[int]:
    """The indexes of the lines that are printed below a stem, from the last one up, of those that are ``written``."""
    below = [*takewhile(lambda at: not stem[at].code and _may_be_below(stem[at].text.strip()), reversed(written))]
    if not below or len(below) == len(written):
        return []
    last = stem[written[-len(below) - 1]].text
    tells_how = any(not _WORTH.match(stem[at].text.strip()) for at in below)
    return below if tells_how or ends_sentence(last) or _REQUIRED.search(last) else []


def _may_be_above(text: str) -> bool:
    return len(text) <= _LONGEST and (_is_worth(text) or _names_state(text) or bool(_MARKS.match(text)))


def _may_be_below(text: str) -> bool:
    """Whether a platform prints a line below a stem: what the question is worth, or how to choose."""
    if len(text) > _LONGEST:
        return False
    return bool(_WORTH.match(text)) or (text[-1] in _INSTRUCTION_ENDS and folded(text) in phrases("printed"))


def _is_worth(text: str) -> bool:
    return bool(_WORTH.match(text) or _EARNED.match(text))


def _names_state(text: str) -> bool:
    """Whether a line is a button, a label, or what is said of the answer."""
    return folded(text) in phrases("printed") or verdict_word(text) is not None
