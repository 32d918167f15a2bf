"""What storage keeps beside the domain's own values."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.identity import (
    BankId,
    LeagueId,
    QuestionId,
    SpaceId,
)
from bot.domain.standings import Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A named, versioned set of questions. ``space_id`` None: it is the operator's, and every space draws from it."""

    id: BankId
    name: str
    title: str
    version: int
    space_id: SpaceId | None = None
    starter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BankSummary:
    """How many questions of a bank are in which state."""

    bank: Bank
    ready: int
    unkeyed: int
    needs_attention: int
    withdrawn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did: how many questions are new, edited or as before, and how the bank stands now."""

    bank: str
    new: int
    edited: int
    unchanged: int
    ready: int
    unkeyed: int
    needs_attention: int
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFilter:
    """Which questions may be drawn: those of a bank, or of all banks a space has, on a topic, of a difficulty.

    Attributes:
        tells_at_once: an answer will be told the verdict at once, so questions are left out of which an open round
            in the space's league keeps the verdict back.
        private_to: who alone will see it: what was asked of them alone counts for what had to come before it.
    """

    space_id: SpaceId
    bank: str | None = None
    topic: str | None = None
    difficulty: str | None = None
    tells_at_once: bool = False
    private_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedQuestion:
    """What the series of a league that ask together under a name ask on a local date."""

    id: int
    league_id: LeagueId
    name: str
    due_on: date
    question_id: QuestionId
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A player's answer as the player looks back on it.

    Attributes:
        day: the league's local day on which it counts.
        chosen: the texts of the choices.
        right: None until it is graded.
        points: in parts of a point; None until it is graded.
    """

    at: datetime
    day: date
    chosen: tuple[str, ...]
    right: bool | None
    points: int | None
    question_id: QuestionId
    topic: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFigures:
    """How a league fared with a question: how often it was asked, and how many of the graded answers were right."""

    question_id: QuestionId
    stem: str
    topic: str | None
    asked: int
    right: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """Where one player stands, and the scores next to it; None at either end of the board."""

    place: int
    score: Score
    better: Score | None
    worse: Score | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what, when and why."""

    at: datetime
    actor: str
    action: str
    subject: str
    details: str
