"""What the core asks of storage.

The ports share one transaction (`Unit`), so that a use case touches several of them and either all of it is
stored or none. Every time is aware; every method may raise `StorageUnavailable`.

`get` and `lock` are for what must be there, and raise where it isn't; `find` and `lock_if_there` then return None.
"""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import Protocol, TypeVar

from bot.domain.errors import QuizbotError
from bot.domain.identity import SpaceId
from bot.ports.admissions import Admissions
from bot.ports.codes import Codes
from bot.ports.leagues import Boards, Leagues
from bot.ports.messages import Claim, Post
from bot.ports.people import People, Spaces
from bot.ports.questions import Banks, Images
from bot.ports.records import AuditEntry
from bot.ports.rounds import Answers, Rounds, Schedules
from bot.ports.wishes import Wishes

T = TypeVar("T")


class StorageUnavailable(QuizbotError):
    """The database can't be read or written now: locked for long, disk full, connection gone. Nothing was stored."""


class Outbox(Protocol):
    """Messages on their way to a platform, and those that are there."""

    async def put(self, post: Post) -> None:
        """Ask for a message; one with the same key becomes an edit of it."""

    async def find(self, key: str) -> Post | None:
        """One message; None: nobody asked for it."""

    async def at_message(self, space_id: SpaceId, channel: str, message_ref: str) -> Post | None:
        """The message that a platform knows by this id."""

    async def give_up_in(self, space_id: SpaceId, channel: str | None, reason: str) -> None:
        """Post nothing of what waits for a space, or for one channel of it."""

    async def may_stand(self, key: str) -> bool:
        """Whether somebody began to post a message that has no id yet: it may be there all the same."""

    async def waits(self, adapters: Collection[str], now: datetime) -> bool:
        """Whether there is anything to claim."""

    async def claim(self, adapters: Collection[str], worker: str, now: datetime) -> list[Claim]:
        """Messages that wait, in order; no other worker gets them for some seconds."""

    async def delivered(self, key: str, version: int, message_ref: str) -> None:
        """This version of the message is on the platform."""

    async def failed(self, key: str, reason: str, retry_at: datetime | None) -> None:
        """It could not be posted; None: never try it again."""

    async def put_off(self, claim: Claim, reason: str, retry_at: datetime) -> None:
        """It could not be posted now; nothing changes where another worker has claimed it since."""

    async def last_asked_in(self, space_id: SpaceId) -> str | None:
        """The channel of the latest public question of a space; None: there was none."""

    async def recent(self, space_id: SpaceId, channel: str, limit: int) -> list[Post]:
        """A channel's latest messages, oldest first."""


class Audit(Protocol):
    """What was done, by whom and why: a log for people. What the program goes by stands in tables of its own."""

    async def add(self, entry: AuditEntry) -> None:
        """Keep an entry."""

    async def about(self, subject: str) -> list[AuditEntry]:
        """The entries about one thing, oldest first."""


class Unit(Protocol):
    """One transaction over all storage ports."""

    banks: Banks
    images: Images
    rounds: Rounds
    answers: Answers
    boards: Boards
    schedules: Schedules
    leagues: Leagues
    spaces: Spaces
    people: People
    admissions: Admissions
    codes: Codes
    wishes: Wishes
    outbox: Outbox
    audit: Audit


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

    async def wipe(self) -> None:
        """Leave no byte of what was deleted or overwritten in files of the database that the bot alone has.

        Somebody who reads just then may keep it from that: then the next call does it.
        """
