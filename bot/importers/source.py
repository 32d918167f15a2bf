"""A file as the formats ask for it: its bytes, its text, its lines, or the files packed in it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePath

from bot.domain.drafts import Finding
from bot.domain.errors import BadFile
from bot.importers.package import SIGNATURE, Package
from bot.importers.reading.hyphens import rejoined
from bot.importers.reading.text import Line, Reading, decode, read

_HEAD = 4096


class Source:
    """A file to read. Its text, lines and files are made when somebody first asks for them, and once.

    Attributes:
        data: the file's bytes.
        name: the file's name; empty if it has none.
        folder: the folder that the file lies in, where the pictures are that it names; None if it came alone.
    """

    def __init__(self, data: bytes, *, name: str = "", folder: Path | None = None) -> None:
        self.data = data
        self.name = name
        self.folder = folder

    @property
    def suffix(self) -> str:
        """The ending of the file's name in small letters, such as ``.json``; empty if there is none."""
        return PurePath(self.name).suffix.lower()

    @cached_property
    def head(self) -> bytes:
        """The first 4 KiB without zero bytes, so that a pattern for ASCII finds its words in UTF-16 as well."""
        return self.data[:_HEAD].replace(b"\0", b"")

    @property
    def text(self) -> str:
        """The decoded file, as it stands there.

        Raises:
            BadFile: the file is empty, too large, or no text.
        """
        return self._decoded[0]

    @property
    def lines(self) -> Sequence[Line]:
        """The text in lines, with wrong characters repaired and words that a line's end broke put together.

        Raises:
            BadFile: the file is empty, too large, or no text that people wrote.
        """
        return self._reading.lines

    @property
    def repairs(self) -> Sequence[Finding]:
        """What had to be repaired in the lines.

        Raises:
            BadFile: as for `lines`.
        """
        return self._reading.findings

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The files of a ZIP package by their paths in it, unpacked one by one; empty if the file is no package.

        Raises:
            BadFile: the package is damaged or too large; also when a file in it is asked for.
        """
        return Package(self.data) if self.data.startswith(SIGNATURE) else {}

    @cached_property
    def _decoded(self) -> tuple[str, int]:
        return decode(self.data)

    @property
    def _reading(self) -> Reading:
        if isinstance(self._reading_or_refusal, BadFile):
            raise self._reading_or_refusal
        return self._reading_or_refusal

    @cached_property
    def _reading_or_refusal(self) -> Reading | BadFile:
        """A refusal is kept, too: several formats ask, and each would decode a large file again."""
        try:
            reading = read(*self._decoded)
        except BadFile as refusal:
            return refusal
        return reading._replace(lines=rejoined(reading.lines))
