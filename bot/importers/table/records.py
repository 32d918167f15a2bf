"""Splits the lines of a table into rows of cells, of which those in quotes may go over several lines.

A quotation mark that is never closed would swallow all the rows below it. Such a row is read as it stands, and said to
be torn.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

DELIMITERS = "\t;,|"
"""What may stand between cells; of two that are equally likely, the first is taken."""

_TAB = "\t"
_QUOTE = '"'
_IN_QUOTES = re.compile(r'\s*"(?P<told>(?:[^"]|"")*+)"\s*')
_BEGIN_FORMULAS = frozenset("=+-@")
_MOST_LINES = 200
"""How many lines a cell may go over."""
_MOST_TORN = 50
"""After so many torn rows, quotation marks mean nothing in the rest of the table: nobody wrote it for spreadsheets."""


class Record(NamedTuple):
    """One row: the 1-based number of its first line, its cells, and whether a quotation mark in it isn't closed."""

    line: int
    cells: Sequence[str]
    is_torn: bool = False

    def cell(self, column: int) -> str:
        """The text in a column; empty if the row ends before it."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def width(self) -> int:
        """How many cells it has, without empty ones at its end."""
        return max((at for at, cell in enumerate(self.cells, start=1) if cell), default=0)


def records(lines: Sequence[str], delimiter: str) -> Iterator[Record]:
    """Yield the rows of a table that aren't empty, with the white space around each cell taken away."""
    at = torn = 0
    while at < len(lines):
        line, taken = lines[at], 1
        cells: Sequence[str] | None = None
        if _QUOTE in line and torn < _MOST_TORN:
            cells, taken, is_counted = _quoted(lines, at, delimiter)
            torn += is_counted
        is_torn = cells is None and taken == 0
        cells = [_stripped(cell) for cell in (line.split(delimiter) if cells is None else cells)]
        if any(cells):
            yield Record(at + 1, cells, is_torn)
        at += max(taken, 1)


def _stripped(cell: str) -> str:
    """A cell without white space around it, and without the apostrophe that keeps spreadsheets from calculating it."""
    cell = cell.strip()
    guarded = cell[:1] == "'" and cell[1:2] in _BEGIN_FORMULAS and not cell.endswith("'")
    return cell[1:] if guarded else cell


def _quoted(lines: Sequence[str], at: int, delimiter: str) -> tuple[Sequence[str] | None, int, bool]:
    """The cells of a row with quotation marks, and over how many lines it goes; None and 0 if it is torn.

    The last value says whether the row counts as torn: it is, or the lines below it were read in vain.
    """
    fed = (f"{lines[number]}\n" for number in range(at, min(at + _MOST_LINES, len(lines))))
    strict = csv.reader(fed, delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        cells = next(strict)
        if len(cells) == 1 and delimiter in cells[0]:  # a program put the whole row in quotes once more
            cells = next(csv.reader(cells, delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        pass
    else:
        return cells, strict.line_num, False
    if lines[at].count(_QUOTE) % 2:
        return None, 0, True
    if delimiter == _TAB:
        return [_unquoted(cell) for cell in lines[at].split(_TAB)], 1, strict.line_num > 1
    try:
        return next(csv.reader([lines[at]], delimiter=delimiter, skipinitialspace=True)), 1, strict.line_num > 1
    except csv.Error:  # a cell is longer than that module reads
        return None, 1, strict.line_num > 1


def _unquoted(cell: str) -> str:
    """A cell without the quotation marks around it; those around its first words belong to it: ``"To be" or not``."""
    found = _IN_QUOTES.fullmatch(cell)
    return found["told"].replace(_QUOTE * 2, _QUOTE) if found else cell
