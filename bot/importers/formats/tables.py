"""Reads tables of questions: CSV, TSV, and what else spreadsheets and quiz programs write, a row for each question."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.format import CERTAIN, Format, Progress, Writing
from bot.importers.reading.text import LINE_END, read
from bot.importers.source import Source
from bot.importers.table.anki import columns_of, head_of
from bot.importers.table.bare import unheaded
from bot.importers.table.columns import Columns, fits, headed
from bot.importers.table.grouped import grouped
from bot.importers.table.records import DELIMITERS, Record, records
from bot.importers.table.rows import Table
from bot.importers.table.sheets import is_workbook, sheets
from bot.importers.writing.table import to_csv

MAX_ROWS = 250_000
"""The most rows that a table may have, or the tables of a workbook together."""

_HEAD = 64 * 1024
_HEAD_LINES = 300
_CLEAR = 4
"""A header with so many known columns is one, whatever the rows below are like."""
_FRAME = 2
"""How many lines a Markdown table has above its rows: the header and the line below it."""
_FEWEST_COLUMNS = 4
_FEWEST_ROWS = 3
_SUFFIXES = frozenset({".csv", ".tsv", ".tab"})
_UNTOLD = 0.2
"""More than prose: a table whose columns nobody knows is refused, for as prose its questions would be lost unseen."""
_SEPARATOR = "sep="
"""Begins a first line that tells spreadsheets what stands between cells."""


class _Layout(NamedTuple):
    """How a table is laid out: what stands between its cells, what its columns hold, and its first rows."""

    delimiter: str
    columns: Columns
    rows: Sequence[Record]


def likelihood(source: Source) -> float:
    """About the number of rows, plus a half because columns are a surer sign than lines.

    A workbook is a table for certain. Without known columns, only a file's name can make it one.
    """
    if is_workbook(source.files):
        return CERTAIN
    head = source.text[:_HEAD]
    named = source.suffix in _SUFFIXES
    found = _layout(_lines(head), named=named)
    if not found:
        return _UNTOLD if named else 0
    rows = sum(fits(found.columns, row) for row in found.rows[found.columns.begins :])
    return max(rows * len(source.text) / len(head), rows) + 0.5


def _lines(head: str) -> list[str]:
    lines = head.split("\n", _HEAD_LINES)[:_HEAD_LINES]
    if "\r" in head:
        lines = [*islice(LINE_END.split(head), _HEAD_LINES)]
    return lines


def _layout(lines: Sequence[str], *, named: bool) -> _Layout | None:
    """How the table is laid out whose first lines these are; None if it is none."""
    told = head_of(lines)
    lines = _table_lines(lines)
    if told:
        rows = [*records(lines, told.delimiter)]
        columns = columns_of(told, rows)
        return _Layout(told.delimiter, columns, rows) if columns else None
    best: _Layout | None = None
    tables = []
    for delimiter in DELIMITERS:
        if not any(delimiter in line for line in lines[:20]) or (delimiter == "|" and _is_markdown(lines)):
            continue
        rows = [*records(lines, delimiter)]
        tables.append((delimiter, rows))
        columns = headed(rows)
        if columns and (not best or _roles(columns) > _roles(best.columns)) and _is_filled(columns, rows):
            best = _Layout(delimiter, columns, rows)
    if best:
        return best
    for delimiter, rows in tables:
        if columns := unheaded(rows, delimiter, named=named):
            return _Layout(delimiter, columns, rows)
    return None


def _table_lines(lines: Sequence[str]) -> Sequence[str]:
    """The lines, with those blank that Anki or a spreadsheet writes above a table to say how to read it."""
    if told := head_of(lines):
        return [*[""] * told.lines, *lines[told.lines :]]
    if lines and lines[0].strip().casefold().startswith(_SEPARATOR):
        return ["", *lines[1:]]
    return [_row(line) for line in lines] if _is_one_table(lines) else lines


def _is_one_table(lines: Sequence[str]) -> bool:
    """Whether the lines are one Markdown table, with nothing but titles above it.

    It has columns for choices, or some rows below a header that is known.
    """
    written = [line.strip() for line in lines if line.strip()]
    rows = next((at for at, line in enumerate(written) if line[0] == "|"), len(written))
    titles, table = written[:rows], written[rows:]
    if len(table) <= _FRAME or any(line[0] != "|" for line in table) or any(line[0] != "#" for line in titles):
        return False
    if table[0].count("|") > _FEWEST_COLUMNS:
        return True
    return len(table) >= _FRAME + _FEWEST_ROWS and headed([*records([*map(_row, table)], "|")]) is not None


def _row(line: str) -> str:
    """A row of a Markdown table without its outer signs; empty for a title, and for the line below the header."""
    text = line.strip()
    if text[:1] != "|" or not text.strip("|-: "):
        return ""
    return text.removeprefix("|").removesuffix("|")


def _roles(columns: Columns) -> int:
    return sum(map(len, columns.roles.values()))


def _is_markdown(lines: Sequence[str]) -> bool:
    return any(line.lstrip().startswith("|") for line in lines[:50])


def _is_filled(columns: Columns, rows: Sequence[Record]) -> bool:
    """Whether most rows below the header are like it: prose can begin with such words, too."""
    below = rows[columns.begins :]
    like = sum(fits(columns, row) for row in below)
    worded = sum(any(any(map(str.isalpha, cell)) for cell in row.cells) for row in below)
    return bool(like) and (_roles(columns) >= _CLEAR or 2 * like > worded)


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read a table, or the tables in the sheets of a workbook.

    Raises:
        BadFile: it isn't text or a sound workbook, or nothing tells which of its columns holds the questions.
    """
    book = is_workbook(source.files)
    layouts, findings = _sheets(source) if book else ([("", _whole(source))], [*source.repairs])
    progress(0.2)
    questions: list[QuestionDraft] = []
    for at, (title, layout) in enumerate(layouts):
        columns, rows = grouped(layout.columns, layout.rows[layout.columns.begins :])
        share = 0.8 / len(layouts)
        table = Table(columns, rows, layout.delimiter, _within(progress, 0.2 + at * share, share))
        findings += [_of_sheet(finding, title) for finding in table.findings] if len(layouts) > 1 else table.findings
        questions += [_in_sheet(draft, title) for draft in table.drafts] if len(layouts) > 1 else table.drafts
    return ParsedDocument(format=FORMAT.name, questions=tuple(questions), findings=tuple(findings))


