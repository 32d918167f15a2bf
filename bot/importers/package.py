"""Reads the files in a ZIP package, within limits: a package that grows too large when unpacked is refused."""

import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from typing_extensions import override

from bot.domain.errors import BadFile
from bot.i18n import gettext as _

SIGNATURE = b"PK\x03\x04"
"""The first bytes of a package."""

MAX_PACKED = 64 * 1024 * 1024
"""The largest package that is opened, in bytes."""

MAX_FILES = 10_000
"""The most files that a package may hold."""

MAX_UNPACKED = 256 * 1024 * 1024
"""The most bytes that the files of one package may have together, unpacked."""

_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1


class Package(Mapping[str, bytes]):
    """The files of a package, by path. Each is unpacked once, on first use.

    Reading a file raises BadFile if it can't be unpacked, and KeyError if the package has no such path.

    Raises:
        BadFile: the package is damaged, too large, or holds too many files.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_PACKED:
            message = _("The package is {size} MiB, more than {limit} MiB. Split it into smaller ones.")
            raise BadFile(message.format(size=len(data) >> 20, limit=MAX_PACKED >> 20))
        if data.count(_DIRECTORY_ENTRY) > MAX_FILES:  # counted first: listing a million entries takes many seconds
            message = _("The package holds more than {limit} files. Split it into smaller ones.")
            raise BadFile(message.format(limit=MAX_FILES))
        try:
            self._archive = ZipFile(BytesIO(data))
        except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise BadFile(_("This ZIP package is damaged. Download it again, or pack it again.")) from error
        self._entries = {
            entry.filename: entry for entry in self._archive.infolist() if not entry.filename.endswith("/")
        }
        self._unpacked: dict[str, bytes] = {}
        self._room = MAX_UNPACKED

    @override
    def __getitem__(self, path: str) -> bytes:
        if path not in self._unpacked:
            data = self._unpack(self._entries[path])
            self._room -= len(data)
            self._unpacked[path] = data
        return self._unpacked[path]

    @override
    def __contains__(self, path: object) -> bool:  # Mapping's own would unpack the file
        return path in self._entries

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    @override
    def __len__(self) -> int:
        return len(self._entries)

    def size(self, path: str) -> int:
        """Return how many bytes a file has at most, without unpacking it.

        Raises:
            KeyError: the package has no such path.
        """
        return self._entries[path].file_size

    def _unpack(self, entry: ZipInfo) -> bytes:
        if entry.flag_bits & _ENCRYPTED:
            message = _("“{path}” is encrypted. Pack it again without a password.")
            raise BadFile(message.format(path=entry.filename))
        damaged = _("“{path}” can't be unpacked. Pack it again as an ordinary ZIP file.").format(path=entry.filename)
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:  # zipfile unpacks others without a limit
            raise BadFile(damaged)
        try:
            with self._archive.open(entry) as file:
                # With a limit, even where the package says that the file is small: it may not tell the truth.
                data = file.read(self._room + 1)
        except (BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError, zlib.error) as error:
            raise BadFile(damaged) from error
        if max(len(data), entry.file_size) > self._room:
            message = _("Unpacked, the package is larger than {limit} MiB. Split it into smaller ones.")
            raise BadFile(message.format(limit=MAX_UNPACKED >> 20))
        return data
