"""Rounds: one question asked once in one channel."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.drafts import Select
from bot.domain.identity import ChoiceId, LeagueId, Member, NightId, QuestionId, RoundId, SeriesId, SpaceId
from bot.domain.questions import LETTERS
from bot.domain.responses import Key

ON_DEMAND_LASTS = timedelta(hours=1)


class Reveal(StrEnum):
    """When a player learns the verdict."""

    ON_ANSWER = "on_answer"
    AT_CLOSE = "at_close"


def keeps_back(reveal: Reveal, closed_at: datetime | None) -> bool:
    """Whether a round that reveals its verdicts then, and was closed at that moment, still waits with them."""
    return reveal is Reveal.AT_CLOSE and closed_at is None


class AnswerWith(StrEnum):
    """What a player answers with."""

    BUTTONS = "buttons"
    REACTIONS = "reactions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One question asked once in one channel.

    Attributes:
        key: what grades this round; falsy if the question was withdrawn after it was asked.
        order: ids of the choices as shown; positions and letters refer to this order.
        series_id: None for a question that no series asks.
        night_id: the quiz night that asks it; None: none does.
        due_on: the series' local date that this round serves; None when it was asked out of turn.
        private_to: external id of the only member who sees it; None for a public round.
        shared_id: the same for all rounds that ask this question together in several spaces; None: it isn't shared.
        closes_at: when it is due to close; None: when the next question of its series comes.
        closed_at: None while it is open.
        number: its place among the questions of its series, counted from 1; None: unknown, or no series asked it.
        kind: the name of its question's kind in `bot.domain.kinds`.
        speed: whether a quick right answer earns a bonus.
    """

    id: RoundId
    space_id: SpaceId
    league_id: LeagueId
    channel: str
    question_id: QuestionId
    revision: int
    key: Key
    select: Select
    order: tuple[ChoiceId, ...]
    reveal: Reveal
    answer_with: AnswerWith
    opened_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None = None
    series_id: SeriesId | None = None
    night_id: NightId | None = None
    due_on: date | None = None
    private_to: str | None = None
    shared_id: int | None = None
    number: int | None = None
    kind: str = "choice"
    speed: bool = False

    def __hash__(self) -> int:
        """Hash what tells rounds apart: every click looks up its receipt by them, and hashing all fields is slow."""
        return hash((self.id, self.question_id))

    @property
    def on_demand(self) -> bool:
        """Whether a person asked for the round, rather than a series or a quiz night."""
        return self.series_id is None and self.night_id is None

    @property
    def keeps_back(self) -> bool:
        """Whether nothing is graded and no verdict told yet, as that waits for the close."""
        return keeps_back(self.reveal, self.closed_at)

    def takes_answers_at(self, moment: datetime) -> bool:
        """Whether an answer given at this moment is in time."""
        return self.closed_at is None and (self.closes_at is None or moment < self.closes_at)

    def is_shown_to(self, member: Member, channel: str) -> bool:
        """Whether a member sees the round in this channel."""
        return (
            member.space_id == self.space_id
            and channel == self.channel
            and self.private_to in {None, member.external_id}
        )

    def letter(self, choice_id: ChoiceId) -> str:
        """The letter that this choice stands behind in this round."""
        return LETTERS[self.order.index(choice_id)]
