"""``INSERT … ON CONFLICT``: the same in SQLite and PostgreSQL, but SQLAlchemy has a version for each."""

from collections.abc import Set as AbstractSet
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert(connection: AsyncConnection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """An insert for this connection's database, with ``on_conflict_do_…``."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def replacing(
    connection: AsyncConnection, table: sa.Table, *, keep: AbstractSet[str] = frozenset()
) -> sqlite.Insert | postgresql.Insert:
    """An insert that overwrites the row with the same primary key; columns to ``keep`` only where there is a value."""
    statement = insert(connection, table)
    keys = [column.name for column in table.primary_key]
    rest: dict[str, sa.ColumnElement[Any]] = {
        column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys
    }
    rest |= {name: sa.func.coalesce(statement.excluded[name], table.c[name]) for name in keep}
    return statement.on_conflict_do_update(index_elements=keys, set_=rest)
