"""How many choices a stem asks for."""

import re

from bot.domain.drafts import Select

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_COUNT = r"(?P<count>" + "|".join(_NUMBERS) + r"|[1-9])"
_VERB = r"(?:choose|select|pick|mark|tick|check|identify|give|indicate)"
_ALL = re.compile(
    rf"\b{_VERB}\s+(?:all\b(?:\s*[)\]]|\s+(?:that|which|of\s+the|the|correct|right|answers?|options?|applicable))"
    rf"|(?:each|every|any)\s+(?:correct|right|answer|option|choice|that)|(?:one|1)\s+or\s+more)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"\b{_VERB}\s+(?:(?:the|any|exactly|only|your|best|correct|up\s+to)\s+){{0,3}}{_COUNT}\b(?!\s*[.,]\d)",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"\b(?:[Ww]hich|[Ww]hat)\s+(?:[\w-]+\s+){0,2}?(?P<count>TWO|THREE|FOUR|FIVE)\b")
_IN_BRACKETS = re.compile(
    rf"[(\[]\s*{_COUNT}\s+(?:correct\s+)?(?:answers?|options?|choices?|responses?)\s*[.)\]]", re.IGNORECASE
)
_IN_PASSING = re.compile(
    r"\b(?:which|what)\s+(?P<count>two|three|four|five)\b|\bwhich\s+(?P<of>two|three|four|five)\s+of\b", re.IGNORECASE
)


def asked(stem: str) -> Select | None:
    """What the stem tells the reader to pick: a number, ``"all"``, or None where it says nothing."""
    if _ALL.search(stem):
        return "all"
    for pattern in (_ASKED, _IN_BRACKETS, _SHOUTED):
        found = pattern.search(stem)
        if found:
            return _number(found["count"])
    return None


def selection(stem: str, key_size: int) -> Select:
    """How many choices a question wants: what its stem says, else as many as its key has.

    "Which two …" counts only where no key contradicts it: it may speak of the things that are compared.
    """
    told = asked(stem)
    if told is not None:
        return told
    passing = _IN_PASSING.search(stem)
    if passing and key_size in {0, _number(passing["count"] or passing["of"])}:
        return _number(passing["count"] or passing["of"])
    return max(key_size, 1)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]
