"""Finds page furniture: page numbers, buttons, footers and advertising around the questions."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from bot.importers.reading.answer_lines import explanation_text, key_text
from bot.importers.reading.compose import ends_sentence
from bot.importers.reading.headings import names_part
from bot.importers.reading.lines import Line, Lines, kept
from bot.importers.reading.marks import choice_mark, is_counted, question_mark

LONGEST = 160
"""A line with more characters than this is real text."""

_PAGE = re.compile(
    r"""
    ^(?: (?:page|pg\.?|slide)\s*\#?\d+(?:\s*(?:of|/)\s*\d+)? | \d+\s+of\s+\d+ | [-–—]\s?\d{1,4}\s?[-–—]
       | \d+\s*\|\s*page | page\s*\|\s*\d+
       | (?:p[aá]g(?:e|ina)|seite|sid[ae]|strona|strana|oldal|sayfa|halaman|trang|стр(?:аница|\.)|сторінка)
         \s\d{1,4}\s(?:of|de|di|von|van|av|af|z|ze|dari|trên|из|з|/)\s\d{1,4}(?:\s(?-i:[A-Z\d.-]{1,12}))? )$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_JUMP = re.compile(r"^[*_]{0,3}\[[^]\[?]{1,60}\]\(#[^()\s]{0,80}\)[*_]{0,3}$")
