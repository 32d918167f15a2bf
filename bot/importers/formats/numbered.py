"""Reads exam dumps, question lists and notes with questions: stems above choices, whatever marks them.

It works in steps: `page` says what each line could be, `runs` finds the items that could be choices, `competing` takes
the reading that explains the document best, and then each question is taken apart (`anatomy`, `tail`). Headings
between questions become sections, other text becomes notes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.drafts import ParsedDocument
from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.format import Progress, Writing, format_of_lines
from bot.importers.reading.accounts import line_roles
from bot.importers.reading.anatomy import RawQuestion, dedented, read_choices
from bot.importers.reading.assembly import assemble
from bot.importers.reading.bracketed import apply_bracketed_keys
from bot.importers.reading.competing import Found, best_reading
from bot.importers.reading.doubts import note_doubts
from bot.importers.reading.evidence import weigh
from bot.importers.reading.furniture import part_furniture
from bot.importers.reading.headings import with_chapters_marked
from bot.importers.reading.inline import one_choice_a_line
from bot.importers.reading.keygiving import apply_key_tables
from bot.importers.reading.keytable import part_key_tables
from bot.importers.reading.marks import bullet, topic_mark
from bot.importers.reading.markup import front_matter_end, without_tags
from bot.importers.reading.notes import Beside
from bot.importers.reading.page import Page
from bot.importers.reading.plain_block import read_choiceless, read_plain
from bot.importers.reading.runs import Run, find_runs
from bot.importers.reading.tail import read_tail
from bot.importers.reading.text import Line
from bot.importers.reading.why import in_words
from bot.importers.writing.text import to_text

MAX_QUESTIONS = 250_000
"""The most questions that one file may have."""

_REPORT_EVERY = 1000
_FEWEST_PLAIN = 5
_SAMPLE = 10_000
"""How many lines are looked at to guess how many questions a file has."""


def likelihood(lines: Sequence[Line]) -> float:
    """The number of questions with choices that look like choices, or of lines such as "Question 7" if there are more.

    Other questions count only if they are most of the document: notes have headings above bullets, too.
    """
    begin = front_matter_end(lines)
    page = Page(list(one_choice_a_line(without_tags(lines[begin : begin + _SAMPLE]))))
    found = [question.run for question in best_reading(page, find_runs(page)) if question.run]
    likely = sum(run.style in {"letter", "box"} for run in found)
    others = sum(weigh(page, run).weight > 0 for run in found)
    named = sum(mark.named and mark.number is not None for mark in page.numbers.values())
    plain = len(found) if len(found) >= _FEWEST_PLAIN and 2 * len(found) > len(page.headings) else 0
    return max(likely or others or plain, named) * max(len(lines) / _SAMPLE, 1.0)


def parse(lines: Sequence[Line], progress: Progress) -> ParsedDocument:
    """Read a document in this format."""
    tagless = list(without_tags(lines[front_matter_end(lines) :]))
    body, furniture = part_furniture(list(one_choice_a_line(tagless)))
    body, key_tables = part_key_tables(with_chapters_marked(body))
    page = Page(body)
    progress(0.2)
    runs = find_runs(page)
    found = best_reading(page, runs)
    if len(found) > MAX_QUESTIONS:
        message = _("The file has {count} questions, more than {limit}. Split it into smaller ones.")
        raise BadFile(message.format(count=len(found), limit=MAX_QUESTIONS))
    progress(0.5)
    raws: list[RawQuestion] = []
    beside = Beside()
    bounds = [question.start.at for question in found] + [len(body)]
    beside.take(body[: bounds[0]], question_follows=bool(found))
    rests = [(0, bounds[0])]
    lettered = any(question.run for question in found)
    for question, end in zip(found, bounds[1:], strict=True):
        raw, rest = _read(page, question, end, lettered=lettered)
        raw.section = raw.section or beside.heading or None
        raws.append(raw)
        beside.take(rest, question_follows=end < len(body))
        rests.append((end - len(rest), end))
        if len(raws) % _REPORT_EVERY == 0:
            progress(0.5 + 0.5 * len(raws) / len(found))
    apply_key_tables(key_tables, raws)
    apply_bracketed_keys(raws)
    beside.findings += note_doubts(page, runs, raws, rests)
    document = assemble(FORMAT.name, raws, beside, furniture)
    return replace(document, roles=line_roles(lines, page, raws, rests, furniture), reading=in_words(found, raws))


def _read(page: Page, question: Found, end: int, *, lettered: bool) -> tuple[RawQuestion, Sequence[Line]]:
    """The question that was found, and the lines up to ``end`` that belong to something else."""
    start = question.start
    lines = dedented(_opened(page, question, end))
    number = start.mark.number if start.mark else None
    topic = start.mark.topic if start.mark else None
    first = next((at for at, line in enumerate(lines) if line.text.strip()), 0)
    bracketed, text = topic_mark(lines[first].text)
    lines[first] = lines[first]._replace(text=text)
    if question.run:
        raw, own = read_choices(lines, _moved(question.run, start.at), number)
        if start.mark and start.mark.key and not raw.key:
            raw.key, raw.keyed_by = start.mark.key, "id"
        own += read_tail(raw, lines[own:])
        raw.last_line = lines[own - 1].number
        rest: Sequence[Line] = lines[own:]
    elif lettered:
        raw, rest = read_choiceless(lines, number)
    else:
        raw, rest = read_plain(lines, number)
    if topic or bracketed:
        raw.section = _("Topic {number}").format(number=topic or bracketed)
    return raw, rest


def _opened(page: Page, question: Found, end: int) -> list[Line]:
    """The lines of a question, the first without what shows that a question begins there."""
    at, mark, habit, _weight = question.start
    lines = list(page.lines[at:end])
    if mark:
        lines[0] = lines[0]._replace(text=mark.rest)
    elif habit == "heading":
        lines[0] = lines[0]._replace(text=page.headings[at].text)
    elif habit == "outline" and (found := bullet(lines[0].text)):
        lines[0] = lines[0]._replace(text=found[0])
    return lines


def _moved(run: Run, by: int) -> Run:
    """``run`` on the lines of its question."""
    return Run(run.style, [(at - by, mark) for at, mark in run.items], run.in_code, run.positions)


FORMAT = format_of_lines(
    name="numbered",
    about="exam dumps and question banks: numbered stems above lettered choices",
    likelihood=likelihood,
    parse=parse,
    writings=(Writing(name="text", about="numbered questions as plain text", write=to_text),),
)
