"""Reads words that announce what follows: "Options:", "Question:"."""

import re

from bot.importers.reading import words
from bot.importers.reading.marks import plain, without_bullet

_OPTIONS = re.compile(
    r"^(?:answer\s+|possible\s+|the\s+)?(?:options?|choices?|alternatives?|possible\s+answers?)\s*(?:\(s\))?\s*:?$",
    re.IGNORECASE,
)
_OPTIONS_WORDS = ("option", "choice", "altern", "answer", "possib", "the ")
_QUESTION_ALONE = re.compile(r"^(?:(?:practice|sample|review|quiz|exam)\s+)?question\s*:?$", re.IGNORECASE)
_LONGEST_LABEL = 60
"""A line with more characters, with the signs around it, says more than what follows."""


def question_label(text: str) -> bool:
    """Whether a line only says that a question follows: "Question:", "**Practice question**"."""
    if len(text) > _LONGEST_LABEL:
        return False
    text = plain(text)
    label = words.question_label(text)
    return bool(_QUESTION_ALONE.match(text)) or (label is not None and label.number is None and not label.rest)


def asked_text(text: str) -> str | None:
    """The text behind a word such as "Question:" without a number, empty if that is all; None without such a word."""
    if question_label(text):
        return ""
    label = words.question_label(plain(text))
    return label.rest if label and label.number is None else None


def options_label(text: str) -> bool:
    """Whether a line only says that choices follow: "Options:", "**Choices**"."""
    if len(text) > _LONGEST_LABEL:
        return False
    text = plain(without_bullet(text))
    if text[-1:] == "." and text[:1].islower():  # the end of a sentence that was wrapped
        return False
    if text[:6].lower().startswith(_OPTIONS_WORDS) and _OPTIONS.match(text):
        return True
    return words.options_label(text)
