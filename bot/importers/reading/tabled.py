"""Reads what stands in the cells of a Markdown table as a line each: choices, or questions with their answers."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from string import ascii_uppercase

from bot.importers.reading.lines import Line
from bot.importers.reading.marks import choice_mark, question_mark
from bot.importers.reading.starts import asks
from bot.importers.table.words import Role, role_of

_RULER = frozenset("|:- ")
_FEWEST = 2
_FEWEST_PAIRS = 3
_FRAME = 2
"""The lines of a table above its rows: the head and the ruler."""
_PAIR = [Role.QUESTION, Role.ANSWER]


def one_choice_a_row(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines``, with a line for each choice of a table whose cells are choices, lettered from A.

    The cells of its head go unless they ask. In a table of questions and answers, each has a line with a label.
    """
    for is_row, rows in groupby(lines, key=_is_row):
        if is_row:
            table = list(rows)
            yield from _pairs(table) or _choices(table)
        else:
            yield from rows


def _pairs(rows: Sequence[Line]) -> Sequence[Line]:
    """The questions and answers of a table whose head names these, as "Q: …" and "A: …"; empty if it has none.

    A number or a word instead of a question belongs to a list of answers; another column may count the rows.
    """
    if len(rows) < _FRAME + _FEWEST_PAIRS or not _RULER.issuperset(rows[1].text):
        return ()
    head = [role_of(cell.strip()) for cell in rows[0].text.strip().strip("|").split("|")]
    if [role for role in head if role in _PAIR] != _PAIR or len(head) > len(_PAIR) + 1:
        return ()
    asked, answered = map(head.index, _PAIR)
    body = [[cell.strip() for cell in row.text.strip().strip("|").split("|")] for row in rows[_FRAME:]]
    others = {*range(len(head))} - {asked, answered}
    if any(len(cells) != len(head) or " " not in cells[asked] for cells in body):
        return ()
    if not all(cells[at].rstrip(".)").isdecimal() for cells in body for at in others):
        return ()
    lines = zip(rows[_FRAME:], body, strict=True)
    return [
        line
        for row, cells in lines
        for line in (row.with_text(f"Q: {cells[asked]}"), row.with_text(f"A: {cells[answered]}"))
    ]


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
