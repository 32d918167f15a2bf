"""What a database's tables are like."""

from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.storage.database import Database
from bot.storage.tables import metadata


async def drift(database: Database) -> list[Any]:
    """What differs between the database's tables and those in `bot.storage.tables`; empty: nothing."""
    return await database.read_raw(lambda connection: connection.run_sync(_differences))


def _differences(connection: sa.Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def current_revision(database: Database) -> str:
    """The name of the last migration that a database has had."""
    return await database.write_raw(
        lambda connection: connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    )
