"""Records that storage keeps in addition to the domain's own values."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.identity import (
    BankId,
    LeagueId,
    QuestionId,
    RoundId,
    SpaceId,
)
from bot.domain.responses import Response
from bot.domain.standings import Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A named, versioned set of questions; if ``space_id`` is None, it is the operator's, and open to every space."""

    id: BankId
    name: str
    title: str
    version: int
    space_id: SpaceId | None = None
    starter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BankSummary:
    """How many questions of a bank are in each state."""

    bank: Bank
    ready: int
    unkeyed: int
    needs_attention: int
    withdrawn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How many banks a space has of its own, and how many questions are in them."""

    banks: int
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The result of an import: how many questions are new, edited or unchanged, and the bank's state now."""

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
    """Which questions may be drawn: of one bank or all of a space's, on a topic, of a difficulty.

    Attributes:
        tells_at_once: the verdict follows each answer at once, so leave out questions whose verdict an open round
            in the space's league still keeps secret.
        private_to: the only member who will see the question; then their private rounds count as asked before.
        by_reaction: leave out questions that can't be answered with a reaction.
        scored_in_series: leave out questions that aren't scored where a series asks them.
    """

    space_id: SpaceId
    bank: str | None = None
    topic: str | None = None
    difficulty: str | None = None
    tells_at_once: bool = False
    private_to: str | None = None
    by_reaction: bool = False
    scored_in_series: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedQuestion:
    """The question that a league's series with the same ``together`` word ask on a local date."""

    id: int
    league_id: LeagueId
    name: str
    due_on: date
    question_id: QuestionId
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A player's answer, for the player's own history.

    Attributes:
        day: the league's local day on which the answer counts.
        kind: the name of the kind that the question was asked as.
        chosen: the texts of the chosen choices.
        right: whether the answer is right; None until it is graded.
        points: in parts of a point; None until it is graded.
    """

    at: datetime
    day: date
    kind: str
    chosen: tuple[str, ...]
    right: bool | None
    points: int | None
    question_id: QuestionId
    topic: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFigures:
    """A league's results for a question.

    Attributes:
        round_id: the latest round that asked it, which opened at ``opened_at``.
        asked: how often it was asked.
        right: how many of the graded answers were right, of all that were ``answered``.
    """

    question_id: QuestionId
    round_id: RoundId
    opened_at: datetime
    stem: str
    topic: str | None
    asked: int
    right: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many answers to a question were alike.

    Attributes:
        response: what they answered; None for all that was typed.
        right: whether they are right; None if they aren't graded.
    """

    response: Response | None
    right: bool | None
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """One player's place, and the neighbouring scores; None at either end of the board."""

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
