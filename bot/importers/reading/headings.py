"""Finds headings: of chapters, of sections in notes, of articles."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.importers.reading.compose import collapse, ends_sentence
from bot.importers.reading.lines import Line, Lines
from bot.importers.reading.marks import bullet, choice_mark, is_counted, is_ruler, plain, question_mark

MOST_WORDS = 16
"""A line with more words than this is a sentence, not a heading."""

LONGEST = 400
"""A line with more characters than this is a heading only if Markdown's ``#`` makes it one."""

_DRAWN = frozenset("=*#~_")
_BOX = re.compile(r"^\s*([=*#~_])\1{2,}\s*$")
_DRAWN_AROUND = re.compile(r"^\s*([-=~])\1{2,}\s*(?P<inner>[\w(（「【].{0,100}?)\s*\1{3,}\s*$")
"""A heading between two short rules on its own line: ``--- Water ---``, ``=== Part 2 ===``."""
_UNDERLINE = re.compile(r"^\s*={3,}\s*$")
_DECORATION = " =*~_★☆■●-"
_NAMED = re.compile(
    r"^(?:chapter|section|topic|domain|part|module|unit|lesson|week|day|exam|test|set|practice\s+(?:exam|test|set))"
    r"\s+#?(?:\d{1,3}|[IVX]{1,5}|[A-Z])\b(?!\s+(?:is|are|has|was|of)\b)[^.?!]{0,90}$",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(?:\d+\.?\s*)?(?:(?:review|practice|sample|exam|test|quiz|multiple[- ]choice|self[- ]test)\s+)?"
    r"(?:questions?|quiz)(?:\s+(?:and|&)\s+answers?)?\s*:?$",
    re.IGNORECASE,
)
_HAN_NAMED = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?\s{0,2})?[\u4e00-\u9fff]{1,6}[选選择擇断斷空答非項项][题題]"
    r"\s?(?:[（(].{1,120}[)）])?\s?[:：]?$"
)
"""The kind of the questions below, with what is said of it in brackets: ``一、单选题（共20题）``, ``判断题``."""
_LONE_NUMBER = re.compile(r"^[*★=#~_-]{0,10}\s*(?P<number>\d{1,3})$")
_LONGEST_NUMBER = 20
_LINK = re.compile(r"https?://|www\.")


class Heading(NamedTuple):
    """A heading: its text, its depth (1 is the highest), and the index of the first line after it."""

    text: str
    depth: int
    end: int


def strict_heading(lines: Sequence[Line], at: int) -> Heading | None:
    """The heading at index ``at`` if its form shows that it is one: Markdown, boxed, underlined, or "Chapter 3"."""
    text = lines[at].text
    first = text.lstrip()[:1]
    if first == "#" and (heading := markdown_heading(text, at)):
        return heading
    if not first or len(text) > LONGEST:
        return None
    if first in _DRAWN and _BOX.match(text):
        return _boxed(lines, at)
    if at + 1 < len(lines) and "===" in (below := lines[at + 1].text) and _UNDERLINE.match(below):
        return Heading(title(text), 1, at + 2)
    if first in "-=~" and (drawn := _DRAWN_AROUND.match(text)):
        return Heading(title(drawn["inner"]), 1, at + 1)
    return Heading(title(plain(text)), 1, at + 1) if not is_counted(text) and _is_named(lines, at) else None


def _is_named(lines: Sequence[Line], at: int) -> bool:
    """Whether the line at index ``at`` names a part with its number, or the kind of question below it."""
    text = plain(lines[at].text)
    if text[:1].isascii():
        return bool(_NAMED.match(text)) and _blank(lines, at - 1)
    return bool(_HAN_NAMED.match(text)) and (_blank(lines, at - 1) or _begins_count(lines, at + 1))


def names_kind(text: str) -> bool:
    """Whether a line names the kind of the questions below, with a Chinese number or without: ``一、单选题``."""
    return not text.isascii() and bool(_HAN_NAMED.match(plain(text)))


def _begins_count(lines: Sequence[Line], at: int) -> bool:
    """Whether the next line with text, from index ``at`` on, is question 1, or there is none."""
    below = next((line.text for line in lines[at : at + 3] if line.text.strip()), "")
    mark = question_mark(below)
    return not below or (mark is not None and mark.number == 1)


