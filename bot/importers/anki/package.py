"""Opens Anki's packages: finds the database that counts, and the pictures, and unpacks both within limits."""

import json
from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

from typing_extensions import override

from bot.domain.errors import BadFile, BadInput
from bot.domain.images import ImageFile
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.anki import protobuf
from bot.importers.bank.pictures import MAX_MB, Pictures, checked
from bot.importers.package import Package
from bot.importers.reading.shape import MAX_DATA_BYTES
from bot.importers.reading.text import MAX_BYTES

_VERSIONS = {1: "collection.anki2", 2: "collection.anki21", 3: "collection.anki21b"}
"""The database of each layout, the newest last. Packages of the newer ones hold an older one, too: it only says that
Anki should be updated."""
_META, _MEDIA = "meta", "media"
_MOST_META = 1_000
_ZSTD = b"\x28\xb5\x2f\xfd"
_WIDEST = 2**25
"""The most bytes that unpacking may look back; Anki's own packages need a sixteenth of it."""
_AT_ONCE = 2**20
_MB = 1024**2
_ENTRY, _NAME, _PATH = 1, 1, 255
"""The fields of Anki's list of files."""


def is_package(files: Mapping[str, bytes]) -> bool:
    """Whether these are the files of one of Anki's packages."""
    return any(name in files for name in _VERSIONS.values())


def database(files: Mapping[str, bytes]) -> bytes:
    """Return the SQLite database of a package.

    Raises:
        BadFile: it is too large or damaged, or the package was written by a newer Anki.
    """
    data = _within(files, _database_name(files), MAX_BYTES)
    return decompressed(data, MAX_BYTES) if data.startswith(_ZSTD) else data


def _database_name(files: Mapping[str, bytes]) -> str:
    version = _version(files)
    if not version:
        return next(name for name in reversed(_VERSIONS.values()) if name in files)
    if _VERSIONS.get(version, "") not in files:
        message = _(
            "This package is damaged, or was written by an Anki that is newer than this program. Export it again, and "
            "tick “Support older Anki versions”."
        )
        raise BadFile(message)
    return _VERSIONS[version]


def _version(files: Mapping[str, bytes]) -> int:
    """The layout that a package says it has; 0: it doesn't say."""
    if _META not in files:
        return 0
    try:
        return protobuf.whole(_within(files, _META, _MOST_META), 1)
    except ValueError:
        return 0


def decompressed(data: bytes, most: int) -> bytes:
    """Unpack data that was packed with Zstandard.

    Raises:
        BadFile: it is damaged, or becomes larger than so many bytes.
    """
    from zstandard import ZstdDecompressor, ZstdError  # noqa: PLC0415  # only newer packages need it

    unpacked = bytearray()
    try:
        with ZstdDecompressor(max_window_size=_WIDEST).stream_reader(data, read_across_frames=True) as stream:
            while len(unpacked) <= most and (part := stream.read(_AT_ONCE)):
                unpacked += part
    except (ZstdError, MemoryError) as error:
        raise BadFile(_("This package is damaged. Export it from Anki again.")) from error
    if len(unpacked) > most:
        raise BadFile(_too_large(most))
    return bytes(unpacked)


def _within(files: Mapping[str, bytes], name: str, most: int) -> bytes:
    """A file, which isn't unpacked if it is larger than so many bytes."""
    if isinstance(files, Package) and files.size(name) > most:
        raise BadFile(_too_large(most))
    return files[name]


def _too_large(most: int) -> str:
    message = _("Unpacked, a file in this package is larger than {limit} MB. Export single decks from Anki.")
    return message.format(limit=max(most // _MB, 1))


class Media(Pictures):
    """The pictures of a package, by the names that its notes give them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self._files = files
        self._paths = _paths(files)

    @override
    def _load(self, name: str) -> ImageFile:
        path = self._paths.get(normalize("NFC", name), "")
        if path not in self._files:
            raise BadInput(_("The picture “{name}” isn't in the package.").format(name=shortened(name, 100)))
        data = _within(self._files, path, MAX_MB * _MB)
        return checked(decompressed(data, MAX_MB * _MB) if data.startswith(_ZSTD) else data, shortened(name, 100))


def _paths(files: Mapping[str, bytes]) -> dict[str, str]:
    """The paths of the files in a package by their names; none if its list can't be read."""
    if _MEDIA not in files:
        return {}
    try:
        listed = _within(files, _MEDIA, MAX_DATA_BYTES)
        if listed.startswith(_ZSTD):
            return _named_in_message(decompressed(listed, MAX_DATA_BYTES))
        named: Any = json.loads(listed)
    except (BadFile, ValueError, RecursionError):
        return {}
    pairs = named.items() if isinstance(named, dict) else ()
    return {normalize("NFC", name): path for path, name in pairs if isinstance(name, str)}


def _named_in_message(message: bytes) -> dict[str, str]:
    entries = [value for number, value in protobuf.fields(message) if number == _ENTRY and isinstance(value, bytes)]
    paths = {}
    for at, entry in enumerate(entries):
        told = dict(protobuf.fields(entry))
        name = told.get(_NAME)
        if isinstance(name, bytes):
            paths[normalize("NFC", name.decode(errors="replace"))] = str(told.get(_PATH, at))
    return paths
