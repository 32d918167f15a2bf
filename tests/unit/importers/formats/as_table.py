"""What tests of tables compare: a question without its details, and the findings about rows."""

from bot.domain.drafts import ParsedDocument, QuestionDraft


def messages(document: ParsedDocument) -> list[tuple[int, str, str]]:
    """The findings but for the first, which says what the columns are."""
    return [(finding.line, finding.code, finding.message) for finding in document.findings[1:]]


def shown(question: QuestionDraft) -> tuple[str, tuple[str, ...], tuple[int, ...]]:
    return question.stem, question.choices, question.key
