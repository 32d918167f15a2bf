"""Storage of questions; see `bot.ports.storage` for what all storage ports share."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.accuracy import Accuracy
from bot.domain.drafts import Finding, NoteSection
from bot.domain.identity import BankId, QuestionId, SpaceId
from bot.domain.images import ImageFile
from bot.domain.mending import Mending
from bot.domain.question_draw import Candidate
from bot.domain.questions import Question
from bot.ports.records import Bank, BankSummary, Held, QuestionFilter

Stamp = tuple[int, ...]
"""Stands for the state of a bank at one moment; only compare it with another."""


class Banks(Protocol):
    """Question banks. A name is unique, case ignored, among a space's own banks and among the operator's."""

    async def named(self, name: str, space_id: SpaceId | None) -> Bank | None:
        """Find the bank that a space calls by a name: its own, or else the operator's; for None only the operator's."""

    async def add(self, bank: Bank) -> None:
        """Store a new bank."""

    async def new_version(self, bank_id: BankId, notes: Sequence[NoteSection], findings: Sequence[Finding]) -> None:
        """Increase the bank's version, and store these notes and findings as its latest."""

    async def has_notes(self, bank_id: BankId, notes: Sequence[NoteSection]) -> bool:
        """Whether these are the notes of the bank's latest version."""

    async def mendings(self, bank_id: BankId) -> tuple[Mending, ...]:
        """Return what people made of questions in the bank's files before they were stored."""

    async def set_mendings(self, bank_id: BankId, mendings: Sequence[Mending]) -> None:
        """Replace what the bank remembers of mended questions."""

    async def summaries(self, space_id: SpaceId | None = None) -> list[BankSummary]:
        """Return the banks that a space may draw from (None: all banks), by name, the space's own first.

        A space's list leaves out what stays of deleted banks.
        """

    async def held(self, space_id: SpaceId) -> Held:
        """Return how much a space's own banks hold, with what stays of deleted banks."""

    async def questions(self, bank_id: BankId) -> list[Question]:
        """Return the current revisions of a bank's questions, in the order of the source."""

    async def lock(self, bank_id: BankId) -> None:
        """Let nobody else store a document in a bank until this transaction ends."""

    async def stamp(self, bank_id: BankId) -> Stamp:
        """Return a value that changes whenever a question of the bank is added, edited, corrected or withdrawn."""

    async def source_ids(self, bank_id: BankId) -> dict[str, QuestionId]:
        """Return the ids that the source gives a bank's questions."""

    async def save(self, revisions: Iterable[tuple[Question, str | None]], at: datetime) -> None:
        """Store new revisions and make them current, each with its source's own id."""

    async def set_order(self, before: Mapping[QuestionId, QuestionId | None]) -> None:
        """Set which question must be asked before each of these; None if there is none."""

    async def question(self, question_id: QuestionId, revision: int | None = None) -> Question:
        """Return a question that must exist, in the given revision or else the current one.

        Raises:
            NotFound: there is no such question or revision.
        """

    async def current(self, question_ids: Collection[QuestionId]) -> dict[QuestionId, Question]:
        """Return the current revisions of some questions."""

    async def asking(self, bank_id: BankId, stem: str) -> list[Question]:
        """Return the current revisions of a bank's questions with exactly this stem, without withdrawn ones."""

    async def bank_of(self, question: Question) -> Bank:
        """Return the bank that holds a stored question."""

    async def withdraw(self, question_id: QuestionId) -> None:
        """Withdraw a question, so that it is never drawn again."""

    async def candidates(self, which: QuestionFilter) -> list[Candidate]:
        """Return the ready questions that match, by id; from a starter bank only if no other bank has a ready one.

        Questions that wait for another one are included, and marked so.
        """

    async def verdicts(self, which: QuestionFilter) -> dict[QuestionId, Accuracy]:
        """Return how many answers were right, for each matching question whose bank gives no difficulty.

        The answers of all spaces count; questions without graded answers are left out.
        """

    async def topics(self, space_id: SpaceId) -> list[str]:
        """Return the topics of the questions that a space may draw, sorted."""


class Images(Protocol):
    """The pictures of questions and choices, each stored once."""

    async def put(self, files: Iterable[ImageFile]) -> None:
        """Store pictures; those already stored stay as they are."""

    async def find(self, digest: str) -> ImageFile | None:
        """Return the picture with this digest; None if it isn't stored."""

    async def seen_in(self, space_id: SpaceId, digest: str) -> ImageFile | None:
        """Return the picture with this digest; None if it isn't stored, or not for this space.

        A space sees the pictures of its own banks and the operator's, of questions that it was asked, and of its posts.
        """

    async def size_of(self, bank_id: BankId) -> int:
        """Return how many bytes all pictures in a bank have that any revision of its questions shows."""

    async def drop(self, digests: Collection[str]) -> None:
        """Delete these pictures, unless a question or a choice uses them."""