"""Nothing but a link to another place on the page: "[Back to top](#top)"."""
_WIDGET = re.compile(
    r"""
    ^(?:
        (?:popular|recent|related|latest|similar|featured|trending|more)\s+
        (?:posts?|articles?|comments?|exams?|dumps|questions)
      | share(?:\s+(?:this|on|via)\b.{0,40})? | leave\s+a\s+(?:reply|comment) | (?:post|add)\s+a?\s*comments?
      | (?:(?:previous|next|prev)\s*(?:post|page|question|article)?) | back\s+to\s+(?:top|questions?)
      | (?:hide|show|reveal|view|see|toggle)\s+(?:the\s+)?(?:suggested\s+|correct\s+)?
        (?:answers?|solutions?|discussions?|comments?)(?:\s+discussions?)?\s*\d*
      | (?:discussions?|comments?|upvotes?|report|vote)\s*\(?\d*\)? | community\s+vote\s+distribution
      | upvoted\s+\d+\s+times | (?:[A-Z]{1,6}|other)\s*\(\d{1,3}\s?%\) | most\s+voted
      | advertisements? | sponsored(?:\s+content)? | log\s?in | sign\s?(?:in|up) | subscribe | skip\s+to\s+content
      | (?:copyright|©|\(c\)\s*copyright).{0,100} | .{0,80}all\s+rights\s+reserved\.?
      | \[all\s.{2,80}\squestions\]
      | section:\s*\(?none\)?.{0,20} | view\s?answer\s?(?:workspace|report|discuss)\w*
    )$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PROMOTION = (
    re.compile(
        r"\b(?:visit|click|download|buy|purchase|order|get|try|subscribe|join|register|unlock)\b", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:dumps?|practice\s+(?:tests?|exams?|questions)|study\s+guides?|premium|free\s+demo|pdf|vce|braindumps?)\b",
        re.IGNORECASE,
    ),
    re.compile(r"https?://|\bwww\.|\.com\b|\bhere\b", re.IGNORECASE),
    re.compile(
        r"\b(?:guaranteed?|discount|coupon|\d+\s?%\s+off|pass\s+your|best[- ]selling|full\s+version"
        r"|our\s+(?:full|latest))\b",
        re.IGNORECASE,
    ),
)
"""Signs of someone selling exam material: what to do, with what, where, and why."""
_PROMOTED = ("dump", "practice", "study", "premium", "free", "pdf", "vce", "http", "www.", ".com", "here")
"""Says with what or where: one of these is in every advertisement, because at most one of the four signs is missing."""

_TITLE_WORDS = r"(?:(?:[A-Z][\w&’'-]*|\d{1,2}|[■•|:–—-]|of|the|and|for|in|to)\s+){0,8}[A-Z][\w&’'-]*"
_RUNNING_HEAD = re.compile(rf"^(?:(?P<page>\d{{1,4}})\s+)?(?P<words>{_TITLE_WORDS})(?:\s+(?P<behind>\d{{1,4}}))?$")
_PAGE_BEHIND = re.compile(
    r"^[^\W\d_][^?:]{2,80}\s[-–—|•·]\s?(?:page|seite|p[aá]gina)\s\d{1,4}(?:\s(?:of|von|de)\s\d{1,4})?$", re.IGNORECASE
)
"""A title and a page number: "Astronomy, midterm – Page 2"."""
_SLIDE = re.compile(r"^slide\s*#?\d", re.IGNORECASE)
_BOOK_WORD = re.compile(
    r"\b(?:chapter|appendix|review|questions?|answers?|practice|exams?|tests?|quiz|summary|essentials|objectives|section|part|unit)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|\bwww\.")
_DIGITS = re.compile(r"\d+")
_REPEATED = 3
_MOSTLY = 0.9
"""How often the same line is above an address, as a share, if both are a page's header."""
_LONGEST_PAGE = 4
_LONGEST_PART = 20
"""Within how many lines below a header the next part of its question begins."""


def part_furniture(lines: Iterable[Line], source: Sequence[Line]) -> tuple[Lines, Sequence[Line]]:
    """``lines``, which were made of all lines of a file, without page furniture, and the lines that are furniture."""
    around = _Around()
    repeats = _Repeats(around)
    lines = kept(repeats.counting(lines), source)
    repeated, headers = repeats.found(), around.found(lines)
    removed: dict[int, Line] = {}
    for at, line in enumerate(lines):
        text = "" if line.code else line.text.strip()
        if not text or len(text) > LONGEST:
            continue
        if (
            text in repeated
            or at in headers
            or (not is_counted(text) and (_stands_alone(lines, at, text) or _interrupts(lines, at, text)))
        ):
            removed[at] = line
    if not removed:
        return lines, []
    gone = {*removed, *_gaps(lines, headers)}
    return lines.without(gone), [*removed.values()]


def _stands_alone(lines: Sequence[Line], at: int, text: str) -> bool:
    """Whether a line is furniture on its own, and not the end of a sentence that was wrapped."""
    if not is_furniture(text) or (_SLIDE.match(text) and _is_listed(lines, at, _SLIDE)):
        return False
    return not (text[0].islower() and ends_sentence(text) and at > 0 and lines[at - 1].text.strip())


def is_furniture(text: str) -> bool:
    """Whether a line is clearly furniture on its own: a page number, a part of a website, or advertising."""
    return bool(_PAGE.match(text) or _WIDGET.match(text) or _JUMP.match(text) or is_promotion(text))


def is_promotion(text: str) -> bool:
    """Whether a line advertises: it tells readers what to do with exam material, and where or why."""
    folded = text.casefold()
    if "?" in text or not any(map(folded.__contains__, _PROMOTED)):
        return False
    if sum(bool(pattern.search(text)) for pattern in _PROMOTION) < len(_PROMOTION) - 1:
        return False
    return not (question_mark(text) or choice_mark(text))


def _interrupts(lines: Sequence[Line], at: int, text: str) -> bool:
    """Whether a running head ("240 Chapter 9", "Review Questions 239", "Midterm – Page 2") interrupts a text."""
    if not _is_running_head(text) or (_PAGE_BEHIND.match(text) and _is_listed(lines, at, _PAGE_BEHIND)):
        return False
    return 0 < at < len(lines) - 1 and bool(lines[at - 1].text.strip()) and bool(lines[at + 1].text.strip())


def _is_listed(lines: Sequence[Line], at: int, kind: re.Pattern[str]) -> bool:
    """Whether a line right above or below is of the same kind: "Slide 1" above "Slide 2" is a list, and no header."""
    return any(kind.match(line.text.strip()) for line in (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2]))


def _is_running_head(text: str) -> bool:
    if text[-1].isdigit() and _PAGE_BEHIND.match(text):
        return not _counts_part(text)
    found = _RUNNING_HEAD.match(text) if text[0].isdigit() or text[-1].isdigit() else None
    if not found or bool(found["page"]) == bool(found["behind"]) or int(found["page"] or found["behind"]) < 2:
        return False
    return bool(_BOOK_WORD.search(found["words"])) and len(found["words"].split()) > 1 and not _counts_part(text)


def _counts_part(text: str) -> bool:
    """Whether the number in a line is that of a question, a choice or a chapter rather than that of a page."""
    return is_counted(text) or bool(question_mark(text) or choice_mark(text) or names_part(text))