def markdown_heading(text: str, at: int) -> Heading | None:
    """The heading that Markdown's ``#`` makes of the line at index ``at``, however long it is."""
    text = text.lstrip(" ")
    if text[:1] != "#":
        return None
    rest = text.lstrip("#")
    depth = len(text) - len(rest)
    if not 1 <= depth <= 6 or not rest[:1].isspace() or not rest.strip(" #"):
        return None
    closed = rest.rstrip().rstrip("#")
    return Heading(title(closed if closed[-1].isspace() else rest), depth, at + 1)


def _boxed(lines: Sequence[Line], at: int) -> Heading | None:
    """A heading between two rulers of the same kind."""
    if at + 2 >= len(lines) or not _BOX.match(lines[at + 2].text) or _blank(lines, at + 1):
        return None
    inner = title(lines[at + 1].text)
    if not inner or len(inner.split()) > MOST_WORDS:
        return None
    return Heading(inner, 1, at + 3)


def names_part(text: str) -> bool:
    """Whether a line is just the name and number of a part: "Chapter 3", "Practice Test 2"."""
    found = _NAMED.match(plain(text))
    return bool(found) and len(text.split()) <= 3


def chapter_number(lines: Sequence[Line], at: int) -> Heading | None:
    """The lone number at index ``at`` if it heads a chapter: right below it, questions start again at 1."""
    found = _LONE_NUMBER.match(lines[at].text.strip())
    if not found or not _blank(lines, at - 1):
        return None
    below = at + 1
    while _blank(lines, below) and below < len(lines):
        below += 1
    if below == len(lines) or below == at + 1:
        return None
    mark = question_mark(lines[below].text)
    return Heading(found["number"], 2, at + 1) if mark and mark.number == 1 else None


def with_chapters_marked(lines: Lines) -> Lines:
    """``lines`` with every lone number that heads a chapter written as a Markdown heading."""
    lone = (at for at, text in enumerate(lines.texts()) if 0 < len(text) <= _LONGEST_NUMBER and text[-1].isdigit())
    marked = {at: lines[at].with_text("## " + heading.text) for at in lone if (heading := chapter_number(lines, at))}
    return Lines(marked.get(at, line) for at, line in enumerate(lines)) if marked else lines


def title_heading(lines: Sequence[Line], at: int) -> Heading | None:
    """The heading at index ``at`` if its surroundings show that it is one: a short line without a full stop.

    It stands alone or at the top of its paragraph, and a list or a longer text follows.
    """
    text = lines[at].text.strip()
    words = text.split()
    if not words or len(words) > MOST_WORDS or len(text) > 120 or ends_sentence(text) or text[-1] in ",-":
        return None
    if text[0].islower() or is_ruler(text) or bullet(text) or choice_mark(text) or _LINK.search(text):
        return None
    below = at + 1
    while below < len(lines) and _blank(lines, below):
        below += 1
    if below == len(lines):
        return None
    following = lines[below].text.strip()
    alone = _blank(lines, at - 1) or ends_sentence(lines[at - 1].text)
    capitals = text.isupper() and len(text) > 1 and not text.isdigit()
    if capitals and alone:
        return Heading(title(text), 3, at + 1)
    heads_list = bool(bullet(following)) and len(words) <= 6 and _blank(lines, at - 1)
    heads_prose = below == at + 1 and len(following) > max(2 * len(text), 100) and ends_sentence(following)
    return Heading(title(text), 3, at + 1) if alone and (heads_list or heads_prose) else None


def is_titled(text: str) -> bool:
    """Whether a line could be a title: short, not a sentence, with a capital first and most words capitalised."""
    text = text.strip()
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3 or word[0].isupper()]
    if not words or len(text) > 160 or len(words) > MOST_WORDS or ends_sentence(text) or text[0].islower():
        return False
    if bullet(text) or choice_mark(text) or question_mark(text) or _LINK.search(text) or is_ruler(text):
        return False
    capitals = sum(1 for word in words if word[0].isupper())
    return 2 * capitals >= len(words)


def is_generic(text: str) -> bool:
    """Whether a heading says only that questions follow, such as "Review Questions"."""
    return bool(_GENERIC.match(text))


def title(text: str) -> str:
    """A heading's text without the signs around it."""
    return collapse(plain(text)).lstrip(_DECORATION + "#").rstrip(_DECORATION)


def _blank(lines: Sequence[Line], at: int) -> bool:
    return not 0 <= at < len(lines) or not lines[at].text.strip()
