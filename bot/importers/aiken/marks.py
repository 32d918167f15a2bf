"""Says what the lines of an Aiken file are, by the same signs as Moodle's importer."""

import re

FIRST = "A"
"""The letter of a question's first choice."""
ANSWER = "="
"""Stands for an answer line wherever other marks are letters."""

_CHOICE = re.compile(r"(?P<letter>[A-Z])[).](?P<text>.*)")
_ANSWER = re.compile(r"ANSWER:(?P<told>.*)")
_NEARLY_ANSWER = re.compile(r"(?:answer|ans)[ \t]?:[ \t]{0,9}(?P<told>[a-z][.)]?)", re.IGNORECASE)
_LETTER = re.compile(r"(?P<letter>[A-Za-z])[.)]?")


def choice(text: str) -> tuple[str, str] | None:
    """The letter and the text of a line that Moodle takes for a choice: a capital before a bracket or a full stop."""
    found = _CHOICE.fullmatch(text)
    return (found["letter"], found["text"].strip()) if found else None


def answer(text: str) -> str | None:
    """What an answer line tells; None if this is none. Only ``ANSWER:`` in capitals may tell more than a letter."""
    found = _ANSWER.fullmatch(text) or _NEARLY_ANSWER.fullmatch(text)
    return found["told"].strip() if found else None


def is_exact_answer(text: str) -> bool:
    """Whether a line is an answer line as the format has it, with a capital and perhaps a full stop."""
    found = _ANSWER.fullmatch(text)
    told = found["told"].strip() if found else ""
    return bool(letter(told)) and told[0].isupper()


def letter(told: str) -> str:
    """The letter that an answer consists of, as a capital; empty if it is anything else."""
    found = _LETTER.fullmatch(told)
    return found["letter"].upper() if found else ""


def says_nothing(text: str) -> bool:
    """Whether a line is too short for Moodle, which skips lines of a single byte."""
    return len(text.encode("utf-8", "replace")) < 2
