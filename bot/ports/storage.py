"""The interface of storage.

The ports share one transaction (`Unit`), so that a use case touches several of them and either all of it is
stored or none. Every time is aware; every method may raise `StorageUnavailable`.

`get` and `lock` are for what must exist, and raise if it doesn't; `find` and `lock_if_there` then return None.
"""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import Protocol, TypeVar

from bot.domain.errors import QuizbotError
from bot.domain.identity import SpaceId
from bot.ports.admissions import Admissions
from bot.ports.codes import Codes
from bot.ports.forgetting import Forgetting
from bot.ports.hosts import Hosts
from bot.ports.leagues import Boards, Leagues
from bot.ports.messages import Claim, Lane, Post
from bot.ports.nights import Nights
from bot.ports.people import People, Spaces
from bot.ports.questions import Banks, Images
from bot.ports.readings import Readings
from bot.ports.records import AuditEntry
from bot.ports.rounds import Answers, Rounds, Schedules
from bot.ports.subscriptions import Subscriptions
from bot.ports.suggestions import Suggestions
from bot.ports.thanks import Thanks
from bot.ports.unaccepted import UnacceptedAnswers
from bot.ports.waiting_imports import WaitingImports
from bot.ports.wishes import Wishes

T = TypeVar("T")


class StorageUnavailable(QuizbotError):
    """The database can't be read or written now: locked for long, disk full, connection gone. Nothing was stored."""


class Outbox(Protocol):
    """Messages on their way to a platform, and messages already there."""

    async def put(self, post: Post) -> None:
        """Queue a message; if its key is known, the message is edited instead."""

    async def find(self, key: str) -> Post | None:
        """Return the message with this key; None if it was never queued."""

    async def at_message(self, space_id: SpaceId, channel: str, message_ref: str) -> Post | None:
        """Return the message that a platform knows by this id."""

    async def give_up_in(self, space_id: SpaceId, channel: str | None, reason: str) -> None:
        """Give up all waiting messages for a space, or for one of its channels."""

    async def may_stand(self, key: str) -> bool:
        """Whether posting of a message without an id has begun, so that it may be on the platform already."""

    async def waiting_lanes(self, adapters: Collection[str], now: datetime) -> list[Lane]:
        """Return the lanes in which messages are waiting to be claimed."""

    async def claim(
        self, adapters: Collection[str], worker: str, now: datetime, lane: Lane = Lane.CHANNELS
    ) -> list[Claim]:
        """Claim waiting messages of a lane in order; no other worker gets them for some seconds."""

    async def direct_waiting(self, space_id: SpaceId) -> int:
        """Count the direct messages that wait for people in a space."""

    async def delivered(self, key: str, version: int, message_ref: str) -> None:
        """Record that this version of a message is on the platform."""

    async def failed(self, key: str, reason: str, retry_at: datetime | None) -> None:
        """Record that a message couldn't be posted, and when to try again; None means never."""

    async def put_off(self, claim: Claim, reason: str, retry_at: datetime, *, untried: bool = False) -> None:
        """Postpone a message that can't be posted now, unless another worker has claimed it since.

        ``untried``: this attempt certainly didn't reach the platform, so it doesn't count as a try.
        """

    async def last_asked_in(self, space_id: SpaceId) -> str | None:
        """Return the channel of a space's latest public question; None if there was none."""

    async def recent(self, space_id: SpaceId, channel: str, limit: int, *, reader: str | None = None) -> list[Post]:
        """Return a channel's latest messages, oldest first: all, or those that the member ``reader`` sees."""


class Audit(Protocol):
    """A log for people: who did what, and why. The program itself never reads it to decide anything."""

    async def add(self, entry: AuditEntry) -> None:
        """Store an entry."""

    async def about(self, subject: str) -> list[AuditEntry]:
        """Return the entries about one thing, oldest first."""


class Unit(Protocol):
    """One transaction over all storage ports."""

    banks: Banks
    images: Images
    rounds: Rounds
    answers: Answers
    unaccepted: UnacceptedAnswers
    subscriptions: Subscriptions
    suggestions: Suggestions
    thanks: Thanks
    waiting_imports: WaitingImports
    readings: Readings
    boards: Boards
    schedules: Schedules
    nights: Nights
    leagues: Leagues
    spaces: Spaces
    people: People
    admissions: Admissions
    hosts: Hosts
    codes: Codes
    wishes: Wishes
    forgetting: Forgetting
    outbox: Outbox
    audit: Audit


class Storage(Protocol):
    """Runs work inside a transaction."""

    async def read(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        """Run ``work`` on one consistent snapshot."""

    async def write(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        """Run ``work``; store all its changes, or none if it raises.

        If the caller is cancelled, the work still completes: it is stored or undone as a whole.
        """

    async def check(self) -> None:
        """Make a small write that changes nothing, to find out whether an answer could be stored now."""

    async def wipe(self) -> None:
        """Remove every byte of deleted or overwritten data from database files that only the bot uses.

        Somebody who is reading at that moment may prevent it; then the next call does it.
        """
