"""Finds what the columns of a table without a header hold, by what stands in them."""

import re
from collections.abc import Callable, Sequence

from bot.importers.table.columns import Columns
from bot.importers.table.keys import by_letter, by_text
from bot.importers.table.records import Record
from bot.importers.table.words import Role

_NEARLY_ALL = 0.9
_FEWEST_CHOICES = 3
_MOST_CHOICES = 10
_LONG = 25
"""The mean length of stems, in characters, that other first columns hardly ever have."""
_FEWEST_PAIRS = 3
_MOST_LABELS = 0.2
"""From this share on, first cells such as ``A.`` or ``7`` mean numbered lines, or choices behind letters."""
_GAP = re.compile("_{3}")
_LABEL = re.compile(r"\W{0,3}(?:(?:question|q)?\s{0,2}[0-9]{1,4}|[A-Za-z])?\W{0,3}", re.IGNORECASE)
_ASKS = re.compile(r"[?？؟]|_{3}|:$|^[0-9.]{1,9} ?[-+*/x×÷^%] ?[0-9.]{1,9} ?=?$")
_LETTER = re.compile(r"[^\W\d_]")
_WHOLE = re.compile(r"[0-9]{1,9}")


def unheaded(rows: Sequence[Record], delimiter: str, *, named: bool) -> Columns | None:
    """Return the columns of a table without a header; None if nothing says that it holds questions.

    Args:
        rows: its first rows.
        delimiter: what stands between its cells.
        named: whether the file's name says that it is a table.
    """
    if len(rows) < 2:
        return None
    widths = sorted(row.width for row in rows)
    width = widths[len(widths) // 2]
    alike = [row for row in rows if row.width == width]
    if width > 3 and len(alike) >= _NEARLY_ALL * len(rows) and (found := _with_choices(alike, width)):
        return found
    if width in {2, 3}:
        return _pairs(rows, alike, width, delimiter, named=named)
    return None


def _with_choices(rows: Sequence[Record], width: int) -> Columns | None:
    """The columns of questions with choices; numbers are keys only where no column names choices in another way."""
    return _keyed_by(_are_keyed, rows, width) or _keyed_by(_are_numbered, rows, width)


def _keyed_by(
    are_keyed: Callable[[Sequence[Record], Sequence[int], int], bool], rows: Sequence[Record], width: int
) -> Columns | None:
    for key in range(width - 1, _FEWEST_CHOICES, -1):
        for stem in (0, 1):
            choices = range(stem + 1, key)
            if not _FEWEST_CHOICES <= len(choices) <= _MOST_CHOICES:
                continue
            if stem == 1 and not all(_WHOLE.fullmatch(row.cell(0)) for row in rows):
                continue
            if are_keyed(rows, choices, key) and _are_asked(rows, stem):
                roles = {Role.QUESTION: (stem,), Role.CHOICE: tuple(choices), Role.ANSWER: (key,)}
                if stem == 1:
                    roles[Role.NUMBER] = (0,)
                if any(_LETTER.search(row.cell(key + 1)) for row in rows):
                    roles[Role.EXPLANATION] = (key + 1,)
                return Columns(roles=roles, line=rows[0].line, width=width)
    return None


def _are_keyed(rows: Sequence[Record], choices: Sequence[int], key: int) -> bool:
    def names_one(row: Record) -> bool:
        texts = [row.cell(column) for column in choices]
        return by_letter(row.cell(key), texts) is not None or len(by_text(row.cell(key), texts) or ()) == 1

    return sum(map(names_one, rows)) >= _NEARLY_ALL * len(rows)


def _are_numbered(rows: Sequence[Record], choices: Sequence[int], key: int) -> bool:
    """Whether a column has numbers of choices that are words: not always the same one, as points are."""
    numbers = {row.cell(key) for row in rows}
    worded = sum(any(_LETTER.search(row.cell(column)) for column in choices) for row in rows)
    return (
        len(numbers) > 1
        and all(_WHOLE.fullmatch(number) and int(number) <= len(choices) for number in numbers)
        and worded >= _NEARLY_ALL * len(rows)
    )


def _are_asked(rows: Sequence[Record], column: int) -> bool:
    stems = [row.cell(column) for row in rows]
    asked = sum(bool(_ASKS.search(stem)) for stem in stems)
    return 2 * asked >= len(stems) or sum(map(len, stems)) >= _LONG * len(stems)


def _pairs(
    rows: Sequence[Record], alike: Sequence[Record], width: int, delimiter: str, *, named: bool
) -> Columns | None:
    """The columns of questions and answers, or of terms and definitions, behind a number or not."""
    first = width - 2
    whole = [row for row in rows if row.width == width and row.cell(first)]
    continued = sum(row.width == 1 for row in rows) if delimiter == "\t" else 0
    if (
        (width == 3 and not all(_WHOLE.fullmatch(row.cell(0)) for row in alike))
        or len(whole) + continued < _NEARLY_ALL * len(rows)
        or 2 * len(whole) < len(rows)
        or rows[0] not in whole
        or sum(bool(_LABEL.fullmatch(row.cell(first))) for row in whole) > _MOST_LABELS * len(whole)
    ):
        return None
    roles = {Role.NUMBER: (0,)} if width == 3 else {}
    if 2 * sum(bool(_ASKS.search(row.cell(first))) for row in whole) >= len(whole):
        roles |= {Role.QUESTION: (first,), Role.ANSWER: (first + 1,)}
    elif _are_gaps([row.cell(first + 1) for row in whole]):
        roles |= {Role.QUESTION: (first + 1,), Role.ANSWER: (first,)}
    elif (delimiter == "\t") + named + (len(whole) >= _FEWEST_PAIRS) > 1 and _are_worded(whole, first):
        roles |= {Role.FRONT: (first,), Role.BACK: (first + 1,)}
    else:
        return None
    return Columns(roles=roles, line=rows[0].line, width=width)


def _are_worded(rows: Sequence[Record], first: int) -> bool:
    """Whether most pairs are words, and no page numbers, prices or measurements."""
    worded = sum(all(_LETTER.search(row.cell(column)) for column in (first, first + 1)) for row in rows)
    return 2 * worded > len(rows)


def _are_gaps(cells: Sequence[str]) -> bool:
    """Whether nearly all of some cells are sentences with a gap."""
    return sum(bool(_GAP.search(cell)) for cell in cells) >= _NEARLY_ALL * len(cells)
