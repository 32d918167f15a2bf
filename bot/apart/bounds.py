"""Limits how much of one file from chat or a room goes into a bank: answers wait while it is stored."""

from dataclasses import replace
from itertools import accumulate

from bot.domain.drafts import Finding, FindingCode, NoteSection, ParsedDocument
from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.i18n import ngettext

MOST_QUESTIONS = 10_000
MOST_FINDINGS = 5_000
MOST_NOTES = 1024**2
"""The most characters that the notes of one file may have together."""


def bounded(document: ParsedDocument) -> ParsedDocument:
    """Return the document without the notes and findings beyond the limits; a finding says what was left out.

    Raises:
        BadFile: the document has too many questions.
    """
    if len(document.questions) > MOST_QUESTIONS:
        message = _(
            "The file has {count} questions, but only {limit} can be imported at once. "
            "Split it, or import it with quizbot bank import where the bot runs."
        )
        raise BadFile(message.format(count=len(document.questions), limit=MOST_QUESTIONS))
    notes, findings = _short(document.notes), document.findings
    if len(notes) < len(document.notes):
        line = document.notes[len(notes)].line
        message = _("The notes are long; from here on they were left out.")
        findings = (Finding(line=line, code=FindingCode.SKIPPED, message=message), *findings)
    if (more := len(findings) - MOST_FINDINGS) > 0:
        text = ngettext(
            "There is more to look at: {number} finding was left out.",
            "There is more to look at: {number} findings were left out.",
            more,
        ).format(number=more)
        last = findings[MOST_FINDINGS - 1].line
        findings = (*findings[:MOST_FINDINGS], Finding(line=last, code=FindingCode.SKIPPED, message=text))
    return replace(document, notes=notes, findings=findings)


def _short(notes: tuple[NoteSection, ...]) -> tuple[NoteSection, ...]:
    lengths = accumulate(len(note.text) + len(note.heading) for note in notes)
    return notes[: sum(length <= MOST_NOTES for length in lengths)]
