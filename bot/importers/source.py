"""A file as a format sees it: its bytes, its text, its lines, or the files packed in it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePath
from typing import NamedTuple

from bot.domain.drafts import Finding
from bot.domain.errors import BadFile
from bot.importers.package import SIGNATURE, Package
from bot.importers.reading.hyphens import rejoined
from bot.importers.reading.lines import Lines
from bot.importers.reading.text import ReadLines, decode, read

_HEAD = 4096


class _Decoded(NamedTuple):
    """What `decode` returns for a file, with its text as UTF-8: a file in UTF-8 then isn't kept twice."""

    text: bytes
    damaged: int
    doubt: Finding | None


class Source:
    """A file to read. Its text, lines and files are each worked out once, on first use.

    Attributes:
        data: the file's bytes.
        name: the file's name; empty if it has none.
        folder: the folder with the pictures that the file names; None if the file came alone.
        beside: the files that came with it in one package, by their names as the file would write them; None if it
            isn't one of a package.
    """

    def __init__(
        self, data: bytes, *, name: str = "", folder: Path | None = None, beside: Mapping[str, bytes] | None = None
    ) -> None:
        self.data = data
        self.name = name
        self.folder = folder
        self.beside = beside

    @property
    def suffix(self) -> str:
        """The ending of the file's name in lower case, such as ``.json``; empty if it has none."""
        return PurePath(self.name).suffix.lower()

    @cached_property
    def head(self) -> bytes:
        """The first 4 KiB without zero bytes, so that an ASCII pattern also matches UTF-16 text."""
        return self.data[:_HEAD].replace(b"\0", b"")

    def picture(self, name: str) -> bytes | None:
        """Return the picture with a name that came with the file in one package; None if there is none."""
        return self.beside[name] if self.beside is not None and name in self.beside else None

    @property
    def text(self) -> str:
        """The decoded file, with nothing repaired.

        Raises:
            BadFile: the file is empty, too large, or not text.
        """
        return self._decoded.text.decode("utf-8", "surrogatepass")

    @property
    def lines(self) -> Lines:
        """The lines of the text, with broken characters repaired and hyphenated words rejoined.

        Raises:
            BadFile: the file is empty, too large, or not text that people wrote.
        """
        return self._kept(self._rejoined).lines

    @property
    def lines_as_written(self) -> Lines:
        """The lines of the text, with broken characters repaired, for formats whose lines nothing wraps.

        Raises:
            BadFile: as for `lines`.
        """
        return self._kept(self._as_written).lines

    @property
    def repairs(self) -> Sequence[Finding]:
        """The findings about repaired lines, and about an encoding that isn't certain.

        Raises:
            BadFile: as for `lines`.
        """
        return self._kept(self._as_written).findings

    @property
    def known_repairs(self) -> Sequence[Finding]:
        """The findings about repaired lines, for formats that don't read lines; none if the lines can't be read."""
        refused = isinstance(self._as_written, BadFile)
        return () if refused else self.repairs

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The files in a ZIP package, by path, each unpacked on first use; empty if the source isn't a package.

        Raises:
            BadFile: the package is damaged or too large. Reading one of its files can raise it, too.
        """
        return Package(self.data) if self.data.startswith(SIGNATURE) else {}

    @cached_property
    def _decoded(self) -> _Decoded:
        text, damaged, doubt = decode(self.data)
        encoded = text.encode("utf-8", "surrogatepass")
        return _Decoded(self.data if encoded == self.data else encoded, damaged, doubt)

    @cached_property
    def _as_written(self) -> ReadLines | BadFile:
        """The reading, or why there is none. A refusal is kept, too, so that no format decodes a large file again."""
        try:
            _text, damaged, doubt = self._decoded
            return read(self.text, damaged, doubt, file=self._decoded.text)
        except BadFile as refusal:
            return refusal

    @cached_property
    def _rejoined(self) -> ReadLines | BadFile:
        reading = self._as_written
        return reading if isinstance(reading, BadFile) else reading._replace(lines=rejoined(reading.lines))

    @staticmethod
    def _kept(reading: ReadLines | BadFile) -> ReadLines:
        if isinstance(reading, BadFile):
            raise reading
        return reading
