"""What is stored: all of it, to see that nothing changed."""

import sqlite3
from contextlib import closing
from pathlib import Path


def rows_of(file: Path) -> set[tuple[object, ...]]:
    """Every row of every table of a database."""
    with closing(sqlite3.connect(file)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {(name, *row) for name in names for row in connection.execute(f"SELECT * FROM {name}")}  # noqa: S608 - names from the schema
