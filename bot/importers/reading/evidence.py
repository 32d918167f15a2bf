"""Weighs what speaks for a run being the choices of a question, and against it.

Each piece of evidence is a weight; the weights add up. From 0 on, a run that stands alone is taken for choices. The
numbers were chosen so that one sure sign (letters from A on, a box, an answer line that names an item) is enough
against the doubts about a plain list, and so that two weak signs are not.
"""

import re
from typing import NamedTuple

from bot.importers.reading.keys import bare, parts_of, resolve
from bot.importers.reading.page import Page, within
from bot.importers.reading.prefixed import judged
from bot.importers.reading.runs import Run
from bot.importers.reading.verdicts import bold, verdict
from bot.importers.reading.words import truth_of

_STYLES = {"letter": 2.0, "box": 3.0, "sign": 2.0, "number": -3.0, "bullet": -2.5, "bare": -2.5}
_ROMAN = -1.5
_FEW = 2
_MANY = 0.5
_LONE = -5.0
_HEADLESS = -1.5
_IN_CODE = -1.0
_MARKED = 2.5
_BOLD = 1.5
_JUDGED = 3.0
_NAMED_BY_TEXT = 3.5
_NAMED_BY_LABEL = 2.0
_ASKED = 1.5
_LABELLED = 3.0
_TRUTHS = 3.5
_COUNTED = -6.0
_SHARE = re.compile(r"^\W*\d{1,3}(?:[.,]\d+)?\s?%\W*$")
"""How many chose it: statistics, not choices."""
_CHOSEN = frozenset(("box", "sign"))
"""The styles that say of each item whether it is right: statistics have none of them."""
_ANSWERS = -5.0
_BELOW = 30
"""An answer that stands farther below the choices, in lines, is not theirs."""
_LONGEST_KEY = 2000
_ASKING = ("?", ":", "？", "：", "_", "؟", ";")


class Evidence(NamedTuple):
    """What speaks for a run, in all, and the index of the answer line that names one of its items (-1: none does)."""

    weight: float
    key_at: int = -1


def weigh(page: Page, run: Run) -> Evidence:
    """Return the evidence for a run, as far as it lies in the run and right around it."""
    weight = _STYLES[run.style] + _shape(run) + _marks(page, run) + _above(page, run)
    key_at = _key_below(page, run)
    if key_at < 0:
        return Evidence(weight)
    named = _named(page, run, key_at)
    return Evidence(weight + named, key_at if named > 0 else -1)


def _shape(run: Run) -> float:
    """How much a run looks like choices by itself."""
    weight = _MANY if run.style == "letter" and len(run.items) > _FEW else 0.0
    weight += _LONE if len(run.items) == 1 else 0.0
    weight += _HEADLESS if _is_headless(run) else 0.0
    return weight + (_IN_CODE if run.in_code else 0.0)


def _marks(page: Page, run: Run) -> float:
    """What signs at the items say: a few are right, or one is true and one false."""
    weight = 0.0
    if run.style == "bare" and {truth_of(mark.rest) for _, mark in run.items} == {True, False}:
        weight += _TRUTHS
    if any(verdict(page.lines[at].text)[1] for at, _ in run.items) or _is_judged(run):
        return weight + _JUDGED
    if run.style not in _CHOSEN and all("%" in mark.rest and _SHARE.match(mark.rest) for _, mark in run.items):
        return weight + _COUNTED
    ticks = [mark.ticked and not mark.typographic for _, mark in run.items]
    bolds = [bold(mark.rest) is not None for _, mark in run.items]
    weight += _MARKED if any(ticks) and not all(ticks) else 0.0
    return weight + (_BOLD if any(bolds) and not all(bolds) else 0.0)


def _is_judged(run: Run) -> bool:
    """Whether each item begins with a word such as "Correct:" or "Wrong:"; only items without letters are looked at."""
    if run.style not in {"bullet", "number"} or ":" not in run.items[0][1].rest.replace("：", ":"):
        return False
    return judged([mark.rest for _, mark in run.items])


def _above(page: Page, run: Run) -> float:
    """What the line above says: "Options:" or a question announces choices, "Answer:" or "Explanation:" doesn't."""
    above = page.text_above(run.start)
    if page.explanations.get(above) == "" or page.keys.get(above) == "":
        return _ANSWERS
    if above in page.keys and any(mark.ticked for _, mark in run.items) and _is_unnumbered(page, above):
        return _ANSWERS  # the choices are above the answer, and these explain it
    if above in page.labels:
        return _LABELLED
    asks = above >= 0 and above not in page.keys and page.lines[above].text.rstrip(" *_)").endswith(_ASKING)
    return _ASKED if asks else 0.0


def _is_unnumbered(page: Page, key_at: int) -> bool:
    """Whether an item that counts no question is right above an answer line."""
    above = page.text_above(key_at)
    return above in page.items and above not in page.numbers


def _is_headless(run: Run) -> bool:
    """Whether the first letter or number is missing."""
    return run.style in {"letter", "number"} and run.positions[0] > 0


def _key_below(page: Page, run: Run) -> int:
    """The index of the first answer line below a run, before anything that begins another question; -1: none."""
    start, end = run.last + 1, run.last + 1 + _BELOW
    at = next(iter(within(page.key_lines, start, end)), -1)
    if at < 0:
        return -1
    others = (page.number_lines, page.heading_lines)
    return -1 if any(within(indexes, start, at) for indexes in others) else at


def _named(page: Page, run: Run, key_at: int) -> float:
    """How well an answer line fits the items of a run."""
    answer = page.keys[key_at]
    if not answer:
        below = page.text_below(key_at)
        answer = page.lines[below].text.strip(" -*•") if below < len(page.lines) else ""
    if not answer or len(answer) > _LONGEST_KEY:
        return 0.0
    labels = run.labels if run.style != "bullet" else ()
    is_label = labels and bool(resolve(answer, ["\0"] * len(labels), labels).positions)
    if is_label and run.style == "letter":  # a letter is hardly ever a text, too, and texts take long to compare
        return _NAMED_BY_LABEL
    texts = {bare(text) for text in texts_of(page, run)}
    if bare(answer) in texts or all(bare(part) in texts for part in parts_of(answer)):
        return _NAMED_BY_TEXT
    return _NAMED_BY_LABEL if is_label else 0.0


def texts_of(page: Page, run: Run) -> list[str]:
    """The items' texts, each up to the next item or a blank line."""
    texts = []
    for position, (at, mark) in enumerate(run.items):
        end = run.items[position + 1][0] if position + 1 < len(run.items) else at + 8
        below = at + 1
        while below < end and not page.is_blank(below) and below not in page.keys and below not in page.explanations:
            below += 1
        texts.append(" ".join([verdict(mark.rest)[0], *(line.text for line in page.lines[at + 1 : below])]))
    return texts
