"""Reads exam dumps and question banks: stems, numbered or not, above lettered choices, with or without chapters.

It works in two steps: `starts` finds where each question begins, then `anatomy` takes its lines apart. Headings between
questions become sections, other text becomes notes.
"""

from collections.abc import Sequence

from bot.domain.drafts import ParsedDocument
from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.format import Progress, Writing, format_of_lines
from bot.importers.reading.anatomy import RawQuestion, read_labelled
from bot.importers.reading.assembly import assemble
from bot.importers.reading.furniture import part_furniture
from bot.importers.reading.headings import with_chapters_marked
from bot.importers.reading.inline import one_choice_a_line
from bot.importers.reading.keygiving import apply_key_tables
from bot.importers.reading.keytable import part_key_tables
from bot.importers.reading.marks import question_mark, topic_mark
from bot.importers.reading.markup import front_matter_end, without_tags
from bot.importers.reading.notes import Beside
from bot.importers.reading.plain_block import read_choiceless, read_plain
from bot.importers.reading.runs import Run, runs_of
from bot.importers.reading.starts import Start, find_starts
from bot.importers.reading.text import Line
from bot.importers.writing.text import to_text

MAX_QUESTIONS = 250_000
"""The most questions that one file may have."""

_REPORT_EVERY = 1000


def likelihood(lines: Sequence[Line]) -> float:
    """The number of choice lists, or of lines such as "Question 7" if there are more of those."""
    body = list(one_choice_a_line(lines[front_matter_end(lines) :]))
    named = sum(1 for line in body if (mark := question_mark(line.text)) and mark.named)
    return max(len(runs_of(body)), named)


def parse(lines: Sequence[Line], progress: Progress) -> ParsedDocument:
    """Read a document in this format."""
    body, furniture = part_furniture(list(one_choice_a_line(without_tags(lines[front_matter_end(lines) :]))))
    body, key_tables = part_key_tables(with_chapters_marked(body))
    runs = runs_of(body)
    starts = find_starts(body, runs)
    if len(starts) > MAX_QUESTIONS:
        message = _("The file has {count} questions, more than {limit}. Split it into smaller ones.")
        raise BadFile(message.format(count=len(starts), limit=MAX_QUESTIONS))
    progress(0.3)
    raws: list[RawQuestion] = []
    beside = Beside()
    bounds = [start.at for start in starts] + [len(body)]
    beside.take(body[: bounds[0]], question_follows=bool(starts))
    for start, end in zip(starts, bounds[1:], strict=True):
        raw, rest = _read(body, start, end, lettered=bool(runs))
        raw.section = raw.section or beside.heading or None
        raws.append(raw)
        beside.take(rest, question_follows=end < len(body))
        if len(raws) % _REPORT_EVERY == 0:
            progress(0.3 + 0.7 * len(raws) / len(starts))
    apply_key_tables(key_tables, raws)
    return assemble(FORMAT.name, raws, beside, furniture)


def _read(body: Sequence[Line], start: Start, end: int, *, lettered: bool) -> tuple[RawQuestion, Sequence[Line]]:
    """The question that begins at ``start``, and the lines up to ``end`` that belong to something else."""
    lines = list(body[start.at : end])
    number = start.mark.number if start.mark else None
    topic = start.mark.topic if start.mark else None
    if start.mark:
        lines[0] = lines[0]._replace(text=start.mark.rest)
    first = next((at for at, line in enumerate(lines) if line.text.strip()), 0)
    bracketed, text = topic_mark(lines[first].text)
    lines[first] = lines[first]._replace(text=text)
    if start.run:
        run = Run(start.run.family, [(at - start.at, mark) for at, mark in start.run.items if at < end])
        raw, rest = read_labelled(lines, run, number)
    elif lettered:
        raw, rest = read_choiceless(lines, number)
    else:
        raw, rest = read_plain(lines, number)
    if topic or bracketed:
        raw.section = _("Topic {number}").format(number=topic or bracketed)
    return raw, rest


FORMAT = format_of_lines(
    name="numbered",
    about="exam dumps and question banks: numbered stems above lettered choices",
    likelihood=likelihood,
    parse=parse,
    writings=(Writing(name="text", about="numbered questions as plain text", write=to_text),),
)
