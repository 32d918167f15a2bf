"""Finds out how many choices a question asks for."""

import re

from bot.domain.drafts import QuestionDraft, Select
from bot.i18n import gettext as _

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_COUNT = r"(?P<count>" + "|".join(_NUMBERS) + r"|[1-9])"
_VERB = r"(?:choose|select|pick|mark|tick|check|identify|give|indicate)"
_ORDER = rf"(?:^|[(\[.?!:;*–—-]\s*){_VERB}"
"""A verb that tells the reader what to do: one in mid-sentence ("you must select two subnets") tells a story."""
_ANSWERS = r"(?:(?:correct|right|best|possible|valid)\s+)?(?:answers?|options?|choices?|responses?|items?|statements?)"
_ALL = re.compile(
    rf"\b{_VERB}\s+(?:all|each|every|any)\s+(?:(?:that|which)\s+(?:apply|applies|are)\b|(?:of\s+)?(?:the\s+)?(?:correct\b|right\b|{_ANSWERS}))"
    rf"|{_ORDER}\s+(?:all\b(?!\s+\w)|(?:one|1)\s+or\s+more)",
    re.IGNORECASE,
)
_MODIFIERS = r"(?:(?:the|any|exactly|only|your|best|correct|up\s+to)\s+){0,3}"
_ASKED = (
    re.compile(rf"{_ORDER}\s+{_MODIFIERS}{_COUNT}\b(?!\s*[.,]\d)", re.IGNORECASE),
    re.compile(rf"\b{_VERB}\s+{_MODIFIERS}{_COUNT}\s+{_ANSWERS}\b", re.IGNORECASE),
    re.compile(rf"[(\[]\s*{_COUNT}\s+{_ANSWERS}\s*[.)\]]", re.IGNORECASE),
    re.compile(r"\b(?:[Ww]hich|[Ww]hat)\s+(?:[\w-]+\s+){0,2}?(?P<count>TWO|THREE|FOUR|FIVE)\b"),
)
_IN_PASSING = re.compile(
    r"\b(?:which|what)\s+(?P<count>two|three|four|five)\b|\bwhich\s+(?P<of>two|three|four|five)\s+of\b", re.IGNORECASE
)
_HINTS = (
    "choose",
    "select",
    "pick",
    "mark",
    "tick",
    "check",
    "identify",
    "give",
    "indicate",
    "answer",
    "option",
    "choice",
    "respons",
    "which",
    "what",
)


def asked(stem: str) -> Select | None:
    """How many choices the stem tells the reader to pick: a number, ``"all"``, or None if it doesn't say."""
    plain = stem.casefold()
    if not any(map(plain.__contains__, _HINTS)):
        return None
    if _ALL.search(stem):
        return "all"
    for pattern in _ASKED:
        found = pattern.search(stem)
        if found:
            return _number(found["count"])
    return None


def selection(stem: str, key_size: int) -> Select:
    """How many choices a question asks for: what its stem says, else as many as its key has.

    "Which two …" counts only if no key contradicts it: it may be about the things that are compared.
    """
    told = asked(stem)
    if told is not None:
        return told
    passing = _IN_PASSING.search(stem)
    if passing and key_size in {0, _number(passing["count"] or passing["of"])}:
        return _number(passing["count"] or passing["of"])
    return max(key_size, 1)


def miscounted(draft: QuestionDraft) -> str:
    """Say how the number of choices to pick, as the stem or else the draft gives it, doesn't fit; empty: it does."""
    told = asked(draft.stem)
    wanted = draft.select if told is None else told
    if not isinstance(wanted, int):
        return ""
    if draft.key and len(draft.key) != wanted:
        message = _("The question asks for {wanted}, but the key has {count}.")
        return message.format(wanted=wanted, count=len(draft.key))
    if told is not None and draft.choices and wanted >= len(draft.choices) > 1:
        message = _("The question asks for {wanted} of {count} choices.")
        return message.format(wanted=wanted, count=len(draft.choices))
    return ""


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    # As the patterns compare: without case, a long s is an s and a dotless i is an i.
    return next(number for name, number in _NUMBERS.items() if re.fullmatch(name, word, re.IGNORECASE))
