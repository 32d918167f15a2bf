"""What the two processes tell each other, in parts that are small enough to unpack while others wait for their turn."""

import pickle
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.drafts import ParsedDocument

HEAD = struct.Struct(">I")
"""What stands before each part: its length in bytes."""

LARGEST_PART = 4 * 1024**2
"""The most bytes of one part of a document; a longer one is refused."""

_TOGETHER = 50
"""How many questions, notes or findings go into one part: unpacking them takes about a millisecond."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to read, and the language to speak of it."""

    data: bytes
    name: str
    format: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file can't be used: the text of a `BadFile`, and its line."""

    message: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Exhausted:
    """Reading the file takes more memory than there is for it."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A mistake of the program's own, as a traceback."""

    traceback: str


@dataclass(frozen=True, slots=True)
class More:
    """Some of the questions, notes or findings of a document that was begun."""

    field: str
    values: Sequence[Any]


def packed(part: object) -> bytes:
    """A part behind its length."""
    data = pickle.dumps(part, protocol=pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(len(data)) + data


def parts_of(document: ParsedDocument) -> Iterator[object]:
    """A document in parts: its questions, notes and findings, and at last the rest of it."""
    for field in ("questions", "notes", "findings"):
        values = getattr(document, field)
        for start in range(0, len(values), _TOGETHER):
            yield More(field, values[start : start + _TOGETHER])
    yield replace(document, questions=(), notes=(), findings=())
