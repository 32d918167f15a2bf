"""``quizbot backup`` and ``quizbot restore``."""

from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer

from bot import settings
from bot.cli.console import out
from bot.cli.options import ConfigOption
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.settings import Settings
from bot.storage.database_file import make_folder, sqlite_file


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write the copy to; it must not exist yet.")],
    config: ConfigOption = None,
) -> None:
    """Copy the whole database to a file, even while the bot runs."""
    database = sqlite_file(settings.load(config).database_url)
    if database is None:
        raise BadInput(
            _("PostgreSQL has its own tool for this: pg_dump --format=custom --file={file} NAME").format(file=file)
        )
    if not database.is_file():
        raise BadInput(_("There is no database at {path} yet.").format(path=database))
    from bot.storage.copies import copy_out  # noqa: PLC0415 - Alembic comes with it, and few commands need that

    copy_out(database, file)
    out.print(f"Copied to {file}.")


def restore(
    file: Annotated[Path, typer.Argument(help="A copy made by `quizbot backup`.")], config: ConfigOption = None
) -> None:
    """Replace the database with a copy. Stop the bot first."""
    loaded = settings.load(config)
    database = sqlite_file(loaded.database_url)
    if database is None:
        raise BadInput(
            _(
                "PostgreSQL has its own tool for this. Stop the bot, then: "
                "pg_restore --clean --if-exists --dbname=NAME {file}"
            ).format(file=file)
        )
    if not file.is_file():
        raise BadInput(_("There is no file at {path}.").format(path=file))
    make_folder(loaded.database_url)
    from bot.storage.copies import put_back  # noqa: PLC0415 - as above

    kept = put_back(file, database, _tables_of_adapters(loaded))
    if kept is not None:
        out.print(f"What was there before is kept as {kept}.")
    out.print(f"Restored from {file}.")


def _tables_of_adapters(loaded: Settings) -> list[sa.Table]:
    return [table for adapter in loaded.adapters for table in adapter.tables()]
