"""Writes packages flat, so that a fuzzer which changes single bytes reaches what is packed in them."""

from io import BytesIO
from zipfile import ZipFile, ZipInfo

import zstandard

_FILE = b"@@@ "
_COMPRESSED = b"zst:"
"""What stands before the path of a file that is compressed once more, as in Anki's packages."""


def flat(data: bytes) -> bytes:
    """Return the files of a ZIP package one below the other, each under its path; anything else as it is."""
    if not data.startswith(b"PK"):
        return data
    parts = []
    with ZipFile(BytesIO(data)) as archive:
        for path in archive.namelist():
            content, told = archive.read(path), path.encode()
            if content.startswith(zstandard.FRAME_HEADER):
                content, told = zstandard.ZstdDecompressor().decompressobj().decompress(content), _COMPRESSED + told
            parts.append(_FILE + told + b"\n" + content)
    return b"\n".join(parts)


def folded(data: bytes) -> bytes:
    """Return the package that `flat` wrote out; anything else as it is."""
    if not data.startswith(_FILE):
        return data
    files = {}
    for part in data.removeprefix(_FILE).split(b"\n" + _FILE):
        path, _, content = part.partition(b"\n")
        compressed = path.startswith(_COMPRESSED)
        name = path.removeprefix(_COMPRESSED).decode("utf-8", "replace")
        files[name] = zstandard.compress(content) if compressed else content
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content)
    return written.getvalue()
