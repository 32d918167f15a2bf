"""Reads the lines that Anki writes above its notes in plain text, such as ``#separator:tab`` and ``#tags column:3``."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.importers.table.columns import Columns
from bot.importers.table.records import Record
from bot.importers.table.words import Role

_TOLD = re.compile(r"#(?P<name>separator|html|columns|(?:notetype|deck|tags|guid)(?: column)?):(?P<value>.{0,200})")
_SIGNS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "\t": "\t", ",": ",", ";": ";", "|": "|"}
_ROLES = {"tags column": Role.TAGS, "deck column": Role.SECTION}
_NOT_FIELDS = ("tags column", "deck column", "notetype column", "guid column")
_MOST = 12


class Head(NamedTuple):
    """What the lines above the notes say: how many they are, the sign between cells, and which cells are no fields."""

    lines: int
    delimiter: str
    columns: dict[str, int]


def head_of(lines: Sequence[str]) -> Head | None:
    """Return what the first lines say; None if Anki didn't write them."""
    told: dict[str, str] = {}
    for line in lines[:_MOST]:
        found = _TOLD.match(line)
        if not found:
            break
        told[found["name"]] = found["value"]
    if "separator" not in told:
        return None
    sign = _SIGNS.get(told["separator"].strip().casefold() or "\t")
    numbers = {
        name: int(value) - 1 for name, value in told.items() if name in _NOT_FIELDS and value.strip().isdecimal()
    }
    return Head(len(told), sign, numbers) if sign else None


def columns_of(head: Head, rows: Sequence[Record]) -> Columns | None:
    """The columns of the notes: the first two fields are the sides of a card."""
    width = max((row.width for row in rows), default=0)
    fields = [at for at in range(width) if at not in head.columns.values()]
    if len(fields) < 2:
        return None
    roles = {Role.FRONT: (fields[0],), Role.BACK: (fields[1],)}
    roles |= {role: (head.columns[name],) for name, role in _ROLES.items() if name in head.columns}
    return Columns(roles=roles, line=rows[0].line, width=width)
