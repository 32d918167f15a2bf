"""What the core asks of the outside: time, ids, storage and platforms.

The storage ports below share one transaction (`Unit`), so that a use case touches several of them and either
all of it is stored or none. Every time is aware; every method may raise `StorageUnavailable`.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from bot.domain.answers import Answer, AnswerOutcome, SubmitAnswer
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
)
from bot.domain.questions import Question
from bot.domain.rounds import Round
from bot.domain.series import Series, Timetable
from bot.domain.standings import Score
from bot.domain.views import MessageView

T = TypeVar("T")

NextFire = Callable[[Timetable, datetime], datetime]
"""The first moment after the given one at which a timetable asks."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, in UTC."""


class Ids(Protocol):
    """Makes ids that are unique over all processes of a group."""

    def next(self) -> int:
        """A new id: positive, below 2**63, later ones greater."""


class StorageUnavailable(QuizbotError):
    """The database can't be read or written now: locked for long, disk full, connection gone. Nothing was stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A named, versioned set of questions. ``space_id`` None: it belongs to every space."""

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
class QuestionFilter:
    """Which questions may be drawn: those of a bank, or of all banks a space has, on a topic, of a difficulty."""

    space_id: SpaceId
    bank: str | None = None
    topic: str | None = None
    difficulty: str | None = None


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

    async def asked_on(self, series_id: SeriesId, due_on: date) -> bool:
        """Whether a series has had its question for this local date."""

    async def due_to_close(self, now: datetime, adapters: Collection[str]) -> list[RoundId]:
        """Open rounds whose time is over, in spaces of these adapters."""

    async def answered(self, round_ids: Collection[RoundId]) -> dict[RoundId, int]:
        """How many players' answers stand in each of these rounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A counted answer as its player looks back on it; ``points`` in parts of a point."""

    day: date
    right: bool
    points: int
    question_id: QuestionId
    topic: str | None


class Answers(Protocol):
    """The answers that stand."""

    async def of_round(self, round_id: RoundId) -> list[Answer]:
        """All answers of a round, first to last."""

    async def of_member(self, member: Member, round_ids: Collection[RoundId]) -> dict[RoundId, Answer]:
        """What one member answered in each of these rounds."""

    async def save_grades(self, round_: Round, graded: Sequence[Answer]) -> None:
        """Store these answers' grades (None: they don't count) and bring all totals along."""

    async def history(self, member: Member) -> list[Played]:
        """Every counted answer of a player, oldest first."""

    async def misgraded(self) -> list[str]:
        """Answers whose stored grade isn't the one that their round's key gives; empty: none."""


class Boards(Protocol):
    """Totals: a player's sums per league and period, kept in the same transaction as the answers."""

    async def scores(self, periods: Mapping[LeagueId, str]) -> list[Score]:
        """Each player's sums over these leagues' periods; the player's team is told for a single league."""

    async def top(self, league_id: LeagueId, period: str, limit: int) -> list[Score]:
        """The best players of a league, best first."""

    async def place(self, league_id: LeagueId, period: str, player_id: PlayerId) -> tuple[int, Score] | None:
        """A player's place and sums; None without an answer."""

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


