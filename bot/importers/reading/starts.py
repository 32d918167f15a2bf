"""Finds where a question could begin above its choices, and weighs each line that it could be."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.importers.reading.marks import QuestionMark
from bot.importers.reading.page import Page, within
from bot.importers.reading.runs import Run

_FARTHEST = 250
"""How many lines above its choices a question may begin."""
_NUMBERS = 16
"""How many numbers above its choices are tried: a stem can hold a numbered list."""
_PARAGRAPHS = 6
"""How many paragraphs above its choices a question without any mark may begin."""

_NAMED = 3.5
_NUMBERED = 2.0
_OPENED = 1.9
_HEADED = 2.0
_TITLED = 0.2
_OUTLINED = 1.5
_PARTED = 1.3
_PLAIN = 0.5
_ONLY_TITLED = 1.0
_NO_STEM = -3.0
_STEM_LOST = -1.5
_KEY_INSIDE = -4.0
_KEY_ABOVE = -1.5
_EXPLANATION_INSIDE = -5.0
_RULER_INSIDE = -2.5
_FOLDED_INSIDE = -3.0
_HEADING_INSIDE = -2.5
_NAMED_INSIDE = -4.0
_NUMBER_INSIDE = -0.7
_PER_PARAGRAPH = -0.6
_PER_PARTED_PARAGRAPH = -0.3
_PER_NUMBERED_PARAGRAPH = -0.1
_SMALL_LETTER = -0.7
_ANSWERS = -2.0


_PER_FURTHER_PARAGRAPH = {
    "number": _PER_NUMBERED_PARAGRAPH,
    "opener": _PER_NUMBERED_PARAGRAPH,
    "parted": _PER_PARTED_PARAGRAPH,
}


_IN_BRACKETS = re.compile(r"\s?[(（\[][^()（）\[\]]{1,30}[)）\]][.。]?$|(?<=[?？])\s{0,3}\*\*[^*]{1,60}\*\*\.?$")


class Start(NamedTuple):
    """A place at which a question could begin: its index, its number, how it shows, and how well it fits."""

    at: int
    mark: QuestionMark | None
    habit: str
    weight: float


def starts_above(page: Page, run: Run, floor: int) -> list[Start]:
    """Return where the question with these choices could begin, below index ``floor``; at least one place."""
    found: dict[int, Start] = {}
    for at, habit, base in _beginnings(page, run, max(floor + 1, run.start - _FARTHEST)):
        if at not in found:
            mark = page.numbers.get(at) if habit == "number" else None
            found[at] = Start(at, mark, habit, base + _fit(page, run, at, habit))
    return list(found.values()) or [Start(run.start, None, "none", _STEM_LOST)]


def _beginnings(page: Page, run: Run, floor: int) -> Iterator[tuple[int, str, float]]:
    for at in within(page.number_lines, floor, run.start + 1)[-_NUMBERS:]:
        if (
            at not in page.listed_numbers
            and not page.lines[at].folded
            and (at < run.start or run.style not in {"number", "box"})
        ):
            yield at, "number", _NAMED if page.numbers[at].named else _NUMBERED
    for at in within(page.opening_lines, floor, run.start)[-1:]:
        yield at, "opener", _OPENED
    headings = within(page.heading_lines, floor, run.start)
    for at in headings[-2:]:
        if at not in page.rulers:
            yield at, "heading", _HEADED if asks(page.headings[at].text) else _TITLED
    if run.style != "bare" and (parent := _parent(page, run, floor)) >= 0:
        yield parent, "outline", _OUTLINED
    yield from _paragraphs(page, run, floor)


def asks(text: str) -> bool:
    """Whether a text ends as a question or a request does, apart from brackets and bold type behind a question mark."""
    return _IN_BRACKETS.sub("", text).rstrip(' *_)"”').endswith(("?", ":", "？", "：", "__", "؟", "…", "..."))


def _parent(page: Page, run: Run, floor: int) -> int:
    """The index of the bullet above the run that stands less far in; -1 if there is none."""
    first = page.items.get(run.start)
    if not first or not first.indent:
        return -1
    for at in range(run.start - 1, max(floor, run.start - 40) - 1, -1):
        item = page.items.get(at)
        if item and item.style == "bullet" and item.indent < first.indent and not page.lines[at].folded:
            return at
    return -1


def _paragraphs(page: Page, run: Run, floor: int) -> Iterator[tuple[int, str, float]]:
    """Where paragraphs begin above a run, the nearest first."""
    count = 0
    at = page.text_above(run.start)
    while at >= floor and count < _PARAGRAPHS:
        begin = at
        while (
            begin - 1 >= floor
            and not page.is_blank(begin - 1)
            and not page.parts(begin - 1)
            and begin not in page.headings
        ):
            begin -= 1
        above = page.text_above(begin)
        if not page.parts(begin) and begin not in page.headings:
            parted = above in page.rulers or above in page.headings
            yield begin, *(("parted", _PARTED) if parted else ("paragraph", _PLAIN))
            count += 1
        at = above


def _fit(page: Page, run: Run, at: int, habit: str) -> float:
    """How well the lines from ``at`` to the choices make a stem."""
    weight, end = 0.0, run.start
    keys = within(page.key_lines, at, end)
    if keys:
        above = len(keys) == 1 and habit == "number"
        weight += _KEY_ABOVE if above else _KEY_INSIDE * len(keys)
    weight += _EXPLANATION_INSIDE * len(within(page.explanation_lines, at, end))
    weight += _RULER_INSIDE * len(within(page.ruler_lines, at, end))
    weight += _HEADING_INSIDE * sum(one not in page.rulers for one in within(page.heading_lines, at + 1, end))
    for one in within(page.number_lines, at + 1, end):
        if page.numbers[one].named:
            weight += _NAMED_INSIDE
        elif one not in page.listed_numbers:
            weight += _NUMBER_INSIDE
    weight += _FOLDED_INSIDE * bool(within(page.folded_lines, at, end))
    text, paragraphs = _measure(page, at, end, habit)
    if not text:
        weight += _ONLY_TITLED if habit == "heading" else _NO_STEM
    weight += max(paragraphs - 1, 0) * _PER_FURTHER_PARAGRAPH.get(habit, _PER_PARAGRAPH)
    if habit in {"paragraph", "parted"} and page.lines[at].text.lstrip()[:1].islower():
        weight += _SMALL_LETTER
    if at in page.announced:
        weight += _ANSWERS
    return weight


def _measure(page: Page, at: int, end: int, habit: str) -> tuple[bool, int]:
    """Whether there is text for a stem besides the heading, and how many paragraphs it has; code counts as none."""
    has_text = paragraphs = 0
    open_paragraph = False
    for position in range(at, end):
        line = page.lines[position]
        if not line.text.strip() or position in page.labels:
            open_paragraph = False
            continue
        if position == at and habit in {"heading", "opener"}:
            continue
        if position == at and habit == "number":
            rest = page.numbers[at].rest
            has_text += bool(rest)
            open_paragraph = bool(rest)
            paragraphs += bool(rest)
            continue
        if line.code:
            has_text += habit != "heading"
            continue
        has_text += 1
        if not open_paragraph and position not in page.items:
            paragraphs += 1
        open_paragraph = True
    return has_text > 0, paragraphs
