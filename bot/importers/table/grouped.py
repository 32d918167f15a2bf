"""Joins the rows of a table that gives each choice a row of its own, with a column that says whether it is right."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase

from bot.importers.table.columns import FLAGGED, Columns
from bot.importers.table.records import Record
from bot.importers.table.words import Role, plain

FLAGS: Mapping[str, bool] = {
    **dict.fromkeys(("true", "t", "1", "yes", "y", "x", "✓", "✔", "correct", "right"), True),
    **dict.fromkeys(("false", "f", "0", "no", "n", "", "✗", "✘", "incorrect", "wrong"), False),
}
"""What the cells of a column say that tells whether a choice is right."""


def grouped(columns: Columns, rows: Sequence[Record]) -> tuple[Columns, Sequence[Record]]:
    """Return the table with a row for each question; as it is if its rows are no single choices."""
    flags = [at for at in columns.all(Role.ANSWER) if at < len(columns.names) and plain(columns.names[at]) in FLAGGED]
    others = [at for at in (*columns.all(Role.LISTED), *columns.all(Role.ANSWER)) if at not in flags]
    asked = columns.first(Role.QUESTION)
    if asked is None or len(flags) != 1 or not others or columns.all(Role.CHOICE) or columns.all(Role.WRONG):
        return columns, rows
    flag, text = flags[0], others[0]
    if not all(row.cell(flag).casefold() in FLAGS for row in rows):
        return columns, rows
    groups: list[list[Record]] = []
    for row in rows:
        if groups and row.cell(asked) in {"", groups[-1][0].cell(asked)}:
            groups[-1].append(row)
        else:
            groups.append([row])
    most = max(map(len, groups), default=0)
    width = max(columns.width, max((len(row.cells) for row in rows), default=0))
    roles: dict[Role, tuple[int, ...]] = {**columns.roles}
    for role in (Role.ANSWER, Role.LISTED):
        roles.pop(role, None)
    roles |= {Role.CHOICE: tuple(range(width, width + most)), Role.ANSWER: (width + most,)}
    names = [*columns.names, *[""] * (width - len(columns.names)), *[columns.names[text]] * most, columns.names[flag]]
    joined = [_joined(group, text, flag, width, most) for group in groups]
    return replace(columns, roles=roles, names=names, width=width + most + 1), joined


def _joined(group: Sequence[Record], text: int, flag: int, width: int, most: int) -> Record:
    """One row for the choices of a question, with the letters of the right ones in its last cell."""
    first = group[0]
    right = [FLAGS[row.cell(flag).casefold()] for row in group]
    letters = ", ".join(letter for letter, is_right in zip(ascii_uppercase, right, strict=False) if is_right)
    own = [*first.cells, *[""] * (width - len(first.cells))]
    choices = [row.cell(text) for row in group]
    cells = [*own, *choices, *[""] * (most - len(choices)), letters]
    return Record(first.line, cells, any(row.is_torn for row in group))