class People(Protocol):
    """Spaces, leagues, members, players and teams."""

    async def space(self, adapter: str, external_id: str) -> Space | None:
        """The space that an adapter knows by this id."""

    async def space_by_id(self, space_id: SpaceId) -> Space | None:
        """One space."""

    async def add_space(self, space: Space) -> None:
        """Store a new space."""

    async def league(self, league_id: LeagueId) -> League | None:
        """One league."""

    async def leagues(self) -> list[League]:
        """All leagues by name."""

    async def add_league(self, league: League) -> None:
        """Store a new league."""

    async def player(self, member: Member) -> PlayerId | None:
        """The player behind a member; None before the first answer or command that needed one."""

    async def ensure_player(self, member: Member) -> PlayerId:
        """The player behind a member, made where there is none; the member's name is kept up to date."""

    async def names(self, player_ids: Collection[PlayerId]) -> dict[PlayerId, str]:
        """Players' names."""

    async def teams(self, league_id: LeagueId) -> list[Team]:
        """A league's teams with their members' names, by name."""

    async def add_team(self, team: Team) -> None:
        """Store a new team."""

    async def join_team(self, team: Team, player_id: PlayerId) -> None:
        """Put a player into a team of the league, and out of any other there."""

    async def leave_team(self, league_id: LeagueId, player_id: PlayerId) -> str | None:
        """Take a player out of the league's team; the team's name, or None where there was none."""

    async def forget(self, player_id: PlayerId) -> None:
        """Delete a player with all answers, totals, memberships and names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message to be on a platform: the outbox row that a use case leaves behind and delivery makes true.

    Attributes:
        key: stable name of the message, at most 25 characters: what makes posting it twice impossible.
        reply_to: key of the post that it answers.
        private_to: external id of the one member who may see it.
        version: counts up with every edit.
        message_ref: the platform's own id; None until it was posted.
    """

    key: str
    space_id: SpaceId
    channel: str
    view: MessageView
    posted_at: datetime
    round_id: RoundId | None = None
    reply_to: str | None = None
    private_to: str | None = None
    version: int = 1
    message_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A message that one worker alone may post ``until`` then; ``tries`` counts the attempts before."""

    post: Post
    adapter: str
    tries: int
    until: datetime


class Outbox(Protocol):
    """Messages on their way to a platform, and those that are there."""

    async def put(self, post: Post) -> None:
        """Ask for a message; one with the same key becomes an edit of it."""

    async def get(self, key: str) -> Post | None:
        """One message."""

    async def waits(self, adapters: Collection[str], now: datetime) -> bool:
        """Whether there is anything to claim."""

    async def claim(self, adapters: Collection[str], worker: str, now: datetime) -> list[Claim]:
        """Messages that wait, in order; no other worker gets them for some seconds."""

    async def delivered(self, key: str, version: int, message_ref: str) -> None:
        """This version of the message is on the platform."""

    async def failed(self, key: str, reason: str, retry_at: datetime | None) -> None:
        """It could not be posted; None: never try it again."""

    async def rounds_naming(self, text: str) -> list[RoundId]:
        """The rounds whose messages hold a text."""

    async def recent(self, space_id: SpaceId, channel: str, limit: int) -> list[Post]:
        """A channel's latest messages, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what, when and why."""

    at: datetime
    actor: str
    action: str
    subject: str
    details: str


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


class AnswerWriter(Protocol):
    """The one way in for answers."""

    async def submit(self, submitted: SubmitAnswer) -> AnswerOutcome:
        """Store an answer together with others that wait; returns once it is on disk.

        Raises:
            Busy: too many wait already; nothing was stored.
        """


class MessengerError(QuizbotError):
    """A platform didn't do what it was asked."""


class Gone(MessengerError):
    """The channel or message is no longer there."""


class Forbidden(MessengerError):
    """The bot lacks a permission there."""


class RateLimited(MessengerError):
    """Too fast; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"retry after {retry_after:g} s")
        self.retry_after = retry_after


class OutcomeUnknown(MessengerError):
    """The platform may or may not have done it: look before trying again."""


class Messenger(Protocol):
    """One platform, as far as the core posts on it. Every method may raise a `MessengerError`."""

    async def post(self, post: Post) -> str:
        """Post a message and return the platform's id of it."""

    async def find(self, post: Post) -> str | None:
        """The platform's id of a message that an earlier try may have posted."""

    async def edit(self, post: Post) -> None:
        """Bring a posted message up to date with ``post.view``."""

    async def show_count(self, post: Post, answered: int) -> None:
        """Show in the posted question how many have answered; the messenger drops counts that come too fast."""
