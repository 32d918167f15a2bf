"""Storage of series, rounds and answers; see `bot.ports.storage` for what all storage ports share."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.accuracy import Accuracy
from bot.domain.answers import Answer
from bot.domain.identity import LeagueId, Member, PlayerId, QuestionId, RoundId, SeriesId, Space, SpaceId
from bot.domain.progress import TopicDay
from bot.domain.question_draw import Candidate
from bot.domain.responses import Key, Response
from bot.domain.rounds import Round
from bot.domain.series import Series, Supply
from bot.ports.records import Played, QuestionFigures, SharedQuestion, Tally


class Rounds(Protocol):
    """The rounds that were asked in all spaces."""

    async def add(self, round_: Round) -> None:
        """Store a round that opens now."""

    async def find(self, round_id: RoundId) -> Round | None:
        """Return a round; None if there is none (any more)."""

    async def lock_if_there(self, round_id: RoundId) -> Round | None:
        """Lock a round, so that nobody else answers, closes or regrades it in the meantime; None if there is none."""

    async def end(self, round_id: RoundId, at: datetime) -> None:
        """Make an open round due to close at a moment, unless it is due earlier."""

    async def save_closed(self, round_id: RoundId, at: datetime) -> None:
        """Mark a round as closed."""

    async def save_key(self, round_id: RoundId, key: Key) -> None:
        """Set the key that grades this round from now on; with an empty key the round isn't scored."""

    async def of_question(self, question_id: QuestionId) -> list[Round]:
        """Return every round that asked a question, oldest first."""

    async def is_being_asked(self, question_id: QuestionId, space_id: SpaceId) -> bool:
        """Whether a round with a question is open in the league of a space."""

    async def open_of_series(self, series_id: SeriesId) -> list[Round]:
        """Return the open rounds of a series."""

    async def open_in(self, space_id: SpaceId, channel: str | None = None) -> list[Round]:
        """Return the open rounds of a space, or of one of its channels."""

    async def open_with_reactions(self, adapter: str) -> list[RoundId]:
        """Return the open rounds in an adapter's spaces that people answer with reactions."""

    async def asked_on(self, series_id: SeriesId, due_on: date) -> bool:
        """Whether a series has had its question for this local date."""

    async def asked_in(self, series_id: SeriesId) -> int:
        """Return how many questions a series has asked."""

    async def shared(self, league_id: LeagueId, name: str, due_on: date) -> SharedQuestion | None:
        """Return what a league's series with this ``together`` word ask on a date; None if none has opened yet."""

    async def share(self, question: SharedQuestion) -> SharedQuestion:
        """Store what a league's series ask together; if something is stored already, that stays."""

    async def drawn_in(self, series_id: SeriesId) -> list[Candidate]:
        """Return what a series asked, oldest first, with each question's current topic and difficulty."""

    async def due_to_close(self, now: datetime, adapters: Collection[str]) -> list[RoundId]:
        """Return the open rounds whose time is over, in spaces of these adapters."""

    async def set_remind_at(self, round_id: RoundId, at: datetime | None) -> None:
        """Set when people are reminded of a round; None: never, or everybody has been."""

    async def due_to_remind(self, now: datetime, adapters: Collection[str], limit: int) -> list[RoundId]:
        """Return rounds whose reminders are due, in spaces of these adapters, those that are longest due first."""

    async def first_opened(self, league_id: LeagueId) -> datetime | None:
        """Return when a league's first question was asked; None if there was none."""

    async def figures(self, league_id: LeagueId, since: datetime, until: datetime, limit: int) -> list[QuestionFigures]:
        """Return a league's results for questions asked in public between two moments, from closed rounds only.

        Only the latest ``limit`` rounds count. Questions with the smallest share of right answers come first,
        unanswered ones last.
        """

    async def answered(self, round_ids: Collection[RoundId]) -> dict[RoundId, int]:
        """Return how many players have answered each of these rounds."""


class Answers(Protocol):
    """The answers that count."""

    async def unclaimed(self, player_id: PlayerId, space_id: SpaceId) -> int:
        """Count a player's answers in a space that are too old to say which account gave them."""

    async def of_round(self, round_id: RoundId) -> list[Answer]:
        """Return all answers of a round, first to last."""

    async def of_member(self, member: Member, round_ids: Collection[RoundId]) -> dict[RoundId, Answer]:
        """Return what one member answered in each of these rounds."""

    async def save_grades(self, round_: Round, graded: Sequence[Answer]) -> None:
        """Store the grades of these answers (None: not counted), and update all totals."""

    async def history(self, member: Member) -> list[Played]:
        """Return every answer of a player, oldest first."""

    async def by_topic_and_day(self, member: Member, since: date) -> list[TopicDay]:
        """Return the sums of a player's answers by topic and local day; days before ``since`` are summed up as one."""

    async def unscored(self, member: Member) -> dict[Response, int]:
        """Return how often a player gave each response to questions of kinds that aren't scored."""

    async def by_topic(self, player_id: PlayerId, league_id: LeagueId, first: date, last: date) -> dict[str, Accuracy]:
        """Return, by topic, how many of a player's answers in a league were right from one local day to another."""

    async def tallies(self, question_id: QuestionId) -> list[Tally]:
        """Count the answers to a question in closed public rounds, those that are alike together."""

    async def players_since(self, space: Space, since: datetime) -> frozenset[PlayerId]:
        """Return who has answered a question that was asked for everybody in a space after a moment."""

    async def answered_on(
        self, league_id: LeagueId, player_ids: Collection[PlayerId], day: date
    ) -> frozenset[PlayerId]:
        """Return which of these players gave an answer on a local day of a league that still stands."""

    async def misgraded(self) -> dict[RoundId, int]:
        """Return, by round, how many answers have another grade than the round's key gives them; leave out 0."""


class Schedules(Protocol):
    """Series."""

    async def add(self, series: Series) -> None:
        """Store a new series."""

    async def change(self, series: Series) -> None:
        """Store how a series asks from now on; its rounds stay."""

    async def get(self, series_id: SeriesId) -> Series:
        """Return a series that must exist.

        Raises:
            NotFound: there is no such series, or it has ended.
        """

    async def lock(self, series_id: SeriesId) -> Series:
        """Lock and return a series that must exist; nobody else asks in it until this transaction ends.

        Raises:
            NotFound: there is no such series, or it has ended.
        """

    async def lock_if_there(self, series_id: SeriesId) -> Series | None:
        """Lock and return a series that may be ended at the same time; None if it has ended."""

    async def all(self, space_id: SpaceId | None = None, channel: str | None = None) -> list[Series]:
        """Return all series, or those of a space, or of one of its channels."""

    async def is_quiet(self, series_id: SeriesId) -> bool:
        """Whether a series, even one that has ended, keeps its results in their questions' threads."""

    async def set_next(self, series_id: SeriesId, at: datetime | None) -> None:
        """Set when a series asks next; None pauses it."""

    async def set_supply(self, series_id: SeriesId, supply: Supply) -> None:
        """Store whether a series has enough fresh questions left."""

    async def remove(self, series_id: SeriesId) -> None:
        """End a series; its rounds and their answers stay."""

    async def due(self, now: datetime, adapters: Collection[str]) -> list[SeriesId]:
        """Return the series that are due, in the spaces of these adapters that the bot is in."""
