"""Run a query in one round trip to SQLite's thread."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import aiosqlite
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.compiler import SQLCompiler


async def all_rows(
    connection: AsyncConnection, query: sa.Select[Any], values: Mapping[str, Any]
) -> Sequence[Sequence[Any]]:
    """Return a query's rows as the driver gives them; its columns must need no conversion by SQLAlchemy.

    SQLAlchemy makes four round trips: open a cursor, execute, fetch, close. They take most of a short query's time.
    """
    if connection.dialect.name != "sqlite":
        return (await connection.execute(query, values)).all()
    compiled = _compiled(query)
    driver = cast("aiosqlite.Connection", (await connection.get_raw_connection()).driver_connection)
    return list(await driver.execute_fetchall(str(compiled), compiled.construct_params(dict(values))))


@lru_cache(maxsize=100)
def _compiled(query: sa.Select[Any]) -> SQLCompiler:
    return query.compile(dialect=sqlite.dialect(paramstyle="named"))
