"""Reads a document part by part: what is known of each line of a long file would not fit into memory at once."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.selection import asked
from bot.i18n import gettext as _
from bot.importers.reading.anatomy import RawQuestion, dedented, read_choices
from bot.importers.reading.competing import Found, best_reading
from bot.importers.reading.compose import ends_sentence
from bot.importers.reading.counters import take_counters, take_lone_numbers, take_shares
from bot.importers.reading.doubts import note_doubts
from bot.importers.reading.headings import markdown_heading
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import bullet, plain, question_mark, topic_mark
from bot.importers.reading.notes import Beside
from bot.importers.reading.open_questions import is_pair, read_pair
from bot.importers.reading.page import Page, Span
from bot.importers.reading.plain_block import read_choiceless, read_plain
from bot.importers.reading.prefixed import part_verdicts
from bot.importers.reading.runs import Run, find_runs
from bot.importers.reading.starts import Start, asks
from bot.importers.reading.statements import offer_truth
from bot.importers.reading.tail import read_tail
from bot.importers.reading.words import is_aside

_QUOTE = re.compile(r"^\s*>\s?")
_FEWEST_QUOTED = 3
_TOPIC_BEHIND = re.compile(r"^\((?P<topic>[^\W\d_a-z][^()?.!=+]{1,40})\)$")
_MOST_TOPIC_WORDS = 4
_LONGEST_TITLE = 6
"""How many words the title of a question has at most."""
_LINES = 5_000
"""How many lines a part has at least."""


@dataclass(slots=True)
class Part:
    """A part of a document, read.

    Attributes:
        page: its lines with their marks.
        found: where its questions begin, and their choices.
        raws: the questions, taken apart.
        rests: the lines before the first question and after each one that belong to none; one more than questions.
    """

    page: Page
    found: Sequence[Found]
    raws: list[RawQuestion] = field(default_factory=list)
    rests: list[Span] = field(default_factory=list)


def parts_of(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Yield the lines of a document in parts.

    Each but the first begins at a number that goes on from the one above or, in a document without numbers, at a
    heading that asks, as the heading above does. A document without lines has no parts.
    """
    start = 0
    while len(lines) - start > 2 * _LINES:
        end = _boundary(lines, start + _LINES)
        yield [*lines[start:end]]
        start = end
    if start < len(lines):
        yield [*lines[start:]]


def _boundary(lines: Sequence[Line], at: int) -> int:
    """The index of the next line, from ``at`` on, at which a part can begin."""
    number: int | None = None
    asking = 0
    for below in range(at, len(lines)):
        line = lines[below]
        if line.code or not line.text:
            continue
        mark = question_mark(line.text)
        heading = markdown_heading(line.text, below)
        follows = mark is not None and number is not None and mark.number == number + 1
        again = heading is not None and number is None and heading.depth == asking and asks(heading.text)
        if (follows or again) and not lines[below - 1].text.strip():
            return below
        if mark and mark.number is not None:
            number = mark.number
        if heading:
            asking = heading.depth if asks(heading.text) else 0
    return len(lines)


def read_part(lines: Sequence[Line], beside: Beside, asked: Collection[int]) -> Part:
    """Read the questions on these lines; ``beside`` takes what stands between them, ``asked`` is as in `Page`."""
    page = Page(lines, asked)
    runs = find_runs(page)
    part = Part(page, best_reading(page, runs))
    bounds = [question.start.at for question in part.found] + [len(lines)]
    beside.take(lines[: bounds[0]], question_follows=bool(part.found))
    part.rests.append((0, bounds[0]))
    lettered = any(question.run for question in part.found)
    for question, end in zip(part.found, bounds[1:], strict=True):
        raw, rest = _read(page, question, end, lettered=lettered)
        raw.section = raw.section or beside.heading or None
        part.raws.append(raw)
        beside.take(rest, question_follows=end < len(lines))
        part.rests.append((end - len(rest), end))
    take_counters(part.raws)
    take_lone_numbers(part.raws)
    take_shares(part.raws)
    beside.findings += note_doubts(page, runs, part.raws, part.rests)
    return part


def _read(page: Page, question: Found, end: int, *, lettered: bool) -> tuple[RawQuestion, Sequence[Line]]:
    """The question that was found, and the lines up to ``end`` that belong to something else."""
    start = question.start
    stop = end if question.run else _end_before_headings(page, start.at, end)
    lines = dedented(_unquoted(_opened(page, question, stop)))
    number = start.mark.number if start.mark else None
    topic = start.mark.topic if start.mark else None
    named = _topic_behind(page, start)
    first = next((at for at, line in enumerate(lines) if line.text.strip()), 0)
    bracketed, text = topic_mark(lines[first].text)
    lines[first] = lines[first].with_text(text)
    rest: Sequence[Line]
    if question.run and is_pair(start.mark, question.run, page.lines[question.run.start].text):
        raw, rest = read_pair(lines, _moved(question.run, start.at), number)
    elif question.run:
        raw, own = read_choices(lines, _moved(question.run, start.at), number)
        part_verdicts(raw.choices)
        if start.mark and start.mark.key and not raw.key:
            raw.key, raw.keyed_by = start.mark.key, "id"
        own += read_tail(raw, lines[own : len(lines) if end == len(page.lines) else _end_before_fields(lines)])
        raw.last_line = lines[own - 1].number
        rest = lines[own:]
    elif lettered:
        raw, rest = read_choiceless(lines, number)
    else:
        raw, rest = read_plain(lines, number)
        if len(raw.choices) == 1:  # the end of the stem
            raw, rest = read_choiceless(lines, number)
    if not raw.choices and not raw.answer:
        offer_truth(raw)
    if topic or bracketed:
        raw.section = _("Topic {number}").format(number=topic or bracketed)
    elif named:
        raw.section = named
    return raw, [*rest, *page.lines[stop:end]]


