"""``quizbot backup`` and ``quizbot restore``."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.engine import make_url

from bot import settings
from bot.cli.console import ConfigOption, out
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.storage.database import make_folder


def backup(file: Annotated[Path, typer.Argument(help="Where to put the copy.")], config: ConfigOption = None) -> None:
    """Copy the database, whole and consistent, also while the bot runs."""
    database = _sqlite_file(config)
    if not database.is_file():
        raise BadInput(_("There is no database at {path} yet.").format(path=database))
    if file.exists():
        raise BadInput(_("{path} exists already: choose another name.").format(path=file))
    _copy(database, file)
    out.print(f"Copied to {file}.")


def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `quizbot backup` made.")], config: ConfigOption = None
) -> None:
    """Put a copy back in place of the database. Stop the bot first."""
    if not file.is_file():
        raise BadInput(_("There is no file at {path}.").format(path=file))
    _check(file)
    database = _sqlite_file(config)
    make_folder(settings.load(config).database_url)
    if _is_damaged(database):
        out.print(f"The damaged database is kept as {_set_aside(database)}.")
    _copy(file, database)
    out.print(f"Restored from {file}.")


def _sqlite_file(config: Path | None) -> Path:
    url = make_url(settings.load(config).database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BadInput(_("PostgreSQL has its own tools for this: pg_dump and pg_restore."))
    return Path(url.database)


def _check(file: Path) -> None:
    try:
        sound = _quick_check(file)
        with closing(_read_only(file)) as copy:
            ours = copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
    except sqlite3.DatabaseError:
        sound = ours = False
    if not (sound and ours):
        raise BadInput(_("{path} isn't a sound copy of a Quizbot database.").format(path=file))


def _is_damaged(database: Path) -> bool:
    try:
        return database.exists() and not _quick_check(database)
    except sqlite3.OperationalError:  # it can't be looked at now, which says nothing about what is in it
        return False
    except sqlite3.DatabaseError:
        return True


def _quick_check(file: Path) -> bool:
    with closing(_read_only(file)) as database:
        return bool(database.execute("PRAGMA quick_check").fetchone()[0] == "ok")


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _set_aside(database: Path) -> Path:
    """Move a damaged database out of the way with its log, which must not be applied to the copy."""
    names = (database.with_name(f"{database.name}.damaged{n}") for n in ("", *(f"-{n}" for n in range(2, 1000))))
    aside = next(name for name in names if not name.exists())
    for ending in ("-wal", "-shm", ""):
        part = database.with_name(database.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
    except sqlite3.Error as error:
        raise BadInput(_("Copying to {path} failed: {reason}").format(path=target, reason=error)) from None
