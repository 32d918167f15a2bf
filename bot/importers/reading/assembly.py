"""Puts a document together from its questions, the notes around them, and the page furniture that was skipped."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.drafts import Finding, ParsedDocument, QuestionDraft
from bot.importers.reading.anatomy import RawQuestion
from bot.importers.reading.drafting import draft, furniture_finding
from bot.importers.reading.lines import Line
from bot.importers.reading.notes import Beside


def assemble(name: str, raws: Iterable[RawQuestion], beside: Beside, furniture: Sequence[Line]) -> ParsedDocument:
    """The document made of these questions and notes; page furniture inside a question becomes a finding of it."""
    questions: list[QuestionDraft] = []
    findings: list[Finding] = []
    removed = iter(furniture)
    line = next(removed, None)
    for raw in raws:
        question, noticed = draft(raw)
        while line and line.number < raw.line:
            findings.append(furniture_finding(line))
            line = next(removed, None)
        while line and line.number < raw.last_line:
            noticed.append(furniture_finding(line))
            line = next(removed, None)
        if noticed:
            question = replace(question, findings=tuple(dict.fromkeys(finding.code for finding in noticed)))
        questions.append(question)
        findings += noticed
    findings += [furniture_finding(left) for left in (line, *removed) if left]
    findings = [*beside.findings, *findings]  # what is beside the questions is known once they are read
    return ParsedDocument(
        format=name,
        questions=tuple(questions),
        notes=tuple(beside.notes),
        findings=tuple(findings),
        title=beside.title,
    )
