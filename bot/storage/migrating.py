"""Runs Alembic's migrations. `bot.storage.schema` loads this, and Alembic with it, only where there is one to run."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.i18n import gettext as _
from bot.ports import StorageUnavailable
from bot.storage.tables import metadata


def upgrade(connection: sa.Connection, *, to: str = "head") -> None:
    """Run the migrations that the database hasn't had, up to one.

    Raises:
        StorageUnavailable: the database comes from a newer program.
    """
    config = _config()
    config.attributes["connection"] = connection
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in revisions():
        raise StorageUnavailable(_("The database comes from a newer Quizbot: update this one."))
    command.upgrade(config, to)


def revisions() -> frozenset[str]:
    """The names of all migrations that this program knows."""
    return frozenset(one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def drift(connection: sa.Connection) -> list[Any]:
    """What differs between the database's tables and those in `bot.storage.tables`; empty: nothing."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))