def _opened(page: Page, question: Found, end: int) -> list[Line]:
    """The lines of a question, the first without what shows that a question begins there."""
    at, mark, habit, _weight = question.start
    lines = list(page.lines[at:end])
    if mark:
        rest = "" if _topic_behind(page, question.start) else mark.rest
        lines[0] = lines[0].with_text(f"**{rest}**" if _is_title(page, at, rest) else rest)
    elif habit == "heading":
        lines[0] = lines[0].with_text(page.headings[at].text)
    elif (habit == "outline" or _is_one_line(page, question)) and (found := bullet(lines[0].text)):
        lines[0] = lines[0].with_text(found[0])
    return lines


def _topic_behind(page: Page, start: Start) -> str:
    """What stands in brackets behind "Question 7" if the stem is below: "(Networking)"; empty if nothing does."""
    found = _TOPIC_BEHIND.match(start.mark.rest) if start.mark and start.mark.named else None
    below = page.text_below(start.at)
    if (
        not found
        or below == len(page.lines)
        or len(found["topic"].split()) > _MOST_TOPIC_WORDS
        or asked(found["topic"]) is not None
        or page.lines[below].text.lstrip()[:1].islower()
        or below in page.items
        or page.parts(below)
    ):
        return ""
    return found["topic"]


def _end_before_headings(page: Page, at: int, end: int) -> int:
    """The index behind the question that begins at ``at``, without headings right above the next one at ``end``.

    If its answer is in a list elsewhere, it is a paragraph, without a line between its question mark and a new count.
    """
    if page.lines[at].number in page.asked:
        stop = next((below for below in range(at, end) if page.is_blank(below)), end)
        begins_count = end < len(page.lines) and end in page.numbers and page.numbers[end].number == 1
        return at + 1 if begins_count and stop == at + 2 and asks(page.lines[at].text) else stop
    last = end
    for above in range(end - 1, at, -1):
        if above in page.headings:
            last = above
        elif page.lines[above].text.strip():
            break
    return last


def _end_before_fields(lines: Sequence[Line]) -> int:
    """The index before several fields in a paragraph right above the next question, which they describe: "Level: 2"."""
    begin = len(lines)
    while begin and not lines[begin - 1].code and is_aside(plain(lines[begin - 1].text)):
        begin -= 1
    is_paragraph = len(lines) - begin > 1 and begin > 0 and not lines[begin - 1].text.strip()
    return begin if is_paragraph else len(lines)


def _unquoted(lines: list[Line]) -> list[Line]:
    """Lines without the signs of a quote if a whole question is quoted, as a card in a frame is."""
    first = next((line.text for line in lines[1:] if line.text), "")
    if first.lstrip()[:1] != ">":
        return lines
    below = [line for line in lines[1:] if line.text]
    quoted = [line for line in below if line.text.lstrip()[:1] == ">"]
    if len(quoted) < _FEWEST_QUOTED or len(quoted) < len(below):
        return lines
    return [lines[0], *(line.with_text(_QUOTE.sub("", line.text)) for line in lines[1:])]


def _is_title(page: Page, at: int, text: str) -> bool:
    """Whether what is behind a number in a heading is only a title: few words, and a sentence begins below it."""
    if not text or text[-1] in ",;" or ends_sentence(text) or len(text.split()) > _LONGEST_TITLE or "**" in text:
        return False
    line = page.lines[at].text.strip()
    below = page.text_below(at)
    if not (line.startswith("#") or (line.startswith("**") and line.endswith("**"))) or below == len(page.lines):
        return False
    sentence = page.lines[below]
    return asks(sentence.text) and sentence.text.strip()[:1].isupper() and not sentence.code and below not in page.items


def _is_one_line(page: Page, question: Found) -> bool:
    """Whether a question without a mark is one line above its choices: a bullet there counts it."""
    start, run = question.start, question.run
    return start.habit in {"paragraph", "parted"} and run is not None and page.text_below(start.at) == run.start


def _moved(run: Run, by: int) -> Run:
    """``run`` on the lines of its question."""
    return Run(run.style, [(at - by, mark) for at, mark in run.items], run.in_code, run.positions)
