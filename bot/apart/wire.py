"""What the bot and its reading process send each other: parts so small that unpacking one keeps nobody waiting."""

import pickle
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.readings import Example, Reading

HEAD = struct.Struct(">I")
"""The head of each part: its length in bytes."""

LARGEST_PART = 16 * 1024**2
"""The most bytes of one part of a document; a longer one is refused. One question may bring pictures of 10 MB."""

_TOGETHER = 50
"""How many questions, notes or findings go into one part: unpacking them takes about a millisecond."""

_PICTURES_TOGETHER = 2 * 1024**2
"""How many bytes the pictures of several questions in one part may have together."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to read, and the language of its findings and errors.

    Attributes:
        kept: readings by example that may be tried on it, by their names.
        examples: those of its questions that serve as examples; empty: it is read without any.
    """

    data: bytes
    name: str
    format: str | None
    language: str
    kept: Mapping[str, Reading] = field(default_factory=dict)
    examples: Sequence[Example] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file can't be used: the text of a `BadFile`, and its line."""

    message: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Exhausted:
    """Reading the file takes more memory than the process may use."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A bug in the reading process, as a traceback."""

    traceback: str


@dataclass(frozen=True, slots=True)
class More:
    """Some of a document's questions, notes or findings; the rest of the document follows."""

    field: str
    values: Sequence[Any]


def packed(part: object) -> bytes:
    """Return a part as bytes, with its length in front."""
    data = pickle.dumps(part, protocol=pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(len(data)) + data


def parts_of(document: ParsedDocument) -> Iterator[object]:
    """Yield a document in parts: its questions, notes and findings, then the rest of it."""
    for some in _with_few_pictures(document.questions):
        yield More("questions", some)
    for name in ("notes", "findings"):
        values = getattr(document, name)
        for start in range(0, len(values), _TOGETHER):
            yield More(name, values[start : start + _TOGETHER])
    yield replace(document, questions=(), notes=(), findings=())


def _with_few_pictures(questions: Sequence[QuestionDraft]) -> Iterator[Sequence[QuestionDraft]]:
    """Yield all questions, so many at a time as go into one part."""
    some: list[QuestionDraft] = []
    size = 0
    for question in questions:
        own = sum(len(file.data) for file in question.files)
        if some and (len(some) == _TOGETHER or size + own > _PICTURES_TOGETHER):
            yield some
            some, size = [], 0
        some.append(question)
        size += own
    if some:
        yield some
