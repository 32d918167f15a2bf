"""Run one SQL statement for many rows on SQLite's own driver.

With a statement for each row, the driver would take Python's global lock about a thousand times a batch. One statement
for all rows takes SQLite a third less time, and other threads can run meanwhile.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

_LARGEST = 256
"""The most rows in one statement: with ten columns, well below SQLite's limit of 32,766 parameters."""

_Rows = Sequence[tuple[Any, ...]]


def run(
    connection: sqlite3.Connection, statement: str, rows: _Rows, first: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """Run a statement for all rows at once, and return the rows that it selects.

    Args:
        connection: the driver's own connection.
        statement: contains ``VALUES {rows}``, to be filled with the rows.
        rows: the values, all rows of the same length.
        first: parameters of the statement that stand before the rows.
    """
    found: list[tuple[Any, ...]] = []
    for part in _parts(rows):
        written_out = _written_out(statement, len(part), len(part[0]))
        found += connection.execute(written_out, (*first, *chain.from_iterable(part))).fetchall()
    return found


def _parts(rows: _Rows) -> Iterator[_Rows]:
    """Split rows into parts of 1, 2, 4 …, so that few different statements are compiled."""
    start = 0
    while left := len(rows) - start:
        size = min(_LARGEST, 1 << (left.bit_length() - 1))
        yield rows[start : start + size]
        start += size


@lru_cache(maxsize=100)
def _written_out(statement: str, rows: int, columns: int) -> str:
    return statement.format(rows=", ".join([f"({', '.join('?' * columns)})"] * rows))
