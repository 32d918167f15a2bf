"""Finds the choices of each row: in columns of their own, in one cell, or as wrong answers beside the right one."""

import json
import re
from ast import literal_eval
from collections.abc import Callable, Mapping, Sequence
from string import ascii_uppercase
from warnings import catch_warnings, simplefilter

from bot.importers.table.columns import Columns
from bot.importers.table.records import Record
from bot.importers.table.words import Role

_LONGEST = 20_000
_MOST = 50
_NEARLY_ALL = 0.8
_RUNS = ([*ascii_uppercase], [str(number) for number in range(1, 27)])
_LETTERED = re.compile(r"(?:^|(?<=\s))\(?([A-J])(?:[):．、：）]\s{0,3}|\.(?:\s{1,3}|(?=[^\x00-\x7f])))(?=\S)")
_LABEL = re.compile(r"\(?(?P<mark>[A-Za-z]|[0-9]{1,2})(?:[.):]\s{1,3}|\))(?=\S)")
_QUOTED_LIST = re.compile(r"\[\s{0,9}[\"'].*\]$|\{\s{0,9}[\"'].*\}$", re.DOTALL)
_STRING = r"""(?:'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+")"""
_SPACED_STRINGS = re.compile(rf"\[\s*+{_STRING}(?:\s++{_STRING})++\s*+\]", re.DOTALL)
"""The texts of an array as NumPy prints it, without commas: ``['Iron' 'Tin']``."""
_ONE_STRING = re.compile(_STRING, re.DOTALL)
_ARRAY = re.compile(
    rf"array\((?P<list>\[\s*+{_STRING}(?:,\s*+{_STRING})*+\s*+\])(?:,\s*+dtype=[\w.<>']++)?\)", re.DOTALL
)


def splitter(cells: Sequence[str]) -> Callable[[str], list[str]]:
    """Return the function that splits cells with several answers in each, by what nearly all of them have in common."""
    filled = [cell for cell in cells if cell]
    for way in _WAYS:
        if filled and sum(len(way(cell)) > 1 for cell in filled) >= _NEARLY_ALL * len(filled):
            return way
    return _whole


def _whole(cell: str) -> list[str]:
    return [cell] if cell else []


def _apart(cell: str) -> list[str]:
    """The choices in a cell of a table whose cells are split in different ways; the cell if two of them fit."""
    if parts := _as_data(cell) or _at_letters(cell):
        return parts
    found = [parts for way in _CLEAR_WAYS if len(parts := way(cell)) > 1]
    if not found:
        found = [parts for way in _WAYS if len(parts := way(cell)) > 1]
        return found[0] if found else _whole(cell)
    return found[0] if len(found) == 1 else _whole(cell)


def listed(columns: Columns, rows: Sequence[Record]) -> list[list[str]]:
    """The choices of each row as the table lists them; some may be empty, and there may be none."""
    own = columns.all(Role.CHOICE)
    if own:
        return [_unlabelled([row.cell(column) for column in own]) for row in rows]
    column = columns.first(Role.LISTED)
    if column is None:
        return [[] for _row in rows]
    split = splitter([row.cell(column) for row in rows])
    if split is _whole and columns.answers:
        split = _apart
    return [_unlabelled(split(row.cell(column)) or _whole(row.cell(column))) for row in rows]


def wrong(columns: Columns, rows: Sequence[Record]) -> list[list[str]]:
    """The wrong answers of each row; empty if the table has no columns for them."""
    own = columns.all(Role.WRONG)
    if len(own) != 1:
        return [[cell for column in own if (cell := row.cell(column))] for row in rows]
    split = splitter([row.cell(own[0]) for row in rows])
    return [split(row.cell(own[0])) for row in rows]


def is_unread(choices: Sequence[str]) -> bool:
    """Whether all that stands for the choices of a row is a list that a program wrote and nobody can read."""
    told = [choice for choice in choices if choice]
    return len(told) == 1 and bool(_QUOTED_LIST.match(told[0]))


