"""Helpers for importer tests: a text goes in as people write it in a test, and comes out parsed."""

from textwrap import dedent

from bot.domain.drafts import FindingCode, ParsedDocument, QuestionDraft
from bot.importers import parse


def read(text: str, format: str | None = None) -> ParsedDocument:  # noqa: A002  # parse's own word
    """The document that an indented literal holds."""
    return parse(dedent(text).strip("\n").encode(), format=format)


def only(text: str, format: str | None = None) -> QuestionDraft:  # noqa: A002  # parse's own word
    """The one question that an indented literal holds."""
    document = read(text, format)
    assert len(document.questions) == 1, [question.stem for question in document.questions]
    return document.questions[0]


def codes(document: ParsedDocument) -> list[list[FindingCode]]:
    """The finding codes of each question."""
    return [list(question.findings) for question in document.questions]


def taken(document: ParsedDocument) -> list[tuple[str, str, str]]:
    """The kind, the stem and the answer of each question."""
    return [
        (one.kind, one.stem, one.back or " | ".join([*map(str, one.accepted)]) or ",".join(map(str, one.key)))
        for one in document.questions
    ]


def flat(text: str) -> str:
    """A text with its white space collapsed."""
    return " ".join(text.split())
