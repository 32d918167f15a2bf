"""One statement for many rows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.storage.bulk import run


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE pairs (league, number)")
        yield connection


@pytest.mark.parametrize("number", [0, 1, 2, 3, 7, 255, 256, 257, 1_000])
def test_every_row_arrives_once(connection: sqlite3.Connection, number: int) -> None:
    run(connection, "INSERT INTO pairs VALUES {rows}", [("a", n) for n in range(number)])
    assert connection.execute("SELECT number FROM pairs ORDER BY number").fetchall() == [(n,) for n in range(number)]


def test_what_is_selected_comes_back_from_all_parts(connection: sqlite3.Connection) -> None:
    found = run(connection, "WITH wanted (n) AS (VALUES {rows}) SELECT n FROM wanted", [(n,) for n in range(1_000)])
    assert sorted(found) == [(n,) for n in range(1_000)]


def test_the_first_parameters_go_with_every_part(connection: sqlite3.Connection) -> None:
    statement = (
        "WITH name (called) AS (VALUES (?)), numbers (n) AS (VALUES {rows}) "
        "INSERT INTO pairs SELECT called, n FROM name CROSS JOIN numbers"
    )
    run(connection, statement, [(1,), (2,), (3,)], ("x",))
    assert connection.execute("SELECT * FROM pairs ORDER BY number").fetchall() == [("x", 1), ("x", 2), ("x", 3)]


def test_few_statements_are_compiled_whatever_the_number_of_rows(connection: sqlite3.Connection) -> None:
    sent: set[str] = set()
    connection.set_trace_callback(sent.add)
    for number in range(1, 600):
        run(connection, "WITH wanted (n) AS (VALUES {rows}) SELECT count(*) FROM wanted", [(None,)] * number)
    assert len(sent) == 9  # 1, 2, 4 … 256
