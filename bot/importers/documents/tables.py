"""Reads the tables of a document: those with known columns as questions, others as lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple

from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.i18n import gettext as _
from bot.importers.documents.labels import typed_label
from bot.importers.documents.piece import Block, Family, Grid, Piece
from bot.importers.reading.compose import collapse
from bot.importers.table.bare import unheaded
from bot.importers.table.columns import Columns, fits, headed
from bot.importers.table.grouped import grouped
from bot.importers.table.records import Record
from bot.importers.table.rows import Table
from bot.importers.table.words import Role

_HEAD = 300
_FEWEST_ROWS, _FEWEST_COLUMNS = 4, 3
_NUMBER = re.compile(r"\W{0,3}(?:[^\W\d_]{1,10}\W{1,2})?\d{1,5}\W{0,3}")
"""What stands for a question in a table of keys."""
_FEW = 0.2
"""The share of cells that may have several lines, or a letter before them, in a large table."""


class Read(NamedTuple):
    """What is read of a document's tables, and its lines without those."""

    pieces: list[Piece]
    drafts: list[QuestionDraft]
    findings: list[Finding]


def without_tables(blocks: Sequence[Block]) -> Read:
    """The questions in tables that have a row for each, and all other blocks as lines."""
    read = Read([], [], [])
    for block in blocks:
        if isinstance(block, Piece):
            read.pieces.append(block)
            continue
        records = _records(block)
        columns = _columns(records)
        if columns:
            known, rows = grouped(columns, records[columns.begins :])
            table = Table(known, rows, "", lambda _fraction: None)
            read.drafts.extend(table.drafts)
            read.findings.extend(table.findings)
            continue
        read.pieces.extend(_lines(block))
        if _is_large(block) and _is_table(block):
            message = _("The table that begins here isn't read as questions: nothing tells what its columns hold.")
            read.findings.append(Finding(line=block.spot, code=FindingCode.SKIPPED, message=message))
    return read


def _records(grid: Grid) -> list[Record]:
    return [
        Record(next((cell[0].spot for cell in row if cell), grid.spot), [*map(_text, row)]) for row in grid.rows if row
    ]


def _text(cell: Sequence[Piece]) -> str:
    return collapse(" ".join(piece.text for piece in cell))


def _columns(records: Sequence[Record]) -> Columns | None:
    """What the columns hold, if the table has a row for each question; a grid of choices has none."""
    head = records[:_HEAD]
    if len(head) < 2 or max(len(record.cells) for record in head) < 2:
        return None
    columns = headed(head)
    if columns:
        rows = head[columns.begins :]
        stems = [row.cell(columns.first(Role.QUESTION) or 0) for row in rows]
        is_key = 2 * sum(bool(_NUMBER.fullmatch(stem)) for stem in stems) > len(stems)
        return columns if 2 * sum(fits(columns, row) for row in rows) > len(rows) and not is_key else None
    return unheaded(head, "", named=False)


def _lines(grid: Grid) -> Iterator[Piece]:
    """A table as lines of its cells if it lays out questions and choices, and otherwise as one in Markdown."""
    is_table = _is_table(grid)
    yield Piece(text="", spot=grid.spot)
    spot = grid.spot
    for number, row in enumerate(grid.rows):
        spot = max(spot, next((cell[0].spot for cell in row if cell), spot))
        if is_table:
            cells = [_text(cell).replace("|", "\\|") for cell in row]
            yield Piece(text=f"| {' | '.join(cells)} |", spot=spot)
            if number == 0:
                yield Piece(text="|" + "---|" * len(cells), spot=spot)
        else:
            for cell in row:
                yield from cell
                spot = max(spot, cell[-1].spot if cell else spot)
    yield Piece(text="", spot=spot)


def _is_table(grid: Grid) -> bool:
    cells = [cell for row in grid.rows for cell in row if _text(cell)]
    if len(grid.rows) < 2 or max(map(len, grid.rows)) < 2:
        return False
    return not any(map(_is_part, cells)) or (_is_large(grid) and sum(map(_is_part, cells)) < _FEW * len(cells))


def _is_large(grid: Grid) -> bool:
    """Whether a table is larger than one that lays out the choices of a question."""
    return len(grid.rows) >= _FEWEST_ROWS and max(map(len, grid.rows)) >= _FEWEST_COLUMNS


def _is_part(cell: Sequence[Piece]) -> bool:
    """Whether a cell is laid out as a question, or has a choice behind its letter: a table has words and numbers."""
    if len(cell) > 1 or cell[0].family:
        return True
    label = typed_label(cell[0].text)
    return bool(label and label.family in {Family.LETTER, Family.BOX} and cell[0].text[label.length :])


def merged(drafts: Sequence[QuestionDraft], of_tables: Sequence[QuestionDraft]) -> tuple[QuestionDraft, ...]:
    """The questions of text and tables in the order of the document, those of tables under its sections."""
    both = [(draft.line, False, draft) for draft in drafts] + [(draft.line, True, draft) for draft in of_tables]
    section: str | None = None
    result = []
    for _line, is_of_table, draft in sorted(both, key=itemgetter(0)):
        if is_of_table:
            result.append(draft if draft.section else replace(draft, section=section))
        else:
            section = draft.section
            result.append(draft)
    return tuple(result)
