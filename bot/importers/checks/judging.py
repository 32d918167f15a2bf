"""Judges a document as a whole: adds the findings of all checks, and leaves out questions that can't be shown."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.domain.questions import MAX_CHARACTERS, MAX_CHOICES
from bot.i18n import gettext as _
from bot.importers.checks.lint import lint
from bot.importers.reading.shape import as_text, is_text

_LONGEST_TITLE = 200


def judged(document: ParsedDocument, progress: Callable[[float], None]) -> ParsedDocument:
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
    doubtful = {_stem_above(kept, finding) for finding in findings if finding.code is FindingCode.ENCODING_DOUBTFUL}
    questions = []
    for question, found in zip(kept, lint(kept, progress), strict=True):
        findings += [finding for finding in found if finding.code not in question.findings]
        codes = dict.fromkeys((*question.findings, *(finding.code for finding in found)))
        if question.line in doubtful:
            codes[FindingCode.ENCODING_DOUBTFUL] = None
        told = tuple(codes)
        questions.append(question if told == question.findings else replace(question, findings=told))
    progress(1.0)
    findings = sorted(map(_shown, findings), key=lambda finding: finding.line)
    title = document.title and document.title[:_LONGEST_TITLE]
    return replace(document, questions=tuple(questions), findings=tuple(findings), title=title)


def _shown(finding: Finding) -> Finding:
    """A finding that can be shown: it may quote what was left out because it isn't text."""
    return finding if is_text(finding.message) else replace(finding, message=as_text(finding.message))


def _stem_above(questions: Sequence[QuestionDraft], finding: Finding) -> int:
    """The line of the question that a finding stands on; 0 if it stands above all questions."""
    return max((question.line for question in questions if question.line <= finding.line), default=0)


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
