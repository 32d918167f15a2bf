"""What the core asks of storage.

The ports share one transaction (`Unit`), so that a use case touches several of them and either all of it is
stored or none. Every time is aware; every method may raise `StorageUnavailable`.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from bot.domain.answers import Answer
from bot.domain.drafts import Finding, NoteSection
from bot.domain.drawing import Candidate
from bot.domain.errors import QuizbotError
from bot.domain.identity import (
    BankId,
    ChoiceId,
    League,
    LeagueId,
    Member,
    PlayerId,
    QuestionId,
    RoundId,
    SeriesId,
    Space,
    SpaceId,
    Team,
    TeamId,
)
from bot.domain.images import ImageFile
from bot.domain.questions import Question
from bot.domain.rounds import Round
from bot.domain.series import Series
from bot.domain.standings import Score
from bot.ports.messages import Claim, Post
from bot.ports.records import AuditEntry, Bank, BankSummary, OwnPlace, Played, QuestionFilter

T = TypeVar("T")


class StorageUnavailable(QuizbotError):
    """The database can't be read or written now: locked for long, disk full, connection gone. Nothing was stored."""


class Banks(Protocol):
    """Question banks."""

    async def named(self, name: str) -> Bank | None:
        """The bank with this name, case ignored."""

    async def add(self, bank: Bank) -> None:
        """Store a new bank."""

    async def new_version(self, bank_id: BankId, notes: Sequence[NoteSection], findings: Sequence[Finding]) -> None:
        """Count up the bank's version; keep these notes and findings as its latest."""

    async def summaries(self) -> list[BankSummary]:
        """All banks by name."""

    async def questions(self, bank_id: BankId) -> list[Question]:
        """The current revisions of all its questions, in the order of the source."""

    async def source_ids(self, bank_id: BankId) -> dict[str, QuestionId]:
        """The sources' own ids of its questions."""

    async def save(self, revisions: Iterable[tuple[Question, str | None]], at: datetime) -> None:
        """Store new revisions and make them current, each with its source's own id."""

    async def question(self, question_id: QuestionId, revision: int | None = None) -> Question | None:
        """One question: its current revision unless told."""

    async def withdraw(self, question_id: QuestionId) -> None:
        """Never draw this question again."""

    async def candidates(self, which: QuestionFilter) -> list[Candidate]:
        """The ready questions that fit; from a starter bank only where no other bank has a ready one."""

    async def topics(self, space_id: SpaceId) -> list[str]:
        """The topics of the questions that the space may draw, sorted."""


class Images(Protocol):
    """Pictures of questions, each kept once."""

    async def put(self, files: Iterable[ImageFile]) -> None:
        """Keep pictures; those that are kept already stay as they are."""

    async def get(self, digest: str) -> ImageFile | None:
        """The picture with this digest."""


class Rounds(Protocol):
    """Rounds and the places they were asked in."""

    async def add(self, round_: Round) -> None:
        """Store a round that opens now."""

    async def get(self, round_id: RoundId) -> Round | None:
        """One round."""

    async def lock(self, round_id: RoundId) -> Round | None:
        """One round; nobody else answers, closes or regrades it until this transaction ends."""

    async def save_closed(self, round_id: RoundId, at: datetime) -> None:
        """Mark a round as closed."""

    async def save_key(self, round_id: RoundId, key: frozenset[ChoiceId]) -> None:
        """Grade this round by another key from now on (empty: not at all)."""

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

    async def due_to_close(self, now: datetime, adapters: Collection[str]) -> list[RoundId]:
        """Open rounds whose time is over, in spaces of these adapters."""

    async def answered(self, round_ids: Collection[RoundId]) -> dict[RoundId, int]:
        """How many players' answers stand in each of these rounds."""


class Answers(Protocol):
    """The answers that stand."""

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


class Boards(Protocol):
    """Totals: a player's sums per league and period, kept in the same transaction as the answers."""

    async def scores(self, periods: Mapping[LeagueId, str]) -> list[Score]:
        """Each player's sums over these leagues' periods; the player's team is told for a single league."""

    async def top(self, league_id: LeagueId, period: str, limit: int) -> list[Score]:
        """The best players of a league, best first."""

    async def page(
        self, league_id: LeagueId, period: str, limit: int, player_id: PlayerId | None
    ) -> tuple[list[Score], OwnPlace | None]:
        """The best players, in no order, and where one of them all stands; None without an answer."""

    async def differences(self) -> list[str]:
        """What differs between the kept totals and those rebuilt from the answers; empty: nothing."""

    async def rebuild(self) -> None:
        """Make all totals anew from the answers."""


class Schedules(Protocol):
    """Series."""

    async def add(self, series: Series) -> None:
        """Store a new series."""

    async def get(self, series_id: SeriesId) -> Series | None:
        """One series."""

    async def lock(self, series_id: SeriesId) -> Series | None:
        """One series; nobody else asks in it until this transaction ends."""

    async def all(self, space_id: SpaceId | None = None, channel: str | None = None) -> list[Series]:
        """Series of everything, of a space, or of one channel of it."""

    async def set_next(self, series_id: SeriesId, at: datetime | None) -> None:
        """Set when a series asks next; None pauses it."""

    async def remove(self, series_id: SeriesId) -> None:
        """End a series; its rounds and their answers stay."""

    async def due(self, now: datetime, adapters: Collection[str]) -> list[SeriesId]:
        """Series whose moment has come, in spaces of these adapters."""


