"""Copy an SQLite database while it is in use, check a copy, and put a copy back."""

import os
import shutil
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.storage.database_file import BEFORE_RESTORE, DAMAGED, alone
from bot.storage.shape import check_shape
from bot.system import make_private_file

_LOG, _SHARED, _JOURNAL = "-wal", "-shm", "-journal"
_NAMES_A_FILE = bytes.fromhex("d9d505f920a163d7")
"""How a journal ends if it names another file, which SQLite deletes once the journal is applied."""


def copy_out(database: Path, target: Path) -> None:
    """Copy a database, whole and consistent, into a new private file.

    Raises:
        BadInput: a file of this name exists, or copying fails; an incomplete copy is deleted.
    """
    try:
        make_private_file(target)
    except FileExistsError:
        raise BadInput(_("{path} exists already: choose another name.").format(path=target)) from None
    except OSError as error:
        raise _failed(target, error.strerror) from None
    try:
        with closing(sqlite3.connect(database)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")  # a single file, readable even on a read-only disk
    except sqlite3.Error as error:
        target.unlink()
        raise _failed(target, error) from None


def put_back(file: Path, database: Path, others: Collection[sa.Table] = ()) -> Path | None:
    """Replace a database with a copy in one step, after checking that the copy is Quizbot's.

    Whatever happens in between, the database's file is either the old one or the whole copy.

    Args:
        file: the copy; it is only read.
        database: the database's file; its folder exists.
        others: see `check_shape`.

    Returns:
        The path where the old database is kept; None if there was none.

    Raises:
        BadInput: the copy is damaged or not Quizbot's, the database is in use, or a file can't be written.
    """
    beside = database.with_name(f".{database.name}.restoring")
    with alone(database), _removed(beside):
        try:
            _bring(file, beside)
            _check(file, beside, others)
            kept = _keep(database)
            for ending in (_LOG, _SHARED, _JOURNAL):  # first: SQLite must never apply those of one database to another
                _part(database, ending).unlink(missing_ok=True)
            beside.replace(database)
            _flush(database.parent)
        except OSError as error:
            raise _failed(database, error.strerror) from None
    return kept


@contextmanager
def _removed(file: Path) -> Iterator[None]:
    """Remove a file before and after the block, if it exists."""
    parts = [_part(file, ending) for ending in ("", _LOG, _SHARED, _JOURNAL)]
    for part in parts:
        part.unlink(missing_ok=True)
    try:
        yield
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _bring(file: Path, beside: Path) -> None:
    """Make a private copy of the file before it is checked, so that nobody can change it between check and restore.

    A file that was copied while a database was in use is whole only together with its log or journal.

    Raises:
        BadInput: the journal names another file.
    """
    for ending in ("", _LOG, _JOURNAL):
        source = _part(file, ending)
        if ending and not source.is_file():
            continue
        make_private_file(_part(beside, ending))
        with source.open("rb") as old, _part(beside, ending).open("wb") as new:
            shutil.copyfileobj(old, new)
    journal = _part(beside, _JOURNAL)
    if journal.exists() and _ending(journal, len(_NAMES_A_FILE)) == _NAMES_A_FILE:  # Quizbot's never do
        message = _("{path} names another file, which would be deleted. Quizbot never writes that.")
        raise BadInput(message.format(path=_part(file, _JOURNAL)))


def _ending(path: Path, number: int) -> bytes:
    """Return the last bytes of a file."""
    with path.open("rb") as opened:
        opened.seek(max(path.stat().st_size - number, 0))
        return opened.read(number)


def _check(file: Path, beside: Path, others: Collection[sa.Table]) -> None:
    unsound = _("{path} isn't a sound copy of a Quizbot database.").format(path=file)
    try:
        with closing(sqlite3.connect(beside)) as copy:
            copy.execute("PRAGMA trusted_schema=OFF")
            check_shape(copy, others)
            is_sound = copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            is_whole = copy.execute("PRAGMA foreign_key_check").fetchone() is None
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError:
        raise BadInput(unsound) from None
    except BadInput as error:
        message = _("{path} isn't a sound copy of a Quizbot database: {reason}.")
        raise BadInput(message.format(path=file, reason=error)) from None
    if not is_sound:
        raise BadInput(unsound)
    if not is_whole:
        raise BadInput(_("{path} is damaged: some rows refer to rows that are missing.").format(path=file))
    _flush(beside)


def _keep(database: Path) -> Path | None:
    """Give the old database a second name and return it; the database keeps its first name until the copy takes it."""
    if not database.exists() or not database.stat().st_size:
        return None
    kind = BEFORE_RESTORE if _is_sound(database) else DAMAGED
    names = (database.with_name(f"{database.name}.{kind}{n}") for n in ("", *(f"-{n}" for n in range(2, 1000))))
    kept = next(name for name in names if not name.exists())
    for ending in ("", _LOG, _JOURNAL):
        part = _part(database, ending)
        if part.exists():
            part.chmod(0o600)
            _link(part, _part(kept, ending))
    _flush(database.parent)
    return kept


def _is_sound(database: Path) -> bool:
    """Whether a database is sound. Moves its write-ahead log into the file first.

    Raises:
        BadInput: a program other than Quizbot has it open.
    """
    try:
        with closing(sqlite3.connect(database, timeout=1)) as old:
            old.execute("PRAGMA journal_mode=DELETE")
            return bool(old.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise BadInput(_("Another program has {path} open. Close it first.").format(path=database)) from None
        return False
    except sqlite3.DatabaseError:
        return False


def _link(old: Path, new: Path) -> None:
    with suppress(OSError):  # some file systems have no hard links
        new.hardlink_to(old)
        return
    make_private_file(new)
    shutil.copyfile(old, new)
    _flush(new)


def _flush(path: Path) -> None:
    """Make sure that a file, or a folder's list of names, is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _part(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


def _failed(path: Path, reason: object) -> BadInput:
    return BadInput(_("Copying to {path} failed: {reason}").format(path=path, reason=reason))
