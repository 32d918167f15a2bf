"""Reads the files people have: bytes in, question drafts, notes and findings out; and writes banks back to files."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile
from bot.domain.questions import MAX_CHOICES
from bot.i18n import gettext as _
from bot.importers import native, numbered, obsidian, prose, separated
from bot.importers.checks import lint
from bot.importers.detect import detect, is_native
from bot.importers.export import EXPORTS, PICTURES, export
from bot.importers.pictures import PictureFolder
from bot.importers.source import Source

__all__ = ["EXPORTS", "FORMATS", "PICTURES", "export", "lint", "parse"]

FORMATS: Mapping[str, str] = {
    "quizbot": "the project's own question banks, YAML or JSON",
    "numbered": "exam dumps and question banks: numbered stems above lettered choices",
    "separated": "lists with a ruler (---) between questions, right choices marked (Correct)",
    "obsidian": "Obsidian notes with flashcards (#card)",
    "prose": "notes and articles without questions",
}
"""The formats that `parse` reads, each with a line on what it is."""

_PARSERS = {
    "numbered": numbered.parse,
    "separated": separated.parse,
    "obsidian": obsidian.parse,
    "prose": prose.parse,
}

Progress = Callable[[float], None]


def parse(
    data: bytes,
    *,
    name: str = "",
    format: str | None = None,  # noqa: A002  # the word of the command line
    progress: Progress | None = None,
    folder: Path | None = None,
) -> ParsedDocument:
    """Everything that a file holds.

    Args:
        data: the file's bytes.
        name: the file's name, where there is one: its ending hints at the format.
        format: one of `FORMATS`; None: found by content.
        progress: told the fraction done, from 0 to 1, several times for a large file.
        folder: where the pictures lie that the file names; None: they can't be had, which is a finding.

    Raises:
        BadFile: the file is empty, too large, no text, or not in the format; or there is no such format.
    """
    tell = progress or (lambda _fraction: None)
    if format is not None and format not in FORMATS:
        message = _("There is no format “{format}”. Choose one of: {formats}.")
        raise BadFile(message.format(format=format, formats=", ".join(FORMATS)))
    if format == "quizbot" or (format is None and is_native(data, name)):
        pictures = PictureFolder(folder) if folder is not None else None
        return _judged(native.parse(data, _share(tell, 0.0, 0.7), pictures), _share(tell, 0.7, 1.0))
    source = Source(data, name=name, folder=folder)
    tell(0.1)
    document = _PARSERS[format or detect(source.lines)](source.lines, _share(tell, 0.2, 0.7))
    document = replace(document, findings=(*source.repairs, *document.findings))
    return _judged(document, _share(tell, 0.7, 1.0))


def _share(progress: Progress, start: float, end: float) -> Progress:
    """A progress that reports into the stretch from ``start`` to ``end`` of another."""
    return lambda fraction: progress(start + (end - start) * fraction)


def _judged(document: ParsedDocument, progress: Progress) -> ParsedDocument:
    """``document`` with every finding there is, by line; questions that can't be shown at all are left out."""
    findings = list(document.findings)
    kept = []
    for question in document.questions:
        if len(question.choices) > MAX_CHOICES:
            findings.append(_crowded(question))
        else:
            kept.append(question)
    questions = []
    for question, found in zip(kept, lint(kept, progress), strict=True):
        findings += [finding for finding in found if finding.code not in question.findings]
        codes = dict.fromkeys((*question.findings, *(finding.code for finding in found)))
        questions.append(replace(question, findings=tuple(codes)))
    progress(1.0)
    findings.sort(key=lambda finding: finding.line)
    return replace(document, questions=tuple(questions), findings=tuple(findings))


def _crowded(question: QuestionDraft) -> Finding:
    message = _("It has {count} choices, more than the {limit} that can be shown; it was left out.")
    text = message.format(count=len(question.choices), limit=MAX_CHOICES)
    return Finding(line=question.line, code=FindingCode.BROKEN, message=text)
