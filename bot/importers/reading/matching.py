"""Recognises the two lists of a question that matches them: their letters and numbers count no choices.

Below "Match List I with List II", each list has a line such as "List I" or "Column B" above it, and the choices below
them say which letter goes with which number.
"""

import re
from collections.abc import Sequence

from bot.importers.reading.answer_lines import explanation_text, key_text
from bot.importers.reading.items import item_of
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import is_ruler, plain

_NAMES = r"(?:list[ea]?|columna?|colonne|coluna|colonna|spalte|group|set)"
_LIST = re.compile(rf"^{_NAMES}\s?[-–:]?\s?(?P<which>[IV]{{1,3}}|[12ABXYPQ])\b[^?]{{0,80}}$", re.IGNORECASE)
_FIRST = frozenset("I1AXP")
_BEGINNINGS = frozenset(("li", "co", "sp", "gr", "se"))
"""How the names of lists begin: no look at the rest of most lines."""
_SIGNS = frozenset("*#_>")
_MATCHES = re.compile(r"match|associ|relacion|emparej|appari|abbin|zuordn|ordnen", re.IGNORECASE)
_ASKING = ("?", "？", "؟")
_LONGEST = 100
_ABOVE = 4
"""How many lines above the first list its question may say that lists are to be matched."""
_MOST = 40
"""How many lines both lists have at most."""


def end_of_lists(lines: Sequence[Line], at: int) -> int:
    """The index of the first choice below two lists to match, the first of which has its name at ``at``; 0: none."""
    begins = lines[at].text.lstrip()[:2].lower()
    if begins not in _BEGINNINGS and begins[:1] not in _SIGNS:
        return 0
    if not _names_list(lines[at], first=True) or not _is_to_match(lines, at):
        return 0
    lists, lettered = 1, 0
    for below in range(at + 1, min(at + _MOST, len(lines))):
        line = lines[below]
        if _ends_question(line) or (lists == 1 and line.text.rstrip(" *_").endswith(_ASKING)):
            return 0
        lists += _names_list(line, first=False)
        item = item_of(line)
        if item and item.style == "letter" and item.mark.label in {"A", "a"}:
            lettered += 1
            if lettered > 1:
                return below if lists > 1 else 0
    return 0


def _ends_question(line: Line) -> bool:
    if line.code or is_ruler(line.text):
        return True
    return key_text(line.text) is not None or explanation_text(line.text) is not None


def _names_list(line: Line, *, first: bool) -> bool:
    """Whether a line is the name of a list, the first of two or a further one; or of both, side by side."""
    found = _LIST.match(plain(line.text)) if 0 < len(line.text) <= _LONGEST else None
    return found is not None and (found["which"].upper() in _FIRST) == first


def _is_to_match(lines: Sequence[Line], at: int) -> bool:
    """Whether the question above a list, or the list's own line, says that lists are to be matched."""
    return any(_MATCHES.search(line.text) for line in lines[max(at - _ABOVE, 0) : at + 1])
