"""Make an SQLite database's folder and file, and know whether a process uses them. PostgreSQL manages its own files.

Files and folders made here are private to the account that runs the bot, whatever the process's umask.
"""

import fcntl
import glob
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.ports import StorageUnavailable
from bot.system import make_private_file, make_private_folder

BEFORE_RESTORE, DAMAGED = "before-restore", "damaged"
"""What a restore appends to the name of the database that it replaces: one for a sound file, one for a damaged one."""


def sqlite_file(url: str) -> Path | None:
    """Return the path of an SQLite database's file, with links resolved; None for other databases."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    file = Path(str(parsed.database))
    return file.resolve() if file.is_symlink() else file


def make_folder(url: str) -> None:
    """Make the folder of an SQLite file if it is missing; do nothing for other databases.

    Raises:
        StorageUnavailable: the folder can't be made, or isn't writable.
    """
    file = sqlite_file(url)
    if file is None:
        return
    folder = file.resolve().parent
    try:
        make_private_folder(folder)
        probe = folder / ".quizbot-writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise StorageUnavailable(
            _("{folder} can't be written ({reason}): choose another folder in QUIZBOT_DATABASE_URL.").format(
                folder=folder, reason=error.strerror
            )
        ) from error


def set_aside(database: Path) -> list[Path]:
    """Return the files that earlier restores replaced and kept beside the database, with their logs."""
    kept = (f"{database.name}.{kind}" for kind in (BEFORE_RESTORE, DAMAGED))
    return sorted(file for name in kept for file in database.parent.glob(f"{glob.escape(name)}*"))


@contextmanager
def in_use(url: str) -> Iterator[None]:
    """Mark a database as in use during the block; several processes may do so. Also makes SQLite's files private.

    The mark is a system lock on a file next to the database: it ends with the process, however that ends.

    Raises:
        StorageUnavailable: a backup is being restored.
    """
    file = sqlite_file(url)
    if file is None:
        yield
        return
    with _locked(file, fcntl.LOCK_SH) as is_ours:
        if not is_ours:
            raise StorageUnavailable(_("The database is being restored from a backup: try again in a moment."))
        if not file.exists():
            _make_unless_there(file)
        yield


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Keep other processes from using an SQLite database during the block.

    Raises:
        BadInput: another process is using it.
    """
    with _locked(file, fcntl.LOCK_EX) as is_ours:
        if not is_ours:
            raise BadInput(_("A Quizbot runs on {path}. Stop it first.").format(path=file))
        yield


@contextmanager
def _locked(file: Path, kind: int) -> Iterator[bool]:
    path = file.with_name(f"{file.name}.lock")
    try:
        _make_unless_there(path)
        lock = path.open("rb+")
    except OSError as error:
        reason = error.strerror
        raise StorageUnavailable(_("{path} can't be written: {reason}.").format(path=path, reason=reason)) from error
    with lock:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        except OSError as error:  # some network disks have no locks
            message = _("{path} can't be locked: {reason}. Keep the database on a disk of this machine.")
            raise StorageUnavailable(message.format(path=path, reason=error.strerror)) from error
        else:
            yield True


def _make_unless_there(path: Path) -> None:
    try:
        make_private_file(path)
    except FileExistsError:  # another process made it, now or at an earlier start
        return