def _is_part(text: str) -> bool:
    """Whether a line begins a part of a question."""
    return _counts_part(text) or key_text(text) is not None or explanation_text(text) is not None


def _gaps(lines: Sequence[Line], headers: Collection[int]) -> Iterator[int]:
    """The indexes of the blank lines around headers that stand inside a stem or a choice."""
    past = 0
    for at in sorted(headers):
        if at < past:
            continue
        above, past = at - 1, at + 1
        while above >= 0 and not lines[above].text.strip():
            above -= 1
        while past < len(lines) and (past in headers or not lines[past].text.strip()):
            past += 1
        if above < 0 or past == len(lines) or _is_part(lines[past].text.strip()):
            continue
        if not ends_sentence(lines[above].text) or _is_answered(lines, past):
            yield from range(above + 1, past)


def _is_answered(lines: Sequence[Line], at: int) -> bool:
    """Whether lines are followed by an answer or a choice, and so are part of a stem or of a choice."""
    texts = (lines[below].text.strip() for below in range(at, min(at + _LONGEST_PART, len(lines))))
    part = next((text for text in texts if text and _is_part(text)), "")
    return key_text(part) is not None or (choice_mark(part) is not None and not question_mark(part))


class _Repeats:
    """Counts lines that recur with a growing page number, and web addresses that recur unchanged."""

    def __init__(self, around: "_Around") -> None:
        self._around = around
        self._numbered: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._addresses: Counter[str] = Counter()

    def counting(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Yield lines as they are, and count them."""
        above, by_address = "", False
        for at, line in enumerate(lines):
            text = line.text.strip()
            if by_address:
                self._around.note_below(at, text)
                by_address = False
            if 3 < len(text) <= 100:
                by_address = self._count(text)
                if by_address:
                    self._around.note(at, text, above)
            above = text
            yield line

    def _count(self, text: str) -> bool:
        """Count a line, and return whether it is a web address."""
        if ("://" in text or "www." in text) and _ADDRESS.search(text):
            self._addresses[text] += 1
            return True
        if text[0].isdigit() != text[-1].isdigit() and not _counts_part(text):
            numbers = _DIGITS.findall(text)
            if len(numbers) == 1:
                self._numbered[_DIGITS.sub("#", text)].append((int(numbers[0][:9]), text))
        return False

    def found(self) -> set[str]:
        """Return what recurred; numbers that always grow by one belong to parts of the content, not to pages."""
        found = {text for text, count in self._addresses.items() if count >= _REPEATED}
        for seen in self._numbered.values():
            steps = [other[0] - one[0] for one, other in pairwise(seen)]
            if len(seen) >= _REPEATED and min(steps) > 0 and max(steps) > 1:
                found.update(text for _, text in seen)
        return found


class _Around:
    """Finds page headers by the web address in them: each has the same line above it, and may have a page number below.

    An address that recurs by itself may be a reference. So the same line must be right above it nearly always, and
    nowhere else.
    """

    def __init__(self) -> None:
        self._above: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        """For each address, the indexes at which it appears, and the text of the line right above."""
        self._numbers: dict[int, int] = {}
        """The numbers that are alone on the line right below an address, by the index of that line."""

    def note(self, at: int, address: str, above: str) -> None:
        """Note a web address, and the line above it."""
        if " " not in address:
            self._above[address].append((at, above if len(above) <= LONGEST else ""))

    def note_below(self, at: int, text: str) -> None:
        """Note the line below an address if it is a number."""
        if text.isdecimal() and len(text) <= _LONGEST_PAGE:
            self._numbers[at] = int(text)

    def found(self, lines: Sequence[Line]) -> set[int]:
        """Return the indexes of the counted ``lines`` that make up headers."""
        found: set[int] = set()
        for seen in self._above.values():
            if len(seen) < _REPEATED:
                continue
            text, count = Counter(above for _at, above in seen).most_common(1)[0]
            if count < _MOSTLY * len(seen) or not text or _is_part(text):
                continue
            if sum(line.text.strip() == text for line in lines) > count:
                continue
            headers = [at for at, above in seen if above == text]
            found.update(at + step for at in headers for step in (-1, 0))
            pages = [at + 1 for at in headers if at + 1 in self._numbers]
            if all(self._numbers[one] < self._numbers[other] for one, other in pairwise(pages)):
                found.update(pages)
        return found
