"""Finds lists beside the questions of a document that could be the choices or the answers of one."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.drafts import Finding, FindingCode
from bot.i18n import gettext as _
from bot.importers.reading.items import item_of
from bot.importers.reading.lines import Line, may_have
from bot.importers.reading.marks import plain, question_mark
from bot.importers.reading.markup import with_code_marked
from bot.importers.reading.prefixed import judged
from bot.importers.reading.words import key_heading, leaves_open

_FEWEST = 2
_FEWEST_UNANSWERED = 3
_LONGEST_LISTED = 60
_NEAR = 8
"""How far below a question a list is looked for, in lines."""
_ENTRY = re.compile(r"^\W{0,3}\d{1,4}\s?[-–.):]\s?\S.{0,60}$")
"""The number of a question, and an answer."""
SEVERAL_KEYS = re.compile(r"^\d{1,4}\s?[-–.):]\s?\w{1,3}(?:[\s,;]{1,3}\d{1,4}\s?[-–.):]\s?\w{1,3})+\.?$")
"""Numbers of questions, each with the label of a choice."""
_CHOICES_BEHIND = (
    re.compile(r"\?\s{1,8}[(\[]?[Aa][.)\]]\s?\S[^?]{0,400}?\s[(\[]?[Bb][.)\]]\s?\S"),
    re.compile(r"\?\s{0,8}\|\s{0,8}[^|\s][^|]{0,400}\|\s{0,8}\S"),
)
_CARD = re.compile(r"^[^:]{1,400} :{2,3} [^:]+$")
_TIGHT_CARD = re.compile(r"^[^:`(){}<>;=#]{1,400}(?<=[\w?.!)]):{2,3}(?=[^\s:])[^:`(){}<>;=]+$")
"""A card without spaces around its colons; signs of code stand in none."""
_MEMBER = re.compile(
    r"""^\s*(?:<[A-Z]\w{0,40}(?:\s[^<>]*)?\s)?question=\{?["'`]|^\s*\{?\s*["']?question["']?\s*:\s*["'`].*["'`],"""
)
"""A question that a page hands to a program: ``<Quiz question="…"`` or ``{ question: "…",``."""
_MEMBER_SIGNS = ("question=", "question:", 'question":', "question':")
_GAP = re.compile(r"(?<!\w)_{3,}(?!\w)")


def lists_lost(lines: Sequence[Line], *, beside_questions: bool = False) -> Iterator[Finding]:
    """Findings about the lists of short texts that are right below a line that asks.

    A number above an unfinished sentence asks, too, if most numbers above lists do: "1. Ice is". Beside questions that
    were found, or above a list that says what is right, one line that asks is enough; elsewhere, and of unfinished
    sentences, there must be several.
    """
    asking = [at for at, line in enumerate(lines) if not line.text.startswith("#") and _asks(line)]
    listed = [at for at in asking if _has_list_below(lines, at)]
    are_unfinished = all(_is_unfinished(lines[at]) for at in listed)
    is_one_enough = beside_questions or (len(listed) == 1 and judged(_list_below(lines, listed[0])))
    if len(listed) < (1 if is_one_enough and not are_unfinished else _FEWEST):
        return
    if are_unfinished:
        counted = [at for at, line in enumerate(lines) if question_mark(line.text) and _has_list_below(lines, at)]
        if 2 * len(listed) <= len(counted):
            return
    yield from (list_lost(lines[at + 1]) for at in listed)


def asked_in_explanation(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the numbers of the lines in an explanation that ask, begin a paragraph, and have a list right below."""
    for at, line in enumerate(lines):
        begins = not at or not lines[at - 1].text.strip()
        if begins and not line.code and _ends_asking(line) and _has_list_below(lines, at):
            yield line.number


def counts_gap(line: Line) -> bool:
    """Whether a line has a number and a gap to fill in: "1. Tea grows in ____."."""
    return not line.code and _has_gap(line.text) and question_mark(line.text) is not None


def _has_gap(text: str) -> bool:
    return "___" in text and bool(_GAP.search(text))


def run_together(lines: Sequence[Line]) -> Iterator[Finding]:
    """Findings about the lines on which letters or "|" follow a question, as if its choices were on the same line."""
    for line in lines:
        if "?" in line.text and not line.code and any(behind.search(line.text) for behind in _CHOICES_BEHIND):
            yield list_lost(line)


def cards_lost(lines: Sequence[Line]) -> list[Finding]:
    """Findings about the lines that are cards, with two colons between their sides, if there are several."""
    parted = [line for line in lines if "::" in line.text and not line.code]
    cards = [line for line in parted if _CARD.match(line.text)]
    if not cards and all(_is_tight_card(line.text) for line in parted):
        cards = parted
    return [list_lost(line) for line in cards] if len(cards) >= _FEWEST else []


def _is_tight_card(text: str) -> bool:
    """Whether two colons part a question or several words from an answer."""
    front = text.partition("::")[0]
    return (" " in front.strip() or front.endswith("?")) and bool(_TIGHT_CARD.match(text))


def members_lost(lines: Sequence[Line]) -> Iterator[Finding]:
    """Findings about the questions that a page hands to a program, which shows their choices; code only shows how."""
    if any(may_have(lines, sign) for sign in _MEMBER_SIGNS):
        told = (line for line in with_code_marked(lines) if "question" in line.text and not line.code)
        yield from (list_lost(line) for line in told if _MEMBER.match(line.text))


def unanswered(lines: Sequence[Line]) -> Iterator[Finding]:
    """Findings about numbered questions without choices, one for those that count up without a gap, if several do."""
    runs: list[tuple[int, int]] = []
    due = 0
    for line in lines:
        mark = question_mark(line.text) if line.text and not line.code and _ends_asking(line) else None
        if mark is None or mark.number is None:
            continue
        first, count = runs.pop() if mark.number == due else (line.number, 0)
        runs.append((first, count + 1))
        due = mark.number + 1
    for first, count in runs:
        if count >= _FEWEST_UNANSWERED:
            message = _(
                "{count} numbered questions from here on were kept as notes: they have no choices, and nothing shows "
                "what answers them."
            )
            yield Finding(line=first, code=FindingCode.LOST_QUESTION, message=message.format(count=count))


def _asks(line: Line) -> bool:
    """Whether a line ends in a question mark, has a gap, or has a number and no end."""
    text = line.text
    if not text or line.code:
        return False
    return _ends_asking(line) or _has_gap(text) or _is_unfinished(line)


def _ends_asking(line: Line) -> bool:
    return line.text.rstrip(" *_)）")[-1:] in {*"?？؟"}


def _is_unfinished(line: Line) -> bool:
    """Whether a line with a number leaves a sentence open, as the stem of a question does above its choices."""
    text = line.text.rstrip(" *_")
    return (text.endswith(("…", "...")) or leaves_open(text)) and question_mark(text) is not None


def _has_list_below(lines: Sequence[Line], at: int) -> bool:
    return len(_list_below(lines, at)) > 1


def _list_below(lines: Sequence[Line], at: int) -> list[str]:
    """The short lines below a line: items, or lines without marks that are no sentences."""
    short: list[str] = []
    gap = False
    for line in lines[at + 1 : at + 1 + _NEAR]:
        text = line.text.strip()
        if not text:
            gap = True
            continue
        if len(text) > _LONGEST_LISTED or _asks(line) or (not item_of(line) and (text[-1] == "." or (gap and short))):
            break
        short.append(text)
        gap = False
    return short


def are_answers(lines: Sequence[Line], at: int) -> bool:
    """Whether "Answers" or a similar word heads answers with their numbers, on its own line or on those below."""
    name, _colon, told = plain(lines[at].text).replace("：", ":").partition(":")
    if lines[at].code or not key_heading(name):
        return False
    below = [line.text for line in lines[at + 1 : at + 1 + _NEAR] if line.text.strip()][:2]
    return bool(SEVERAL_KEYS.match(told.strip())) or (len(below) > 1 and not told and all(map(_ENTRY.match, below)))


def list_lost(line: Line) -> Finding:
    """Return the finding about a list that begins on a line."""
    message = _("These lines could be the choices of a question, but were kept as a note.")
    return Finding(line=line.number, code=FindingCode.LOST_QUESTION, message=message)


def swallowed(line: int) -> Finding:
    """Return the finding about a line that seems to belong to another question."""
    message = _("Part of another question seems to be on this line.")
    return Finding(line=line, code=FindingCode.SWALLOWED, message=message)
