"""What a file holds before it is stored: drafts of questions, notes, and what was noticed on the way."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from bot.domain.images import ImageFile

Select = int | Literal["all"]
"""How many choices a reader is to pick: a number, or ``"all"`` for "select all that apply"."""


class FindingCode(StrEnum):
    """Why a question, or a spot in a file, wants a second look."""

    UNKEYED = "unkeyed"
    KEY_NOT_A_CHOICE = "key_not_a_choice"
    KEY_CONFLICTS_EXPLANATION = "key_conflicts_explanation"
    SELECT_MISMATCH = "select_mismatch"
    DEPENDS_ON_PREVIOUS = "depends_on_previous"
    NEEDS_FIGURE = "needs_figure"
    BROKEN = "broken"
    DUPLICATE = "duplicate"
    NEAR_DUPLICATE = "near_duplicate"
    PAGE_FURNITURE = "page_furniture"
    ENCODING_REPAIRED = "encoding_repaired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something an importer or lint noticed; ``line`` is 1-based."""

    line: int
    code: FindingCode
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSection:
    """A stretch of prose that belongs to a bank's source, under the heading it stood under."""

    line: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDraft:
    """One question as a file gives it.

    Attributes:
        line: 1-based line of the stem's first line.
        stem: Markdown; white space collapsed except in code.
        choices: texts without numbering, letters, bullets or key marks.
        key: 0-based indexes of the right choices, ascending; empty where the source gives none.
        select: how many to pick.
        section: the heading the question stands under.
        explanation: why the key is right, in general.
        choice_explanations: one text a choice, parallel to ``choices``; None where the source has none.
        findings: codes of what was noticed about this question.
        source_id: the id that the source itself gives, where it has stable ones.
        former_ids: ids that the source gave it before, so that it is found again under another one.
        topic: a topic that the source itself names.
        difficulty: ``easy``, ``medium`` or ``hard``, where the source says so.
        tags: the source's own labels.
        after: the source's id of the question that must come before it.
        image: the picture that the stem speaks of, and ``image_alt`` what it shows, in words.
        kind: the name of its kind in `bot.domain.kinds`.
    """

    line: int
    stem: str
    choices: tuple[str, ...]
    key: tuple[int, ...] = ()
    select: Select = 1
    section: str | None = None
    explanation: str = ""
    choice_explanations: tuple[str, ...] | None = None
    findings: tuple[FindingCode, ...] = ()
    source_id: str | None = None
    former_ids: tuple[str, ...] = ()
    topic: str | None = None
    difficulty: str | None = None
    tags: tuple[str, ...] = ()
    after: str | None = None
    image: ImageFile | None = None
    image_alt: str = ""
    kind: str = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """Everything that one file held; ``findings`` covers its questions and what stands between them."""

    format: str
    questions: tuple[QuestionDraft, ...] = ()
    notes: tuple[NoteSection, ...] = ()
    findings: tuple[Finding, ...] = ()
    title: str | None = field(default=None)
