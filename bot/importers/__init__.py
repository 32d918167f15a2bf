"""Reads people's files into question drafts, notes and findings, and writes banks back to files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.domain.drafts import ParsedDocument
from bot.domain.errors import BadFile, BadInput
from bot.domain.excerpts import is_ready
from bot.domain.questions import MAX_CHARACTERS, Question
from bot.domain.readings import Example, Reading
from bot.i18n import gettext as _
from bot.importers.checks.judging import judged
from bot.importers.checks.lint import lint
from bot.importers.detect import detect
from bot.importers.example.trying import learned, like, likest
from bot.importers.excerpts import kept_lines
from bot.importers.format import Format, Packing, Progress, Writing
from bot.importers.formats import FORMATS
from bot.importers.reading.hyphens import roles_rejoined
from bot.importers.source import Source
from bot.importers.writing.bank import PICTURES

__all__ = [
    "FORMATS",
    "MAX_CHARACTERS",
    "PICTURES",
    "WRITINGS",
    "Format",
    "Packing",
    "Writing",
    "export",
    "held",
    "learn",
    "lint",
    "parse",
    "parse_like",
]

WRITINGS: tuple[Writing | Packing, ...] = tuple(writing for known in FORMATS for writing in known.writings)
"""Every way to write a bank out, in the order in which people see them listed."""


def parse(
    data: bytes,
    *,
    name: str = "",
    format: str | None = None,  # noqa: A002  # the word of the command line
    progress: Progress | None = None,
    folder: Path | None = None,
    kept: Mapping[str, Reading] | None = None,
) -> ParsedDocument:
    """Read a file: return its questions, its notes, and findings about whatever is doubtful.

    Args:
        data: the file's bytes.
        name: the file's name, if it has one: its ending hints at the format.
        format: the name of one of `FORMATS`; None to detect it from the content.
        progress: told the fraction done, from 0 to 1, several times for a large file.
        folder: the folder with the pictures that the file names; None makes each picture a finding.
        kept: readings by example, by their names: the best is taken if the file isn't understood as well without it.

    Raises:
        BadFile: the file is empty, too large, not text, or not in the format; or there is no such format.
    """
    tell = progress or (lambda _fraction: None)
    source = Source(data, name=name, folder=folder)
    chosen = detect(source, FORMATS) if format is None else _named(format)
    tell(0.1)
    document = judged(chosen.parse(source, _share(tell, 0.1, 0.7)), _share(tell, 0.7, 1.0))
    if kept and format is None and document.roles and not _is_understood(document):
        document = likest(source.lines, kept, document)
    return _with_lines(document, source)


def _is_understood(document: ParsedDocument) -> bool:
    return bool(document.questions) and all(map(is_ready, document.questions))


def parse_like(data: bytes, reading: Reading, *, name: str = "") -> ParsedDocument:
    """Read a file like a reading that was learned by example; ``name`` is what the reading is kept under, if it is.

    Raises:
        BadFile: the file is empty, too large, or not text.
        BadInput: a part of the reading isn't a pattern.
    """
    source = Source(data)
    return _with_lines(like(source.lines, reading, name), source)


def learn(data: bytes, examples: Sequence[Example]) -> ParsedDocument:
    """Read a file like some of its questions; the reading that was learned from them is the document's ``learned``.

    Raises:
        BadFile: the file is empty, too large, or not text.
        BadInput: the examples name lines that can't be a question, or no reading fits all of them.
    """
    source = Source(data)
    return _with_lines(learned(source.lines, examples), source)


def _with_lines(document: ParsedDocument, source: Source) -> ParsedDocument:
    if not document.roles:
        return document
    document = replace(document, roles=roles_rejoined(document.roles, source.lines, source.lines_as_written))
    return replace(document, lines=kept_lines(document, source.lines_as_written))


def export(
    questions: Sequence[Question],
    format: str,  # noqa: A002  # the callers' word
    *,
    name: str = "",
    title: str = "",
    pictures: Mapping[str, bytes] | None = None,
) -> str | bytes:
    """Return a bank written out: as text or, if the format is a package, as bytes.

    Args:
        questions: the bank's questions; those that the format can't hold are left out.
        format: the name of one of `WRITINGS`.
        name: the bank's name.
        title: the bank's title; if empty, its name is used.
        pictures: the pictures of the questions by their file names, for packages; text only names them.

    Raises:
        BadInput: there is no such format.
    """
    writing, kept = _writing(format), held(questions, format)
    if isinstance(writing, Packing):
        return writing.pack(kept, name, title or name, pictures or {})
    return writing.write(kept, name, title or name)


def held(questions: Sequence[Question], format: str) -> list[Question]:  # noqa: A002  # the callers' word
    """Return the questions that a format can hold.

    Raises:
        BadInput: there is no such format to write.
    """
    return [*filter(_writing(format).holds, questions)]


def _writing(name: str) -> Writing | Packing:
    writing = next((writing for writing in WRITINGS if writing.name == name), None)
    if writing is None:
        message = _("Banks can't be written as “{format}”. Choose one of: {formats}.")
        raise BadInput(message.format(format=name, formats=_names(WRITINGS)))
    return writing


def _named(name: str) -> Format:
    found = next((known for known in FORMATS if known.name == name), None)
    if found is None:
        message = _("There is no format “{format}”. Choose one of: {formats}.")
        raise BadFile(message.format(format=name, formats=_names(FORMATS)))
    return found


def _names(choices: Sequence[Format | Writing | Packing]) -> str:
    return ", ".join(choice.name for choice in choices)


def _share(progress: Progress, start: float, end: float) -> Progress:
    """A progress callback that maps 0 to 1 onto ``start`` to ``end`` of another one."""
    return lambda fraction: progress(start + (end - start) * fraction)
