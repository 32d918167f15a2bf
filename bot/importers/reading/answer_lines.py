"""Reads the lines that give an answer or an explanation, behind words such as "Answer:" or behind an arrow.

Every function judges one line on its own, whatever quote, heading or emphasis signs stand around its first words.
"""

import re
from functools import lru_cache

from bot.importers.reading.labelled import GLUED
from bot.importers.reading.marks import KEPT, plain
from bot.importers.reading.words import explanation_label, key_label

_ANSWER_NAME = (
    r"(?:(?:the|suggested|multiple|all)\s+)?(?:(?:correct|right|best)\s+)?"
    r"(?:answers?|ans\b|(?:correct|right)\s+(?:options?|choices?|responses?))"
)
_KEY = re.compile(
    rf"^(?i:{_ANSWER_NAME}\s*(?:\((?:s|\d)\))?\s*(?:key\s*)?)"
    # Without a colon only a letter makes it an answer: "the answers are stored" goes on with some sentence.
    rf"(?:[:=](?:-(?=\s|{GLUED}))?|[-–—](?=\s)|(?i:is|are)\s?:"
    r"|(?i:is|are)\b(?=\s*[(\[*]*(?:[A-Z](?:[)\].,:*]|\s|$)|[a-z](?:[)\]]|\.?$)))|(?=(?i:option|choice)\s(?:[A-Z]|\d{1,2})\b))"
    r"\s*(?P<rest>.*)$"
)
_ARROWS = frozenset("=-→⇒➜✓✔✅")
_KEY_ARROW = re.compile(
    r"^(?:=+>|-+>|[→⇒➜✓✔✅])\s*(?P<rest>[(\[]?[A-Ha-h](?:[)\].,;&/\s]{0,4}(?:and\s)?[(\[]?[A-Ha-h])*[)\].]*)$"
)
_KEY_JUDGED = re.compile(r"^(?P<label>[A-H])\s[-–—]\s*(?:correct|right)(?:\s+answer)?\W*$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"^\[([A-Za-z ]{2,30})\](?!\()\s*:?\s*")
_BOLD_BEHIND_THE = re.compile(r"^([^\W\d_]{2,4}\s)\*\*")
"""An article before what is in bold type: "The **answer: B**"."""
_SIGN_BEFORE = re.compile(r"^[\u2000-\u2bff\U0001f000-\U0001faff]\ufe0f?\s?(?=[*_])")
"""A sign before a word in bold type: "✅ **Answer: B**"."""
_LINK = re.compile(r"\[([^][]{1,400})\]\([^()\s]{1,400}\)")
_KEY_ALONE = re.compile(rf"^{_ANSWER_NAME}\s*(?:\(s\))?(?:\s*(?:&|and|/)\s*explanation)?$", re.IGNORECASE)
_KEY_LETTERS = re.compile(
    rf"^(?i:{_ANSWER_NAME}(?:\s*\(s\))?|key|solutions?|correct)(?:\s*[:=.–-]\s*|\s+)"
    r"(?P<rest>(?:A\d{1,2}(?:[,;&/\s]{1,3}A\d{1,2})*)|[(\[]?[A-Z](?:[)\].,;&/\s]{0,4}(?:and\s)?[(\[]?[A-Z])*[)\].]*"
    r"(?:\s\([^()]{2,200}\))?|(?i:true|false))$"
)
_KEY_WORDS = ("the ", "suggested", "multiple", "all ", "correct", "right", "best", "answer", "ans", "key", "solution")
_EXPLANATION_WORDS = (
    "overall",
    "general",
    "detailed",
    "brief",
    "answer",
    "exp",
    "rational",
    "justific",
    "reason",
    "feedback",
    "referen",
)
_EXPLANATION = re.compile(
    r"""
    ^(?:(?:overall|general|detailed|brief|answer)\s+)?
    (?:explanations?|expl?\.?(?=:)|rationale|justification|reasoning|feedback|references?)
    (?:\s*/\s*references?)?\s*(?:[:–—]\s*|-\s+|$)(?P<rest>.*)$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EXPLANATION_INSIDE = re.compile(r"\s(?:explanation|rationale|references?)\s*[:–-]\s*", re.IGNORECASE)
_FIELDS_BEHIND = re.compile(r"\s(?:PTS|DIF|REF|OBJ|NAT|STA|TOP|KEY|MSC|LOC|BLM)\s*:.*$")
"""What test generators print after an answer: points, difficulty, references."""


@lru_cache(KEPT)
def key_text(text: str) -> str | None:
    """The answer on an answer line, empty if the line only announces it; None if this is no answer line."""
    text = _unlisted(text)
    if text[:1] in _ARROWS and (found := _KEY_ARROW.match(text)):
        return found["rest"].strip()
    if text[1:3] in {" -", " –", " —"} and (found := _KEY_JUDGED.match(text)):
        return found["label"]
    if not text[:9].lower().startswith(_KEY_WORDS):
        return key_label(text)
    found = _KEY.match(text)
    if found:
        return _FIELDS_BEHIND.sub("", found["rest"]).strip(" *_")
    if _KEY_ALONE.match(text):
        return ""
    found = _KEY_LETTERS.match(text)
    return found["rest"].strip() if found else key_label(text)


@lru_cache(KEPT)
def _unlisted(text: str) -> str:
    """A line without the signs around its first word: a bullet, a quote, emphasis, brackets."""
    if "](" in text and text.lstrip(" -*+>")[:1] != "[":
        text = _LINK.sub(r"\1", text)
    text = plain(text)
    if text[:2] in {"- ", "* ", "+ ", "• "}:
        text = plain(text[2:])
    if not text[:1].isascii() and (sign := _SIGN_BEFORE.match(text)):
        text = plain(text[sign.end() :])
    if text[:1] == "[":
        text = _IN_BRACKETS.sub(r"\1: ", text, count=1)
    return _BOLD_BEHIND_THE.sub(r"\1", text) if "**" in text[1:8] else text


def part_inline_explanation(answer: str) -> tuple[str, str]:
    """Split the text of an answer line into the answer and the explanation that follows it on the same line."""
    key, sign, _rest = answer.partition("【")
    if key and sign and (told := explanation_label(answer[len(key) :])) is not None:
        return key, told
    found = _EXPLANATION_INSIDE.search(answer)
    return (answer[: found.start()], answer[found.end() :]) if found else (answer, "")


@lru_cache(KEPT)
def explanation_text(text: str) -> str | None:
    """The text after ``Explanation:`` or a similar word, or None if the line doesn't begin with one."""
    text = _unlisted(text)
    found = _EXPLANATION.match(text) if text[:8].lower().startswith(_EXPLANATION_WORDS) else None
    return found["rest"].strip(" *_") if found else explanation_label(text)
