"""Finds where each question of a lettered or numbered document begins.

Assumptions: a run of choices makes a question; its stem begins at the question number above it or, in a document
without numbers, at the paragraph above it; numbers count up, and start again after a heading.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.importers.reading.headings import strict_heading
from bot.importers.reading.marks import RULER, QuestionMark, choice_mark, explanation_text, key_text, question_mark
from bot.importers.reading.runs import Run
from bot.importers.reading.text import Line

MOSTLY = 0.5
"""A document counts as numbered if at least this share of its runs has a number above."""


class Start(NamedTuple):
    """Where a question begins: its index, its number, and its run of choices (None if none was found)."""

    at: int
    mark: QuestionMark | None
    run: Run | None


class _Numbered(NamedTuple):
    at: int
    mark: QuestionMark


def find_starts(lines: Sequence[Line], runs: Sequence[Run]) -> list[Start]:
    """The questions on ``lines``, in order."""
    marks = [_Numbered(at, mark) for at, line in enumerate(lines) if (mark := question_mark(line.text))]
    named = [found for found in marks if found.mark.named]
    if named and (not runs or len(named) >= MOSTLY * len(_question_runs(lines, runs))):
        return _starts_at_names(named, runs)
    return list(_starts_above_runs(lines, runs, _without_list_items(lines, marks)))


def _question_runs(lines: Sequence[Line], runs: Sequence[Run]) -> list[Run]:
    """The runs without "Explanation:" right above; a run below it explains the choices of the question before."""
    return [run for run in runs if not _is_under_explanation(lines, run.start)]


def _is_under_explanation(lines: Sequence[Line], at: int) -> bool:
    at -= 1
    while at >= 0 and not lines[at].text.strip():
        at -= 1
    return at >= 0 and explanation_text(lines[at].text) == ""


def _starts_at_names(named: Sequence[_Numbered], runs: Sequence[Run]) -> list[Start]:
    """Every named number begins a question; its run is the first below it."""
    starts = []
    run_at = 0
    for position, found in enumerate(named):
        end = named[position + 1].at if position + 1 < len(named) else None
        while run_at < len(runs) and runs[run_at].start < found.at:
            run_at += 1
        has_run = run_at < len(runs) and (end is None or runs[run_at].start < end)
        starts.append(Start(found.at, found.mark, runs[run_at] if has_run else None))
    return starts


def _starts_above_runs(lines: Sequence[Line], runs: Sequence[Run], marks: Sequence[_Numbered]) -> Iterator[Start]:
    """For each run, the start of its stem: the number or the paragraph above it."""
    numbered = _is_numbered(lines, runs, marks)
    last_number, last_end, next_mark = 0, 0, 0
    for run in runs:
        gap_marks = []
        while next_mark < len(marks) and marks[next_mark].at <= run.start:
            if marks[next_mark].at >= last_end:
                gap_marks.append(marks[next_mark])
            next_mark += 1
        chain = _chain(lines, gap_marks, last_number)
        if chain:
            *without_choices, begin = chain
            yield from (Start(found.at, found.mark, None) for found in without_choices)
            yield Start(begin.at, begin.mark, run)
            last_number = begin.mark.number
        elif numbered and _has_part(lines, last_end, run.start):
            continue
        else:
            yield Start(_paragraph_above(lines, last_end, run.start), None, run)
        last_end = run.items[-1][0] + 1


def _is_numbered(lines: Sequence[Line], runs: Sequence[Run], marks: Sequence[_Numbered]) -> bool:
    ends = [0, *(run.items[-1][0] for run in runs)]
    upcoming = iter(marks)
    mark = next(upcoming, None)
    with_number = 0
    for end, run in zip(ends, runs, strict=False):
        while mark and mark.at < end:
            mark = next(upcoming, None)
        with_number += bool(mark and mark.at <= run.start)
    return with_number >= MOSTLY * max(len(_question_runs(lines, runs)), 1)


def _chain(lines: Sequence[Line], marks: list[_Numbered], last: int) -> list[_Numbered]:
    """The marks between two runs that number questions; the run below belongs to the last of them.

    The number after ``last`` begins a question (if it occurs twice, the later one: an explanation may hold a list), and
    the numbers that continue from it begin further ones. Otherwise numbering starts again at 1, or jumps ahead.
    """
    following = [position for position, found in enumerate(marks) if found.mark.number == last + 1]
    if following and last:
        chain = [marks[following[-1]]]
        for found in marks[following[-1] + 1 :]:
            if found.mark.number == chain[-1].mark.number + 1:
                chain.append(found)
        anew = [
            found for found in marks[following[-1] + 1 :] if found.mark.number == 1 and _follows_break(lines, found.at)
        ]
        return anew[-1:] or chain
    anew = [found for found in marks if found.mark.number == 1]
    if anew:
        return anew[-1:]
    ahead = [found for found in marks if found.mark.number > last]
    return ahead[:1] or marks[-1:]


def _without_list_items(lines: Sequence[Line], marks: Sequence[_Numbered]) -> list[_Numbered]:
    """``marks`` without those that number the items of a list after a colon."""
    numbered = {found.at for found in marks}
    in_list = False
    items = set()
    for at, line in enumerate(lines):
        if at in numbered and in_list:
            items.add(at)
        elif line.text.strip():
            in_list = line.text.rstrip().endswith(":") and not strict_heading(lines, at)
    return [found for found in marks if found.at not in items]


def _follows_break(lines: Sequence[Line], at: int) -> bool:
    at -= 1
    while at >= 0 and not lines[at].text.strip():
        at -= 1
    return at < 0 or bool(RULER.match(lines[at].text) or strict_heading(lines, at))


def _has_part(lines: Sequence[Line], start: int, end: int) -> bool:
    """Whether there is an answer or explanation line between two indexes; then a run below it explains choices."""
    return any(
        key_text(lines[at].text) is not None or explanation_text(lines[at].text) is not None for at in range(start, end)
    )


def _paragraph_above(lines: Sequence[Line], start: int, run_start: int) -> int:
    """Where a stem without a number begins.

    All text after the answer of the previous question belongs to it. If an explanation comes in between, or this is the
    first question, only the paragraph right above the choices does.
    """
    explained = start == 0 or _explanation_open(lines, start, run_start)
    at = run_start
    while at > start and not lines[at - 1].text.strip():
        at -= 1
    while at > start:
        text = lines[at - 1].text
        if not text.strip() and explained:
            break
        if RULER.match(text) or key_text(text) is not None or strict_heading(lines, at - 1) or choice_mark(text):
            break
        at -= 1
    while at < run_start and not lines[at].text.strip():
        at += 1
    return at


def _explanation_open(lines: Sequence[Line], start: int, end: int) -> bool:
    return any(explanation_text(lines[at].text) is not None for at in range(start, end))
