"""Reads people's files into question drafts, notes and findings, and writes banks back to files."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile, BadInput
from bot.domain.questions import MAX_CHOICES, Question
from bot.i18n import gettext as _
from bot.importers.checks.lint import lint
from bot.importers.detect import detect
from bot.importers.excerpts import kept_lines
from bot.importers.format import Format, Progress, Writing
from bot.importers.formats import FORMATS
from bot.importers.source import Source
from bot.importers.writing.bank import PICTURES

__all__ = ["FORMATS", "PICTURES", "WRITINGS", "Format", "Writing", "export", "held", "lint", "parse"]

WRITINGS: tuple[Writing, ...] = tuple(writing for known in FORMATS for writing in known.writings)
"""Every way to write a bank out, in the order in which people see them listed."""


MAX_CHARACTERS = 40_000
"""The longest question, in characters, with its choices and explanations: to show it, all of it has to be read."""

_LONGEST_TITLE = 200


def parse(
    data: bytes,
    *,
    name: str = "",
    format: str | None = None,  # noqa: A002  # the word of the command line
    progress: Progress | None = None,
    folder: Path | None = None,
) -> ParsedDocument:
    """Read a file: return its questions, its notes, and findings about whatever is doubtful.

    Args:
        data: the file's bytes.
        name: the file's name, if it has one: its ending hints at the format.
        format: the name of one of `FORMATS`; None to detect it from the content.
        progress: told the fraction done, from 0 to 1, several times for a large file.
        folder: the folder with the pictures that the file names; None makes each picture a finding.

    Raises:
        BadFile: the file is empty, too large, not text, or not in the format; or there is no such format.
    """
    tell = progress or (lambda _fraction: None)
    source = Source(data, name=name, folder=folder)
    chosen = detect(source, FORMATS) if format is None else _named(format)
    tell(0.1)
    document = _judged(chosen.parse(source, _share(tell, 0.1, 0.7)), _share(tell, 0.7, 1.0))
    return replace(document, lines=kept_lines(document, source.lines_as_written)) if document.places else document


def export(questions: Sequence[Question], format: str, *, name: str = "", title: str = "") -> str:  # noqa: A002  # the callers' word
    """Return a bank written out as text.

    Args:
        questions: the bank's questions; those that the format can't hold are left out.
        format: the name of one of `WRITINGS`.
        name: the bank's name.
        title: the bank's title; if empty, its name is used.

    Raises:
        BadInput: there is no such format.
    """
    return _writing(format).write(held(questions, format), name, title or name)


def held(questions: Sequence[Question], format: str) -> list[Question]:  # noqa: A002  # the callers' word
    """Return the questions that a format can hold.

    Raises:
        BadInput: there is no such format to write.
    """
    return [*filter(_writing(format).holds, questions)]


def _writing(name: str) -> Writing:
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


def _names(choices: Sequence[Format | Writing]) -> str:
    return ", ".join(choice.name for choice in choices)


def _share(progress: Progress, start: float, end: float) -> Progress:
    """A progress callback that maps 0 to 1 onto ``start`` to ``end`` of another one."""
    return lambda fraction: progress(start + (end - start) * fraction)


def _judged(document: ParsedDocument, progress: Progress) -> ParsedDocument:
    """``document`` with the findings of all checks, sorted by line, and without questions that can't be shown."""
    findings = list(document.findings)
    kept = []
    for question in document.questions:
        if len(question.choices) > MAX_CHOICES:
            findings.append(_crowded(question))
        elif (length := _length(question)) > MAX_CHARACTERS:
            findings.append(_endless(question, length))
        else:
            kept.append(question)
    questions = []
    for question, found in zip(kept, lint(kept, progress), strict=True):
        findings += [finding for finding in found if finding.code not in question.findings]
        codes = dict.fromkeys((*question.findings, *(finding.code for finding in found)))
        questions.append(replace(question, findings=tuple(codes)))
    progress(1.0)
    findings.sort(key=lambda finding: finding.line)
    title = document.title and document.title[:_LONGEST_TITLE]
    return replace(document, questions=tuple(questions), findings=tuple(findings), title=title)


def _length(question: QuestionDraft) -> int:
    words = (question.source_id, question.topic, question.section, question.after, question.difficulty)
    hinted = (text for near in question.near_misses for text in (near.text, near.hint))
    shown = (picture.image.alt for picture in question.choice_pictures or () if picture)
    texts = (
        *question.answers,
        *shown,
        *hinted,
        *(question.choice_explanations or ()),
        *question.tags,
        *question.former_ids,
    )
    return sum(map(len, (question.stem, question.explanation, question.image_alt, *texts, *filter(None, words))))


def _endless(question: QuestionDraft, length: int) -> Finding:
    message = _("It has {count} characters with its explanations, but at most {limit} are kept; it was left out.")
    text = message.format(count=length, limit=MAX_CHARACTERS)
    return Finding(line=question.line, code=FindingCode.BROKEN, message=text)


def _crowded(question: QuestionDraft) -> Finding:
    message = _("It has {count} choices, but at most {limit} can be shown; it was left out.")
    text = message.format(count=len(question.choices), limit=MAX_CHOICES)
    return Finding(line=question.line, code=FindingCode.BROKEN, message=text)
