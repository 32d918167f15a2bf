"""Run Alembic's migrations. Importing this loads Alembic, so `bot.storage.schema` does it only if one has to run."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.i18n import gettext as _
from bot.ports import StorageUnavailable


def upgrade(connection: sa.Connection, *, to: str = "head") -> None:
    """Run the migrations that the database hasn't had, up to a given one.

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
    """Return the names of all migrations that this program knows."""
    return frozenset(one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
