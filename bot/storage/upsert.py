"""``INSERT … ON CONFLICT``, which SQLAlchemy spells differently for SQLite and PostgreSQL."""

from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert(connection: AsyncConnection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """Return an insert for this connection's database; it has the methods ``on_conflict_do_…``."""
    return _insert(connection.dialect.name, table)


def replacing(
    connection: AsyncConnection, table: sa.Table, *, keep: AbstractSet[str] = frozenset()
) -> sqlite.Insert | postgresql.Insert:
    """Return an insert that overwrites a row with the same primary key; None doesn't overwrite columns to ``keep``."""
    return _replacing(connection.dialect.name, table, frozenset(keep))


def _insert(dialect: str, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache  # building it takes longer than running it
def _replacing(dialect: str, table: sa.Table, keep: frozenset[str]) -> sqlite.Insert | postgresql.Insert:
    statement = _insert(dialect, table)
    keys = [column.name for column in table.primary_key]
    rest: dict[str, sa.ColumnElement[Any]] = {
        column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys
    }
    rest |= {name: sa.func.coalesce(statement.excluded[name], table.c[name]) for name in keep}
    return statement.on_conflict_do_update(index_elements=keys, set_=rest)
