"""The content of a file before it is stored: drafts of questions, notes and findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from bot.domain.accepted import Accepted, NearMiss
from bot.domain.images import ChoicePicture, ImageFile
from bot.domain.readings import Learned

Select = int | Literal["all"]
"""How many choices a reader is to pick: a number, or ``"all"`` for "select all that apply"."""


class FindingCode(StrEnum):
    """Why a question, or a spot in a file, needs a second look."""

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
    ENCODING_DOUBTFUL = "encoding_doubtful"
    SKIPPED = "skipped"
    KIND_NOT_ASKED = "kind_not_asked"
    SIMPLIFIED = "simplified"
    LOST_QUESTION = "lost_question"
    SWALLOWED = "swallowed"
    MENDED_BEFORE = "mended_before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something an importer or lint noticed; ``line`` is 1-based."""

    line: int
    code: FindingCode
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSection:
    """A piece of prose from a bank's source file, with the heading above it."""

    line: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDraft:
    """One question as a file gives it.

    Attributes:
        line: 1-based line of the stem's first line.
        stem: Markdown; white space collapsed except in code.
        choices: texts without numbering, letters, bullets or key marks, as Markdown; of a choice that is only a
            picture, what the picture shows, as plain text.
        key: 0-based indexes of the right choices, ascending; for an order, of all items in the right order; for a
            match, of the right side of each left one; empty if the source gives none.
        select: how many to pick.
        section: the heading the question stands under.
        explanation: why the key is right, in general.
        choice_explanations: one text per choice, parallel to ``choices``; None if the source has none.
        choice_pictures: one picture, or None, per choice, parallel to ``choices``; None if no choice has a picture.
        findings: codes of what was noticed about this question.
        source_id: the id that the source gives the question, if its ids are stable.
        former_ids: earlier ids of the question in the source, so that it is found again under a new one.
        topic: a topic that the source itself names.
        difficulty: ``easy``, ``medium`` or ``hard``, if the source says so.
        tags: the source's own labels.
        after: the source's id of the question that must come before it.
        image: the picture that belongs to the stem; ``image_alt`` says in words what it shows.
        kind: the name of its kind in `bot.domain.kinds`; another word for a kind that is kept, and never asked.
        accepted: the typed answers that are right, best first: numbers, texts, or texts in blanks; empty if the source
            gives none.
        unit: what the accepted numbers count; empty: nothing in particular.
        exact: whether case, accents, punctuation and every letter of a typed answer count.
        near_misses: wrong texts that the source has a hint for.
        back: the back of a card, as Markdown; ``accepted`` has what else may be typed for it.
        kept: the fields that only its kind gives it, as JSON, if the kind is never asked.
    """

    line: int
    stem: str
    choices: tuple[str, ...]
    key: tuple[int, ...] = ()
    select: Select = 1
    section: str | None = None
    explanation: str = ""
    choice_explanations: tuple[str, ...] | None = None
    choice_pictures: tuple[ChoicePicture | None, ...] | None = None
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
    accepted: tuple[Accepted, ...] = ()
    unit: str = ""
    exact: bool = False
    near_misses: tuple[NearMiss, ...] = ()
    back: str = ""
    kept: str = ""

    @property
    def is_keyed(self) -> bool:
        """Whether the source says what is right."""
        return bool(self.key or self.accepted or self.back)

    @property
    def files(self) -> tuple[ImageFile, ...]:
        """The files of its own picture and of those of its choices."""
        own = (self.image,) if self.image else ()
        return (*own, *(picture.file for picture in self.choice_pictures or () if picture and picture.file))

    @property
    def answers(self) -> tuple[str, ...]:
        """The choices, or what is right where there are none, for comparing drafts with each other."""
        return (*self.choices, *filter(None, [self.back, self.kept]), *map(str, self.accepted))


class LineRole(StrEnum):
    """What a line of a file was taken for; each line has exactly one role."""

    STEM = "s"
    CHOICE = "c"
    KEY = "k"
    EXPLANATION = "e"
    HEADING = "h"
    NOTE = "n"
    FURNITURE = "f"
    BLANK = "."


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """Everything found in one file.

    Attributes:
        findings: what was noticed about its questions and the text between them.
        roles: the `LineRole` of each line, a letter for each; empty for formats that aren't read line by line.
        reading: how the file was read, in sentences; empty if its format leaves no choice.
        lines: the text of the lines around its questions, by their numbers, as far as it is kept.
        learned: the reading by example that it was read with; None if it was read without one.
    """

    format: str
    questions: tuple[QuestionDraft, ...] = ()
    notes: tuple[NoteSection, ...] = ()
    findings: tuple[Finding, ...] = ()
    title: str | None = field(default=None)
    roles: str = ""
    reading: tuple[str, ...] = ()
    lines: Mapping[int, str] = field(default_factory=dict)
    learned: Learned | None = None
