"""Reads the files people have: bytes in, question drafts, notes and findings out."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.drafts import Finding, ParsedDocument
from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers import numbered, obsidian, prose, separated
from bot.importers.checks import lint
from bot.importers.detect import detect
from bot.importers.text import read

FORMATS = {
    "numbered": "exam dumps and question banks: numbered stems, lettered choices",
    "separated": "questions between rulers (---), choices without letters, right ones marked (Correct)",
    "obsidian": "Obsidian notes with flashcards (#card)",
    "prose": "notes and articles without questions",
}
_PARSERS = {"numbered": numbered.parse, "separated": separated.parse, "obsidian": obsidian.parse, "prose": prose.parse}


def parse(
    data: bytes, *, name: str = "", format: str | None = None, progress: Callable[[float], None] | None = None
) -> ParsedDocument:
    """x."""
    if format is not None and format not in FORMATS:
        raise BadFile("unknown")
    source = read(data)
    document = _PARSERS[format or detect(source.lines)](source.lines, progress or (lambda fraction: None))
    return _linted(document, source.findings)


def _linted(document: ParsedDocument, before: Sequence[Finding]) -> ParsedDocument:
    questions, findings = [], [*before, *document.findings]
    for question, found in zip(document.questions, lint(document.questions), strict=True):
        codes = dict.fromkeys((*question.findings, *(finding.code for finding in found)))
        findings += [finding for finding in found if finding.code not in question.findings]
        questions.append(replace(question, findings=tuple(codes)))
    return replace(document, questions=tuple(questions), findings=tuple(sorted(findings, key=lambda f: f.line)))
