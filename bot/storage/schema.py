"""Bring a database's tables up to date."""

import asyncio
from pathlib import Path

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import StorageUnavailable
from bot.storage.database import Database

_log = structlog.get_logger(__name__)

_VERSIONS = Path(__file__).parent / "migrations" / "versions"
_TRIES = 5
_PAUSE_S = 0.1
_OVERWRITES_SINCE = "0007"
"""Versions of Quizbot before this migration may have left deleted data in an SQLite file."""
_LOCK = 7_126_403_551  # any number will do, if all processes use the same


async def migrate(database: Database) -> None:
    """Run the migrations that the database hasn't had; several processes may call this at once.

    Raises:
        StorageUnavailable: the database can't be used, or comes from a newer program.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            before = await database.read_raw(_revision)
            if before != newest_revision():
                await database.write_raw(_upgrade)
                if before is not None and before < _OVERWRITES_SINCE:
                    await _rewrite(database)
        except StorageUnavailable:
            # Another process may be migrating: that may take longer than a write may wait, and while it
            # switches a new file to WAL, SQLite doesn't wait at all.
            if not tries_left:
                raise
            await asyncio.sleep(_PAUSE_S)
        else:
            return


async def _rewrite(database: Database) -> None:
    try:
        await database.rewrite()
    except StorageUnavailable as error:  # the bot works without that
        _log.warning("not_rewritten", reason=str(error))


def newest_revision() -> str:
    """Return the name of the last migration that this program knows; the name of its file begins with it."""
    return max(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*.py"))


async def _revision(connection: AsyncConnection) -> str | None:
    if not await connection.run_sync(lambda bare: sa.inspect(bare).has_table("alembic_version")):
        return None
    revision: str | None = await connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return revision


async def _upgrade(connection: AsyncConnection) -> None:
    from bot.storage.migrating import upgrade  # noqa: PLC0415 - Alembic takes 6 MiB, and few starts have a migration

    if connection.dialect.name == "postgresql":
        await connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    if await _revision(connection) != newest_revision():  # another process may have been faster
        await connection.run_sync(upgrade)
