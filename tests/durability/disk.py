"""A disk that keeps only what it was told to sync, and of the rest whatever it likes.

SQLite writes through it as through any other; every write is noted. `PowerCuts` then tells what could be left
after a cut at any moment: all that was synced, and of what wasn't a random part, in random order, torn at
sectors. What SQLite itself assumes holds here too: a write spoils no bytes beside it, and a new file's first
sync makes its name durable.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import apsw

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Created:
    """A name leads to a new file."""

    file: int
    name: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """A name leads nowhere."""

    name: str
    durable: bool


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes of a file."""

    file: int
    offset: int
    data: bytes

    def on(self, content: bytearray, random: Random) -> None:
        """Put it into a file; one time in four sector by sector, where a coin tells which arrive."""
        if random.random() > 0.25:
            _put(content, self.offset, self.data)
            return
        start = self.offset
        while start < (end := self.offset + len(self.data)):
            stop = min(end, start - start % SECTOR + SECTOR)
            if random.random() < 0.5:
                _put(content, start, self.data[start - self.offset : stop - self.offset])
            start = stop


@dataclass(frozen=True, slots=True)
class Truncated:
    """A file's new length."""

    file: int
    size: int

    def on(self, content: bytearray, random: Random) -> None:  # noqa: ARG002 - as for bytes
        """Cut a file, or make it longer."""
        _resize(content, self.size)


@dataclass(frozen=True, slots=True)
class Synced:
    """All that was written to a file so far is durable."""

    file: int


Event = Created | Deleted | Written | Truncated | Synced


def _put(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset + len(data):
        _resize(content, offset + len(data))
    content[offset : offset + len(data)] = data


def _resize(content: bytearray, size: int) -> None:
    del content[size:]
    content.extend(bytes(size - len(content)))


class Disk(apsw.VFS):
    """Notes what SQLite does to its files; shared memory passes by: no disk ever holds it."""

    def __init__(self, folder: Path) -> None:
        """Files of ``folder`` that exist already count as synced."""
        self.name = f"watched {folder}"
        super().__init__(self.name, "")
        self.log: list[Event] = []
        self._names: dict[str, int] = {}
        self._files = 0
        for path in folder.iterdir():
            file = self.file(str(path))
            self.log += [Written(file, 0, path.read_bytes()), Synced(file)]

    def file(self, name: str) -> int:
        """The number of the file that a name leads to; a new one where there is none."""
        if name not in self._names:
            self._files += 1
            self._names[name] = self._files
            self.log.append(Created(self._files, Path(name).name))
        return self._names[name]

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - apsw's name
        return File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - apsw's name
        super().xDelete(filename, syncdir)
        if self._names.pop(filename, None) is not None:
            self.log.append(Deleted(Path(filename).name, bool(syncdir)))


class File(apsw.VFSFile):
    """One open file of a `Disk`."""

    def __init__(self, disk: Disk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._log = disk.log
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._file = disk.file(path) if path else 0  # 0: a temporary one

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - apsw's name
        super().xWrite(data, offset)
        if self._file:
            self._log.append(Written(self._file, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - apsw's name
        super().xTruncate(newsize)
        if self._file:
            self._log.append(Truncated(self._file, newsize))

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802 - apsw's name
        if self._file:
            self._log.append(Synced(self._file))


class PowerCuts:
    """What a disk may hold after the power went away; asked for moments in rising order."""

    def __init__(self, log: list[Event], random: Random) -> None:
        self._log = log
        self._random = random
        self._at = 0
        self._durable: dict[int, bytearray] = {}
        self._waiting: dict[int, list[Written | Truncated]] = {}
        self._names: list[dict[str, int]] = [{}]  # the durable one first, then what it may have become since

    def at(self, moment: int) -> dict[str, bytes]:
        """One image of all files, by name, for a cut after so many events."""
        while self._at < moment:
            self._take(self._log[self._at])
            self._at += 1
        names = self._random.choice(self._names)
        kept = self._random.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        return {name: self._left_of(file, kept) for name, file in names.items()}

    def _left_of(self, file: int, kept: float) -> bytes:
        content = bytearray(self._durable.get(file, b""))
        arrived = [change for change in self._waiting.get(file, []) if self._random.random() < kept]
        self._random.shuffle(arrived)
        for change in arrived:
            change.on(content, self._random)
        return bytes(content)

    def _take(self, event: Event) -> None:
        match event:
            case Created(file, name):
                self._names.append(self._names[-1] | {name: file})
                self._durable[file], self._waiting[file] = bytearray(), []
            case Deleted(name, durable):
                self._names.append({other: file for other, file in self._names[-1].items() if other != name})
                if durable:
                    del self._names[:-1]
            case Written(file) | Truncated(file):
                self._waiting[file].append(event)
            case Synced(file):
                for change in self._waiting[file]:
                    change.on(self._durable[file], _WHOLE)
                self._waiting[file].clear()
                if file not in self._names[0].values():
                    del self._names[:-1]


class _Whole(Random):
    def random(self) -> float:
        return 1.0


_WHOLE = _Whole()


def moments(log: list[Event], *, after: int, number: int, random: Random) -> Iterator[int]:
    """Random moments of a log, in rising order."""
    return iter(sorted(random.randint(after, len(log)) for _ in range(number)))
