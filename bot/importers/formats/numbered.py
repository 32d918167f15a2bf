"""Reads exam dumps, question lists and notes with questions: stems above choices, whatever marks them.

It works in steps: `page` says what each line could be, `runs` finds the items that could be choices, `competing` takes
the reading that explains the document best, and then each question is taken apart (`anatomy`, `tail`). Headings
between questions become sections, other text becomes notes.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, pairwise

from bot.domain.drafts import ParsedDocument
from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.format import Progress, Writing, format_of_lines
from bot.importers.reading.accounts import Roles
from bot.importers.reading.anatomy import RawQuestion
from bot.importers.reading.assembly import assemble
from bot.importers.reading.bracketed import apply_bracketed_keys
from bot.importers.reading.competing import Found, best_reading
from bot.importers.reading.evidence import weigh
from bot.importers.reading.furniture import part_furniture
from bot.importers.reading.headings import with_chapters_marked
from bot.importers.reading.inline import one_choice_a_line
from bot.importers.reading.keygiving import CountedTwiceError, answers_left, give_by_number, give_to_all
from bot.importers.reading.keytable import part_key_tables
from bot.importers.reading.lines import Line, Lines, may_have
from bot.importers.reading.lost import members_lost
from bot.importers.reading.markup import front_matter_end, without_tags
from bot.importers.reading.meanings import settle_meanings
from bot.importers.reading.notes import Beside
from bot.importers.reading.open_questions import answers_behind, open_up
from bot.importers.reading.page import Page, within
from bot.importers.reading.paired import labelled_pairs, unnumbered_answers
from bot.importers.reading.part import parts_of, read_part
from bot.importers.reading.runs import find_runs
from bot.importers.reading.sharing import share_answers
from bot.importers.reading.tabled import one_choice_a_row
from bot.importers.reading.why import Habits
from bot.importers.reading.words import truth_of
from bot.importers.writing.text import to_text

MAX_QUESTIONS = 250_000
"""The most questions that one file may have."""

_FEWEST_PLAIN = 5
_FEWEST_OPEN = 2
_SAMPLE = 10_000
"""How many lines are looked at to guess how many questions a file has."""


def likelihood(lines: Sequence[Line]) -> float:
    """The number of questions with choices that look like choices, or of lines such as "Question 7" if there are more.

    Other questions count only if they are most of the document: notes have headings above bullets, too.
    """
    begin = front_matter_end(lines)
    sample = list(one_choice_a_line(one_choice_a_row(without_tags(lines[begin : begin + _SAMPLE]))))
    page = Page([*labelled_pairs(unnumbered_answers(sample))])
    questions = best_reading(page, find_runs(page))
    found = [question.run for question in questions if question.run]
    likely = sum(run.style in {"letter", "box"} for run in found)
    others = sum(weigh(page, run).weight > 0 for run in found)
    named = sum(mark.named and mark.number is not None for mark in page.numbers.values())
    plain = len(found) if len(found) >= _FEWEST_PLAIN and 2 * len(found) > len(page.headings) else 0
    judged = sum(truth_of(answer) is not None for answer in page.keys.values()) if len(questions) > len(found) else 0
    count = (
        likely or others or plain or judged or (0 if found else _answered(page, questions)) or _listed(page, questions)
    )
    return max(count, named) * max(len(lines) / _SAMPLE, 1.0)


def _answered(page: Page, questions: Sequence[Found]) -> int:
    """How many questions, none of which has choices, have answers below or behind; 0 if most have none."""
    bounds = [question.start.at for question in questions] + [len(page.lines)]
    below = sum(bool(within(page.key_lines, *span)) for span in pairwise(bounds))
    behind = len(answers_behind([page.lines[question.start.at].text for question in questions]))
    count = max(below, behind)
    return count if count >= _FEWEST_OPEN and 2 * count > len(questions) else 0


def _listed(page: Page, questions: Sequence[Found]) -> int:
    """How many questions have answers in words in a list; 0 if most have none."""
    count = sum(len(table.asked) for table in part_key_tables(Lines(page.lines))[1])
    return count if 2 * count > len(questions) else 0


def parse(lines: Sequence[Line], progress: Progress) -> ParsedDocument:
    """Read a document in this format."""
    tagless = without_tags(lines[front_matter_end(lines) :])
    rowless = one_choice_a_row(tagless) if may_have(lines, "|") else tagless
    body, furniture = part_furniture(one_choice_a_line(rowless), lines)
    if may_have(lines, "A1") or may_have(lines, "nswer 1"):
        body = Lines(unnumbered_answers(body))
    if (labelled := labelled_pairs(body)) is not body:
        body = Lines(labelled)
    body, key_tables = part_key_tables(with_chapters_marked(body))
    asked = frozenset(chain.from_iterable(table.asked for table in key_tables))
    progress(0.2)

    def reading(give: Callable[[Iterable[list[RawQuestion]]], Iterable[list[RawQuestion]]]) -> ParsedDocument:
        beside, habits, roles = Beside(), Habits(), Roles(lines, furniture)
        numbers: set[int | None] = set()
        parts = give(_parts(body, beside, habits, roles, progress, asked))
        document = assemble(FORMAT.name, habits.of_keys(_with_keys(parts, numbers)), beside, furniture)
        findings = (*document.findings, *answers_left(key_tables, numbers), *members_lost(lines))
        return replace(document, findings=findings, roles=str(roles), reading=habits.in_words())

    try:
        return reading(partial(give_by_number, key_tables))
    except CountedTwiceError:  # no question is whole before all are read
        return reading(partial(give_to_all, key_tables))


def _parts(
    body: Sequence[Line], beside: Beside, habits: Habits, roles: Roles, progress: Progress, asked: Collection[int]
) -> Iterator[list[RawQuestion]]:
    """Read the questions of one part after the other; what is noted of a part goes into the other arguments."""
    count = done = 0
    for lines in parts_of(body):
        part = read_part(lines, beside, asked)
        count += len(part.raws)
        if count > MAX_QUESTIONS:
            message = _("The file has {count} questions, more than {limit}. Split it into smaller ones.")
            raise BadFile(message.format(count=count, limit=MAX_QUESTIONS))
        habits.note(part.found)
        roles.note(part)
        yield part.raws
        done += len(lines)
        progress(0.2 + 0.8 * done / len(body))


def _with_keys(parts: Iterable[list[RawQuestion]], numbers: set[int | None]) -> Iterator[RawQuestion]:
    """Yield all questions with their answers, and note their numbers."""
    for raws in parts:
        numbers.update(raw.number for raw in raws)
        share_answers(raws)
        apply_bracketed_keys(raws)
        settle_meanings(raws)
        open_up(raws)
        yield from raws


FORMAT = format_of_lines(
    name="numbered",
    about="exam dumps and question banks: numbered stems above lettered choices",
    likelihood=likelihood,
    parse=parse,
    writings=(Writing(name="text", about="numbered questions as plain text", extension="txt", write=to_text),),
)
