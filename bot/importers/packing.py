"""Packs a folder, so that it is read as a package of the same files would be."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.package import MAX_FILES, MAX_PACKED


def packed(folder: Path) -> bytes:
    """The files in a folder and those below it as a ZIP package, without hidden ones and without following links.

    Raises:
        BadFile: there are no files in it, too many, or they are too large or can't be read.
    """
    written = BytesIO()
    size = 0
    with ZipFile(written, "w", ZIP_STORED) as archive:
        for count, file in enumerate(_files(folder), start=1):
            try:
                size += file.stat().st_size
                if size > MAX_PACKED or count > MAX_FILES:
                    message = _("The folder has more than {files} files or {size} MiB. Split it into smaller ones.")
                    raise BadFile(message.format(files=MAX_FILES, size=MAX_PACKED >> 20))
                data = file.read_bytes()
            except OSError as error:
                raise BadFile(_("“{name}” can't be read: {reason}").format(name=file, reason=error.strerror)) from error
            archive.writestr(ZipInfo(file.relative_to(folder).as_posix()), data)
    if not size:
        raise BadFile(_("There are no files in this folder."))
    return written.getvalue()


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("[!.]*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not path.is_symlink() and not is_hidden:
            yield path
