"""Reads the marks before stems and choices: numbers, letters, bullets, boxes, ticks.

Every function judges one line on its own. Whether an "A." really begins a choice is up to the caller, who sees the
lines around it.
"""

import re
from functools import lru_cache
from string import ascii_uppercase
from typing import NamedTuple

from bot.importers.reading import words
from bot.importers.reading.words import WORTH

KEPT = 2**13
"""For how many lines a function remembers its result: each part of a document is gone through several times."""

NUMBER = r"\d{1,18}"
"""A pattern for the number of a question or an answer; a longer run of digits is data."""

_MAY_COUNT = frozenset("*★☆#>_[-0123456789qn" + ascii_uppercase)
_EMPHASIS = re.compile(r"^(\*\*\*|\*\*|__|\*|_)(?=\S)(.{0,400}?\S)\1(?!\w)")
_LEAD = re.compile(r"^(?:>\s?){1,3}|^#{1,6}\s+")

_EMPHASIS_ENDS = re.compile(r"^(?:\*\*|__)|(?<=[\w:.)])(?:\*\*|__)(?=[:.)\s])")
_LABEL_ENDS = frozenset(".)")
_LONGEST_ID = 17
_STARS = re.compile(r"^[*★☆_]{1,10}\s*(?=(?:q\w*\W*)?\d)", re.IGNORECASE)
_FILLED = re.compile(r"^_{1,12}\s?(?P<key>[A-Z])\s?_{1,12}\s*(?=\d{1,4}[.)]\s)")
"""The answer on a line before the number: "__B__ 7."."""
_NAMED_NUMBER = re.compile(
    rf"""
    ^(?:new\s+|topic\s+\#?(?P<above>\d{{1,3}})\s{{0,4}}[-–,:]?\s{{0,4}})?(?:q(?:uestions?|n|ues)?|exercise|problem)
    \s{{0,4}}(?:no\b\.?|number\b|num\b\.?|nr\b\.?)?
    \s{{0,4}}[.:\#(–-]?\s{{0,4}}[\#:]?\s{{0,4}}
    (?:\d{{1,3}}\.)?(?P<number>{NUMBER})\b
    (?:\s{{1,4}}(?:of|/)\s{{0,4}}{NUMBER})?
    (?:\s{{0,4}}[-–(*]{{0,2}}\s{{0,4}}topic\s+\#?(?P<topic>\d{{1,3}})[)*]{{0,2}})?
    (?:{WORTH})?
    (?P<end>
        \s{{0,4}}[.:)\]–-]{{1,2}}(?:\s|$) | \s{{0,4}}[:)\]](?=\S) | \s{{0,4}}\.(?=[^\s\d]) | \s{{0,4}}$
      | \s{{1,4}}(?=["“‘(]?[A-Z])
    )
    (?P<rest>.*)$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_JUDGE = re.compile(r"^#{1,6}\s(?:\*\*)?t\s?/\s?f\s?[.:?–-]\s{0,4}(?P<rest>\S.*)$", re.IGNORECASE)
_POOLED = re.compile(
    r"^(?=[A-Z0-9.-]{0,11}\d)[A-Z][A-Z0-9.-]{1,11}\s{0,4}\((?P<key>[A-Z])\)\s*(?:\[[^\[\]]{0,40}\]\s*)?$"
)
"""The first line of an entry in a question pool: an id, the letter of the answer, and perhaps a reference."""
_GLUED = 'A-Z\u00c0-\u00de"“\u0391-\u03ab\u0400-\u042f\u05d0-\u05ea\u0600-\u06ff\u0900-\u0e7f\u3040-\u9fff\uac00-\ud7a3'
"""What may begin right behind the full stop of a number or letter: capitals, and scripts without capitals."""
_BARE_NUMBER = re.compile(
    rf"^(?P<number>{NUMBER})(?:\s?[.)](?:\s+(?=\S)|$|(?=[{_GLUED}])(?!\d))|\s?[-–—]\s+(?=[^\W\d_]{{2}})"
    r"|\t\s{0,4}(?=[^\t]{0,12}[^\W\d_][^\t]{3,}$))(?P<rest>.*)$"
)
"""The number before a stem; a tab alone parts the two only if the line has no other, as a row of a table would."""

_PICTURE_BEFORE = re.compile(
    r"^(?:[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?\s*){1,3}(?=[*_]{0,3}[^\W\d_][^\W_])"
)
"""Pictures before a word: "🧠 Question 3"."""
_OTHERWISE_COUNTED = re.compile(
    r"^(?:\[(?P<inside>\d{1,4})\]\s+(?=\S)|(?P<word>Ｑ)?(?P<wide>[０-９]{1,4})[．.、:：）)]\s*(?=\S))"
)
_CHOICE = re.compile(
    rf"""
    ^(?:[-*•▪◦‣–+]\s+)?
    (?P<tick>(?:\[[ xX✓✔]?\]|[✓✔✅☑]|\*{{1,2}}(?=[(\[A-Za-z0-9]))\s*)?
    (?:
        [(\[](?P<inside>[A-Za-z]|{NUMBER})[)\]]\s*[.:]?\s*
      | (?P<label>[A-Za-z]|{NUMBER}(?!\s?[.:]\d))
        (?:\s?[)]\s*|\s?[.:](?:\s+|$|(?=[{_GLUED}0-9*_`<$]))|(?<=[A-Z]):(?=[^\s\\/:]))
      | (?P<dashed>[A-Z])\s?[-–—]\s+
    )
    (?P<rest>.*)$
    """,
    re.VERBOSE,
)
_NAMED_LABEL = re.compile(
    r"^(?:[-*+•]\s+)?(?P<label>(?:\*\*|__)?A(?P<number>\d{1,2})(?:\*\*|__)?[:.)](?:\*\*|__)?\s+)?(?P<rest>\S.*)$"
)
"""The letter of answers and a number before a choice, "A1:"; or else what may begin with a word such as "Option"."""
_BOLD_LABEL = re.compile(
    r"^(?P<before>(?:[-*+•]\s+)?(?:\[[ xX]?\]\s*)?)(?P<sign>\*\*|__)(?P<label>[(\[]?(?:[A-Za-z]|\d{1,2})[)\]]?)"
    r"(?P<inner>[.):]?)(?P=sign)(?P<end>[.):]?)\s+"
)
_BULLET = re.compile(r"^(?P<sign>[-*•▪◦‣+■□●○·∙⁃–➢➤§❖\uf000-\uf0ff]|o(?=\t))\s+(?P<rest>\S.*)$")
"""Word's own bullets are letters of fonts that only look like signs: in text, they are private characters or an o."""
_CHECKBOX = re.compile(
    r"""
    ^(?:
        (?:[-*+•·]\s+)?(?P<box>\[[ xX✓✔]?\]|[☐☑☒✅✓✔❌✗✘⬜]\ufe0f?|\[[(\[][ xX][)\]]\])
      | (?:[-*+•·]\s+)?(?P<round>\([ xX]\))(?=\s|$)
    )
    \s*(?P<rest>\S.*|$)$
    """,
    re.VERBOSE,
)
"""Boxes, also round ones, and those of LiaScript: ``[( )]`` and ``[[x]]``."""
_EMPTY_BOXES = frozenset(("[ ]", "[]", "☐", "☒", "❌", "✗", "✘", "⬜", "( )", "[( )]", "[[ ]]"))

_TOPIC = re.compile(r"^[-–]?\s*\(\s*(?:exam\s+)?topic\s+#?(?P<number>\d{1,3})\s*\)\s*", re.IGNORECASE)
RULES = "-=*_~#"
"""The signs of which lines consist that only separate."""
_RULER = re.compile(r"^\s*(?:-{3,}|={3,}|\*{3,}|_{3,}|~{2,}|#{7,}|(?:[-*_]\s){2,}[-*_])\s*$")
_COUNTED = re.compile(r"^\s*(?:[-*•]\s+)?(?:[A-Ha-h]|\d{1,4})[.)]\s")


class QuestionMark(NamedTuple):
    """What stands before a stem and counts it.

    Attributes:
        number: None in question pools, whose questions have ids.
        named: whether a word such as "Question" comes with the number, or it is an id.
        key: the answer's letter, where an id line or a line before the number gives it.
    """

    number: int | None
    rest: str
    named: bool
    topic: str | None = None
    key: str | None = None


class ChoiceMark(NamedTuple):
    """The letter or number before a choice.

    Attributes:
        ticked: whether a sign before it, or bold type, marks the choice as right.
        typographic: whether that sign is bold type or a star, which may be mere typography.
    """

    label: str
    family: str
    rest: str
    ticked: bool
    typographic: bool = False


@lru_cache(KEPT)
def plain(text: str) -> str:
    """``text`` without the quote, heading and emphasis signs that Markdown puts around a mark."""
    text = text.strip()
    if text[:1] in ">#":
        text = _LEAD.sub("", text).strip()
    if text[:1] in "*_":
        text = _EMPHASIS.sub(r"\2", text, count=1)
    return text


def is_counted(text: str) -> bool:
    """Whether a line begins like most lines of a long file, which are numbered stems and lettered choices."""
    return bool(_COUNTED.match(text))


def is_ruler(text: str) -> bool:
    """Whether a line only separates."""
    text = text.strip()
    return bool(text) and text[0] in RULES and text[-1] in RULES and bool(_RULER.match(text))


@lru_cache(KEPT)
def question_mark(text: str) -> QuestionMark | None:
    """The question number that a line begins with: ``7.``, ``Q7:``, ``Question #7``, ``NEW QUESTION 7`` and so on."""
    text = text.strip()
    if text[:2] in {"- ", "* ", "+ "} and ((listed := _listed(plain(text[2:]))) or text[0] == "-"):
        return listed
    if text[1:2] in _LABEL_ENDS and text[0].isalpha() and text[0] not in "Qq":  # most lines of a long file are choices
        return None
    if text[:2] == "#.":  # Pandoc counts such items itself
        return QuestionMark(None, text[2:].strip(), named=True)
    text = _without_picture(text)
    if text[:1] == "[" or "\uff10" <= text[:1] <= "\uff3a":
        text = _OTHERWISE_COUNTED.sub(_as_usual, text, count=1)
    if text[:1] in _MAY_COUNT or text[:1].isdecimal():
        if text[0] in "#_" and (counted := _statement(text) if text[0] == "#" else _filled(text)):
            return counted
        if not text[0].isdigit():
            text = _without_picture(plain(_STARS.sub("", plain(text))))
        if found := _bare_number(text) if text[:1].isdigit() else _named_number(text):
            return found
    return _in_another_language(text) if text else None


def _listed(text: str) -> QuestionMark | None:
    """The number behind a bullet, if a word for questions stands before it: "* **Question 3:** …"."""
    if not text[:3].isalpha():  # "Q1" is a quartile, and a link leads to a question elsewhere
        return None
    mark = (_named_number(text) if text[:8].lower() == "question" else None) or _in_another_language(text)
    return mark if mark and mark.number is not None else None


def _without_picture(text: str) -> str:
    """A text without the pictures before its first word."""
    may_be = "\u2600" <= text[:1] < "\u2c00" or text[:1] >= "\U0001f300"
    return plain(_PICTURE_BEFORE.sub("", text)) if may_be else text


def _as_usual(found: re.Match[str]) -> str:
    """The number ``[7]`` or ``Ｑ７．`` as it is written elsewhere, with a full stop."""
    return f"{'Q' if found['word'] else ''}{int(found['inside'] or found['wide'])}. "


def _statement(text: str) -> QuestionMark | None:
    """The statement in a heading such as "### T/F: The sun is a star."."""
    found = _JUDGE.match(text) if "/" in text[:_LONGEST_ID] else None
    return QuestionMark(None, found["rest"].strip(), named=True) if found else None


def _filled(text: str) -> QuestionMark | None:
    """The number behind an answer on a line, such as "__B__ 7."."""
    found = _FILLED.match(text)
    mark = _bare_number(text[found.end() :]) if found else None
    return mark._replace(key=found["key"]) if found and mark else None


def _bare_number(text: str) -> QuestionMark | None:
    found = _BARE_NUMBER.match(text)
    if found and (named := _in_another_language(text)):  # "7. Soru: …"
        return named
    return QuestionMark(int(found["number"]), found["rest"].strip(), named=False) if found else None


def _named_number(text: str) -> QuestionMark | None:
    if "(" in text[:_LONGEST_ID] and (pooled := _POOLED.match(text)):
        return QuestionMark(None, "", named=True, key=pooled["key"])
    found = _NAMED_NUMBER.match(text.removeprefix("["))
    if not found:
        return None
    rest = _EMPHASIS.sub(r"\2", found["rest"].strip().removeprefix("**").strip(), count=1)
    return QuestionMark(int(found["number"]), rest, named=True, topic=found["topic"] or found["above"])


def _in_another_language(text: str) -> QuestionMark | None:
    label = words.question_label(text)
    return QuestionMark(label.number, label.rest, named=True) if label and (label.number or label.rest) else None


def topic_mark(text: str) -> tuple[str, str]:
    """The topic that some dumps put in brackets before a stem (empty if there is none), and the text after it."""
    found = _TOPIC.match(text.strip())
    return (found["number"], text.strip()[found.end() :]) if found else ("", text)


def choice_mark(text: str) -> ChoiceMark | None:
    """The label that a line begins with: ``A.``, ``b)``, ``(C)``, ``D:`` or ``2)``, also behind a bullet or a tick."""
    text = text.strip()
    if text[:2].isalpha() and len(text) > 1 and not words.may_name_option(text):
        return None
    if text[:1] == ">":
        text = _LEAD.sub("", text).strip()
    is_bold = False
    if text[:2] in {"**", "__"} or "**" in text[:5]:
        text = _BOLD_LABEL.sub(r"\g<before>\g<label>\g<inner>\g<end> ", text, count=1)
        is_bold = text.startswith(("**", "__")) and text.endswith(("**", "__")) and len(text) > 4
    found = _CHOICE.match(plain(text) if text[:2] in {"**", "__"} else text)
    if not found:
        return _named_choice(text)
    label = found["inside"] or found["label"] or found["dashed"]
    family = "number" if label.isdigit() else "upper" if label.isupper() else "lower"
    tick = (found["tick"] or "").strip()
    typographic = is_bold or tick.startswith("*")
    ticked = is_bold or tick not in {"", "[ ]", "[]"}
    return ChoiceMark(label, family, found["rest"].strip(), ticked=ticked, typographic=typographic)


def _named_choice(text: str) -> ChoiceMark | None:
    """The choice behind "A1:", or behind a word such as "Option B:" in any language."""
    found = _NAMED_LABEL.match(text)
    if found and found["label"]:
        return ChoiceMark(f"A{found['number']}", "answer", found["rest"].strip(" *_"), ticked=False)
    named = words.option_label(_EMPHASIS_ENDS.sub("", found["rest"], count=2)) if found else None
    if not named:
        return None
    label, rest = named
    family = "option" if label.isdigit() else "upper" if label.isupper() else "lower"
    return ChoiceMark(label, family, rest.strip(" *_"), ticked=False)


def bullet(text: str) -> tuple[str, bool | None] | None:
    """The text after a bullet, and whether its checkbox is ticked (None if it has no checkbox)."""
    text = text.strip()
    box = _CHECKBOX.match(text)
    if box:
        return box["rest"], (box["box"] or box["round"]).rstrip("\ufe0f") not in _EMPTY_BOXES
    found = _BULLET.match(text)
    return (found["rest"], None) if found else None


def without_bullet(text: str) -> str:
    """The text after a bullet; ``text`` if it has none."""
    found = bullet(text)
    return found[0] if found else text
