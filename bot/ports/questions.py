"""Where questions are kept; see `bot.ports.storage` for what its ports share."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.accuracy import Accuracy
from bot.domain.drafts import Finding, NoteSection
from bot.domain.identity import BankId, QuestionId, SpaceId
from bot.domain.images import ImageFile
from bot.domain.question_draw import Candidate
from bot.domain.questions import Question
from bot.ports.records import Bank, BankSummary, QuestionFilter

Stamp = tuple[int, ...]
"""What a bank looked like at one moment; compare it, and look no further into it."""


class Banks(Protocol):
    """Question banks. A name is unique, case ignored, among a space's own banks and among the operator's."""

    async def named(self, name: str, space_id: SpaceId | None) -> Bank | None:
        """The bank that a space means by a name: its own, or else the operator's. None: the operator's."""

    async def add(self, bank: Bank) -> None:
        """Store a new bank."""

    async def new_version(self, bank_id: BankId, notes: Sequence[NoteSection], findings: Sequence[Finding]) -> None:
        """Count up the bank's version; keep these notes and findings as its latest."""

    async def summaries(self, space_id: SpaceId | None = None) -> list[BankSummary]:
        """The banks that a space may draw from, by name, its own first; None: all there are."""

    async def questions(self, bank_id: BankId) -> list[Question]:
        """The current revisions of all its questions, in the order of the source."""

    async def stamp(self, bank_id: BankId) -> Stamp:
        """A value that is another one once a question of the bank was added, edited, corrected or withdrawn."""

    async def source_ids(self, bank_id: BankId) -> dict[str, QuestionId]:
        """The sources' own ids of its questions."""

    async def save(self, revisions: Iterable[tuple[Question, str | None]], at: datetime) -> None:
        """Store new revisions and make them current, each with its source's own id."""

    async def set_order(self, before: Mapping[QuestionId, QuestionId | None]) -> None:
        """Let questions wait until another one was asked; None: for none."""

    async def question(self, question_id: QuestionId, revision: int | None = None) -> Question:
        """One question that must be there: its current revision unless told.

        Raises:
            NotFound: it isn't, or has no such revision.
        """

    async def withdraw(self, question_id: QuestionId) -> None:
        """Never draw this question again."""

    async def candidates(self, which: QuestionFilter) -> list[Candidate]:
        """The ready questions that fit, by id; from a starter bank only where no other bank has a ready one.

        Those that wait for another question are among them, and say so.
        """

    async def verdicts(self, which: QuestionFilter) -> dict[QuestionId, Accuracy]:
        """How many of the graded answers to such questions were right, where their bank names no difficulty.

        The answers of all spaces; questions without any are left out.
        """

    async def topics(self, space_id: SpaceId) -> list[str]:
        """The topics of the questions that the space may draw, sorted."""


class Images(Protocol):
    """Pictures of questions, each kept once."""

    async def put(self, files: Iterable[ImageFile]) -> None:
        """Keep pictures; those that are kept already stay as they are."""

    async def find(self, digest: str) -> ImageFile | None:
        """The picture with this digest; None: it isn't kept."""

    async def drop(self, digests: Collection[str]) -> None:
        """Keep these pictures no longer, unless a question has them."""
