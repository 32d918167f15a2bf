"""Brings a database's tables up to date."""

import asyncio
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import structlog
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import gettext as _
from bot.ports import StorageUnavailable
from bot.storage.database import Database
from bot.storage.tables import metadata

_log = structlog.get_logger(__name__)

_MIGRATIONS = Path(__file__).parent / "migrations"
_TRIES = 5
_PAUSE_S = 0.1
_OVERWRITES_SINCE = "0007"
"""Programs before this migration may have left in an SQLite file what they deleted."""
_LOCK = 7_126_403_551  # any number, the same in all processes


async def migrate(database: Database) -> None:
    """Run the migrations that the database hasn't had; several processes may call this at once.

    Raises:
        StorageUnavailable: the database can't be used, or comes from a newer program.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            before = await database.read_raw(lambda connection: connection.run_sync(_revision))
            if before != _script().get_current_head():
                await database.write_raw(_upgrade)
                if before is not None and before < _OVERWRITES_SINCE:
                    await _rewrite(database)
        except StorageUnavailable:
            # Another process may be at it: its migrations may take longer than a write is given to wait, and while it
            # turns a new file to WAL, SQLite waits not at all.
            if not tries_left:
                raise
            await asyncio.sleep(_PAUSE_S)
        else:
            return


async def _rewrite(database: Database) -> None:
    try:
        await database.rewrite()
    except StorageUnavailable as error:  # all works without it
        _log.warning("not_rewritten", reason=str(error))


async def current_revision(database: Database) -> str | None:
    """The name of the last migration that the database has had."""
    return await database.write_raw(lambda connection: connection.run_sync(_revision))


async def newest_revision() -> str | None:
    """The name of the last migration that this program knows."""
    return _script().get_current_head()


async def _upgrade(connection: AsyncConnection) -> None:
    if connection.dialect.name == "postgresql":
        await connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    await connection.run_sync(_run)


def _run(connection: sa.Connection) -> None:
    script = _script()
    head, current = script.get_current_head(), _revision(connection)
    if current == head:
        return
    if current is not None and current not in {known.revision for known in script.walk_revisions()}:
        raise StorageUnavailable(_("The database comes from a newer Quizbot: update this one."))
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def drift(connection: sa.Connection) -> list[Any]:
    """What differs between the database's tables and those in `bot.storage.tables`; empty: nothing."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))