def are_out_of_order(choices: Sequence[str]) -> bool:
    """Whether two choices or more have labels such as ``b)``, and one of these stands where another belongs."""
    found = {at: one["mark"].upper() for at, choice in enumerate(choices) if (one := _LABEL.match(choice))}
    return len(found) > 1 and any(
        mark in run[: len(choices)] and run.index(mark) != at for at, mark in found.items() for run in _RUNS
    )


def letters_of(choices: Sequence[str]) -> str:
    """The letters with which choices are labelled, in capitals; empty unless each of the first letters labels one."""
    found = [one["mark"].upper() for choice in choices if (one := _LABEL.match(choice))]
    return "".join(found) if sorted(found) == [*ascii_uppercase[: len(choices)]] else ""


def _unlabelled(choices: list[str]) -> list[str]:
    """Choices without labels such as ``A)``, if each has its own, in order."""
    found = [_LABEL.match(choice) for choice in choices]
    marks = [one["mark"].upper() if one else "" for one in found]
    filled = [at for at, choice in enumerate(choices) if choice]
    if len(filled) < 2:
        return choices
    for run in _RUNS:
        if all(at < len(run) and marks[at] == run[at] for at in filled):
            return [choice[one.end() :] if one else choice for choice, one in zip(choices, found, strict=True)]
    return choices


def _as_data(cell: str) -> list[str]:
    """A list as programs write it: ``["a", "b"]``, ``['a', 'b']`` or ``['a' 'b']``, perhaps beside its labels."""
    if (cell[:1] + cell[-1:]) not in {"[]", "{}"} or len(cell) > _LONGEST:
        return []
    if _SPACED_STRINGS.fullmatch(cell):
        cell = f"[{','.join(_ONE_STRING.findall(cell))}]"
    try:
        told = json.loads(cell)
    except (ValueError, RecursionError):
        told = _literal(_ARRAY.sub(r"\g<list>", cell) if cell[0] == "{" else cell)
    if isinstance(told, dict):
        told = _labelled_texts(told)
    # Without one of its items, the letters of the others would change.
    is_plain = isinstance(told, list) and all(isinstance(one, str | int | float) for one in told)
    return [str(one).strip() for one in told] if is_plain else []


def _labelled_texts(told: Mapping[str, object]) -> object:
    """The texts of an object that lists them beside their labels, which count them; None if it is another one."""
    labels = told.get("label")
    is_counted = isinstance(labels, list) and any(labels == run[: len(labels)] for run in _RUNS)
    return told.get("text") if is_counted else None


def _literal(cell: str) -> object:
    """What Python reads in a cell; None if it can't."""
    with catch_warnings():
        simplefilter("ignore")  # Python warns of backslashes that mean nothing
        try:
            return literal_eval(cell)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return None


def _at_letters(cell: str) -> list[str]:
    """Choices in a row behind letters: ``A. one B. two``."""
    found = [*_LETTERED.finditer(cell[:_LONGEST])]
    if (
        len(found) < 2
        or found[0].start()
        or any(one[1] != letter for one, letter in zip(found, ascii_uppercase, strict=False))
    ):
        return []
    ends = [*(one.start() for one in found[1:]), len(cell)]
    return [cell[one.end() : end].strip() for one, end in zip(found, ends, strict=True)]


def _at(sign: str) -> Callable[[str], list[str]]:
    def parts(cell: str) -> list[str]:
        if _QUOTED_LIST.match(cell):  # it is a list that isn't sound
            return [cell]
        return [part for part in map(str.strip, cell.split(sign, _MOST)) if part]

    return parts


_CLEAR_WAYS = (_at("\n"), _at("|"), _at(";"))
"""Signs that hardly stand within a choice."""
_WAYS = (_as_data, _at_letters, _at("\n"), _at("|"), _at(";"), _at(","), _at(" / "))