def _within(progress: Progress, start: float, share: float) -> Progress:
    return lambda done: progress(start + share * done)


def _whole(source: Source) -> _Layout:
    """The layout of a text, with all its rows."""
    lines = [line.text for line in read(source.text).lines]
    found = _layout(lines[:_HEAD_LINES], named=True)
    if not found:
        raise BadFile(_unknown())
    return _bounded(found._replace(rows=[*records(_table_lines(lines), found.delimiter)]))


def _sheets(source: Source) -> tuple[list[tuple[str, _Layout]], list[Finding]]:
    """The layouts of a workbook's sheets, by title, and findings about sheets that were skipped."""
    layouts, findings = [], []
    for title, rows in sheets(source.data, source.files, MAX_ROWS):
        if rows is None:
            message = _("The sheet “{title}” was skipped, because it is hidden.").format(title=title[:60])
            findings.append(Finding(line=1, code=FindingCode.SKIPPED, message=message))
            continue
        head = rows[:_HEAD_LINES]
        columns = headed(head)
        if not columns or not _is_filled(columns, head):
            columns = unheaded(head, "", named=True)
        if columns:
            layouts.append((title, _Layout("", columns, rows)))
        elif rows:
            message = _("The sheet “{title}” was skipped. {reason}").format(title=title[:60], reason=_unknown())
            findings.append(Finding(line=rows[0].line, code=FindingCode.SKIPPED, message=message))
    if not layouts:
        raise BadFile(_unknown())
    return layouts, findings


def _of_sheet(finding: Finding, title: str) -> Finding:
    told = _("Sheet “{title}”: {message}").format(title=title[:60], message=finding.message)
    return replace(finding, message=told)


def _in_sheet(draft: QuestionDraft, title: str) -> QuestionDraft:
    return draft if draft.section else replace(draft, section=title)


def _bounded(layout: _Layout) -> _Layout:
    if len(layout.rows) > MAX_ROWS:
        message = _("The table has {count} rows, more than {limit}. Split it into smaller ones.")
        raise BadFile(message.format(count=len(layout.rows), limit=MAX_ROWS))
    return layout


def _unknown() -> str:
    return _(
        "Nothing tells which column holds the questions. Write a first row that names the columns, such as: Question, "
        "Option A, Option B, Correct answer."
    )


FORMAT = Format(
    name="csv",
    about="tables: CSV, TSV, Excel, and the templates of Kahoot, Quizizz, Quizlet, Blooket and Gimkit",
    likelihood=likelihood,
    parse=parse,
    writings=(
        Writing(name="csv", about="a table for spreadsheets and other quiz programs", extension="csv", write=to_csv),
    ),
)
