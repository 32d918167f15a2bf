"""Reads choices that stand in the cells of a Markdown table, ``| A. Lead | B. Cork |``, as a line each."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from string import ascii_uppercase

from bot.importers.reading.lines import Line
from bot.importers.reading.marks import choice_mark, question_mark
from bot.importers.reading.starts import asks

_RULER = frozenset("|:- ")
_FEWEST = 2


def one_choice_a_row(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines``, with a line for each choice of a table whose cells are choices, lettered from A.

    The cells of its head go unless they ask.
    """
    for is_row, rows in groupby(lines, key=_is_row):
        if is_row:
            yield from _choices(list(rows))
        else:
            yield from rows


def _is_row(line: Line) -> bool:
    return not line.code and line.text.lstrip()[:1] == "|"


def _choices(rows: Sequence[Line]) -> Sequence[Line]:
    """The choices in the cells of a table; its rows if something else is in them."""
    ruler = next((at for at, row in enumerate(rows) if "-" in row.text and _RULER.issuperset(row.text)), -1)
    head, body = _cells(rows[: max(ruler, 0)]), _cells(rows[ruler + 1 :])
    cells = [*head, *body] if all(map(_letter, head)) else body
    cells.sort(key=_letter)
    letters = "".join(map(_letter, cells))
    if len(letters) < _FEWEST or letters != ascii_uppercase[: len(cells)]:
        return rows
    return [*(cell for cell in head if cell not in cells and (question_mark(cell.text) or asks(cell.text))), *cells]


def _cells(rows: Iterable[Line]) -> list[Line]:
    """The cells with text, as lines of their own."""
    return [row.with_text(cell.strip()) for row in rows for cell in row.text.split("|") if cell.strip()]


def _letter(cell: Line) -> str:
    """The letter before the choice in a cell, as a capital; empty if a cell holds something else."""
    mark = choice_mark(cell.text)
    return mark.label.upper() if mark and mark.family != "number" and mark.rest else ""