class Spaces(Protocol):
    """Spaces and leagues."""

    async def find(self, adapter: str, external_id: str) -> Space | None:
        """The space that an adapter knows by this id."""

    async def get(self, space_id: SpaceId) -> Space | None:
        """One space."""

    async def add(self, space: Space) -> None:
        """Store a new space."""

    async def present(self, adapter: str) -> list[Space]:
        """The spaces of an adapter that the bot is in."""

    async def left_before(self, moment: datetime) -> list[Space]:
        """The spaces, of all adapters, that the bot left before a moment."""

    async def set_left(self, space_id: SpaceId, at: datetime | None) -> None:
        """Keep when the bot left a space; None: it is there."""

    async def forget(self, space: Space) -> None:
        """Delete a space with all that is in it and everybody there; its league too, where it was alone in it."""

    async def league(self, league_id: LeagueId) -> League | None:
        """One league."""

    async def leagues(self) -> list[League]:
        """All leagues by name."""

    async def set_first_zone(self, league_id: LeagueId, zone: str) -> None:
        """Let a league's days begin and end in this zone from now on, unless a question was asked in it before."""

    async def add_league(self, league: League) -> None:
        """Store a new league."""


class People(Protocol):
    """Members, players and teams."""

    async def player(self, member: Member) -> PlayerId | None:
        """The player behind a member; None before the first answer or command that needed one."""

    async def ensure_player(self, member: Member) -> PlayerId:
        """The player behind a member, made where there is none; the member's name is kept up to date."""

    async def accounts(self, adapter: str, external_id: str) -> list[Member]:
        """Every member that one account of a platform is, in all its spaces."""

    async def members_behind(self, space_id: SpaceId, player_ids: Collection[PlayerId]) -> dict[PlayerId, Member]:
        """The members of a space that these players are."""

    async def names(self, player_ids: Collection[PlayerId]) -> dict[PlayerId, str]:
        """Players' names."""

    async def teams(self, league_id: LeagueId) -> list[Team]:
        """A league's teams with their members' names, by name."""

    async def add_team(self, team: Team) -> None:
        """Store a new team."""

    async def join_team(self, team: Team, player_id: PlayerId) -> None:
        """Put a player into a team of the league, and out of any other there."""

    async def team_of(self, league_id: LeagueId, player_id: PlayerId) -> str | None:
        """The name of a player's team in a league."""

    async def leave_team(self, league_id: LeagueId, player_id: PlayerId) -> str | None:
        """Take a player out of the league's team; the team's name, or None where there was none."""

    async def map_group(self, space_id: SpaceId, external_id: str, team_id: TeamId | None) -> None:
        """Let a platform's group of people stand for a team; None: for none any more."""

    async def group_teams(self, space_id: SpaceId) -> dict[str, Team]:
        """The team that each mapped group stands for."""

    async def forget(self, player_id: PlayerId) -> None:
        """Delete a player with all answers, totals, memberships and names."""


class Outbox(Protocol):
    """Messages on their way to a platform, and those that are there."""

    async def put(self, post: Post) -> None:
        """Ask for a message; one with the same key becomes an edit of it."""

    async def get(self, key: str) -> Post | None:
        """One message."""

    async def at_message(self, space_id: SpaceId, channel: str, message_ref: str) -> Post | None:
        """The message that a platform knows by this id."""

    async def give_up_in(self, space_id: SpaceId, channel: str | None, reason: str) -> None:
        """Post nothing of what waits for a space, or for one channel of it."""

    async def waiting(self, key: str) -> bool:
        """Whether a message is still to be posted or edited: where it has no id yet, it may be there all the same."""

    async def waits(self, adapters: Collection[str], now: datetime) -> bool:
        """Whether there is anything to claim."""

    async def claim(self, adapters: Collection[str], worker: str, now: datetime) -> list[Claim]:
        """Messages that wait, in order; no other worker gets them for some seconds."""

    async def delivered(self, key: str, version: int, message_ref: str) -> None:
        """This version of the message is on the platform."""

    async def failed(self, key: str, reason: str, retry_at: datetime | None) -> None:
        """It could not be posted; None: never try it again."""

    async def rounds_naming(self, name: str, league_id: LeagueId) -> list[RoundId]:
        """The rounds of a league whose results name somebody."""

    async def recent(self, space_id: SpaceId, channel: str, limit: int) -> list[Post]:
        """A channel's latest messages, oldest first."""


class Audit(Protocol):
    """What was changed by hand."""

    async def add(self, entry: AuditEntry) -> None:
        """Keep an entry."""

    async def about(self, subject: str) -> list[AuditEntry]:
        """The entries about one thing, oldest first."""


class Unit(Protocol):
    """One transaction over all storage ports."""

    @property
    def banks(self) -> Banks:
        """See `Banks`."""

    @property
    def images(self) -> Images:
        """See `Images`."""

    @property
    def rounds(self) -> Rounds:
        """See `Rounds`."""

    @property
    def answers(self) -> Answers:
        """See `Answers`."""

    @property
    def boards(self) -> Boards:
        """See `Boards`."""

    @property
    def schedules(self) -> Schedules:
        """See `Schedules`."""

    @property
    def spaces(self) -> Spaces:
        """See `Spaces`."""

    @property
    def people(self) -> People:
        """See `People`."""

    @property
    def outbox(self) -> Outbox:
        """See `Outbox`."""

    @property
    def audit(self) -> Audit:
        """See `Audit`."""


class Storage(Protocol):
    """Runs work inside a transaction."""

    async def read(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        """Run ``work`` on one consistent snapshot."""

    async def write(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        """Run ``work`` and store all of it, or, when it raises, none.

        A caller that is cancelled meanwhile doesn't cut the work off: it is stored or undone as a whole.
        """

    async def check(self) -> None:
        """Write a little that changes nothing, to know whether an answer could be stored now."""
