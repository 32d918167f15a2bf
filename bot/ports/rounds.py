"""Where series, rounds and answers are kept; see `bot.ports.storage` for what its ports share."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.answers import Answer
from bot.domain.identity import LeagueId, Member, PlayerId, QuestionId, RoundId, SeriesId, SpaceId
from bot.domain.question_draw import Candidate
from bot.domain.responses import Key
from bot.domain.rounds import Round
from bot.domain.series import Series, Supply
from bot.ports.records import Played, QuestionFigures, SharedQuestion


class Rounds(Protocol):
    """Rounds and the spaces they were asked in."""

    async def add(self, round_: Round) -> None:
        """Store a round that opens now."""

    async def find(self, round_id: RoundId) -> Round | None:
        """One round; None: it isn't there, or not any more."""

    async def lock_if_there(self, round_id: RoundId) -> Round | None:
        """One round; nobody else answers, closes or regrades it until this transaction ends. None: it isn't there."""

    async def end(self, round_id: RoundId, at: datetime) -> None:
        """Let an open round's time be over at a moment, unless it is over before: then it is due to close."""

    async def save_closed(self, round_id: RoundId, at: datetime) -> None:
        """Mark a round as closed."""

    async def save_key(self, round_id: RoundId, key: Key) -> None:
        """Grade this round by another key from now on (one that is false in a condition: not at all)."""

    async def of_question(self, question_id: QuestionId) -> list[Round]:
        """Every round that asked a question, oldest first."""

    async def open_of_series(self, series_id: SeriesId) -> list[Round]:
        """The rounds of a series that are open."""

    async def open_in(self, space_id: SpaceId, channel: str | None = None) -> list[Round]:
        """The open rounds of a space, or of one channel of it."""

    async def open_with_reactions(self, adapter: str) -> list[RoundId]:
        """The open rounds in an adapter's spaces that people answer with reactions."""

    async def asked_on(self, series_id: SeriesId, due_on: date) -> bool:
        """Whether a series has had its question for this local date."""

    async def shared(self, league_id: LeagueId, name: str, due_on: date) -> SharedQuestion | None:
        """What a league's series under this name ask on a local date; None: none of them has opened yet."""

    async def share(self, question: SharedQuestion) -> SharedQuestion:
        """Let a league's series ask this; what was stored first, by whomever, holds."""

    async def drawn_in(self, series_id: SeriesId) -> list[Candidate]:
        """What a series asked, oldest first, with topic and difficulty as they are now."""

    async def due_to_close(self, now: datetime, adapters: Collection[str]) -> list[RoundId]:
        """Open rounds whose time is over, in spaces of these adapters."""

    async def first_opened(self, league_id: LeagueId) -> datetime | None:
        """When a league was asked its first question; None: it never was."""

    async def figures(self, league_id: LeagueId, since: datetime, until: datetime, limit: int) -> list[QuestionFigures]:
        """How a league fared with what it was asked in public between two moments, in rounds that are closed.

        Of the latest ``limit`` rounds; the question with the smallest share of right answers first, those that nobody
        answered last.
        """

    async def answered(self, round_ids: Collection[RoundId]) -> dict[RoundId, int]:
        """How many players' answers stand in each of these rounds."""


class Answers(Protocol):
    """The answers that stand."""

    async def unclaimed(self, player_id: PlayerId, space_id: SpaceId) -> int:
        """How many answers of a player in a space don't say which account gave them, as they are older than that."""

    async def of_round(self, round_id: RoundId) -> list[Answer]:
        """All answers of a round, first to last."""

    async def of_member(self, member: Member, round_ids: Collection[RoundId]) -> dict[RoundId, Answer]:
        """What one member answered in each of these rounds."""

    async def save_grades(self, round_: Round, graded: Sequence[Answer]) -> None:
        """Store these answers' grades (None: they don't count) and bring all totals along."""

    async def history(self, member: Member) -> list[Played]:
        """Every answer of a player, oldest first."""

    async def misgraded(self) -> dict[RoundId, list[str]]:
        """By round, the answers whose stored grade isn't the one that the round's key gives; empty: none."""


class Schedules(Protocol):
    """Series."""

    async def add(self, series: Series) -> None:
        """Store a new series."""

    async def get(self, series_id: SeriesId) -> Series:
        """One series that must be there.

        Raises:
            NotFound: it isn't, or has ended.
        """

    async def lock(self, series_id: SeriesId) -> Series:
        """One series that must be there; nobody else asks in it until this transaction ends.

        Raises:
            NotFound: it isn't, or has ended.
        """

    async def lock_if_there(self, series_id: SeriesId) -> Series | None:
        """Lock a series that may be ended at the same time; None: it has ended."""

    async def all(self, space_id: SpaceId | None = None, channel: str | None = None) -> list[Series]:
        """Series of everything, of a space, or of one channel of it."""

    async def set_next(self, series_id: SeriesId, at: datetime | None) -> None:
        """Set when a series asks next; None pauses it."""

    async def set_supply(self, series_id: SeriesId, supply: Supply) -> None:
        """Keep whether a series' fresh questions last."""

    async def remove(self, series_id: SeriesId) -> None:
        """End a series; its rounds and their answers stay."""

    async def due(self, now: datetime, adapters: Collection[str]) -> list[SeriesId]:
        """Series whose moment has come, in spaces of these adapters."""
