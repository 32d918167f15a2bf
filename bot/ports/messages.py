"""The interface of a platform: post, find and edit messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum, auto
from typing import Protocol

from bot.domain.errors import QuizbotError
from bot.domain.identity import Member, RoundId, Seniority, SpaceId
from bot.domain.views import MessageView

HOSTS = "admins"  # as the database has always stored it
"""The channel of a post for the hosts of a space: the platform knows who they are and how to reach them."""


class Lane(Enum):
    """Which of the waiting messages are delivered together; those of one lane never wait for the other's."""

    CHANNELS = auto()
    """Everything that is posted in a channel."""
    DIRECT = auto()


class PostKind(StrEnum):
    """The purpose of a message."""

    QUESTION = "question"
    RESULT = "result"
    WEEK = "week"
    """Last week's leaderboard."""
    SEASON = "season"
    """A season's final standings."""
    NIGHT = "night"
    """The podium of a quiz night."""
    NOTICE = "notice"
    """Any notice to the hosts or to a channel."""
    DIRECT = "direct"
    """A message to one member who may not be there: a direct message, where the platform has them."""
    THREAD = "thread"
    """No message, but a thread under the post that it replies to; queued by a messenger that can't open it at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message for a platform: a use case puts it into the outbox, and delivery posts it.

    Attributes:
        key: the message's stable name, at most 25 characters, which prevents posting it twice.
        channel: the platform's id of the channel, or `HOSTS`; that of a direct message is the channel it comes from.
        round_id: the round that it belongs to. A direct message about a round is a reminder of it.
        reply_to: key of the post that it answers; a direct message links to that post.
        reply_ref: the platform's id of that post, if known when posting.
        private_to: external id of the one member who may see it.
        language: the one that ``view`` is in; None: that of the space.
        version: counts up with every edit.
        message_ref: the platform's own id; None until it was posted.
    """

    key: str
    space_id: SpaceId
    channel: str
    view: MessageView
    posted_at: datetime
    kind: PostKind = PostKind.NOTICE
    round_id: RoundId | None = None
    reply_to: str | None = None
    reply_ref: str | None = None
    private_to: str | None = None
    language: str | None = None
    version: int = 1
    message_ref: str | None = None

    @property
    def is_direct(self) -> bool:
        """Whether it is a direct message to ``private_to``, rather than a message in the channel."""
        return self.kind is PostKind.DIRECT

    @property
    def is_whisper(self) -> bool:
        """Whether only one member sees it in the channel."""
        return self.private_to is not None and not self.is_direct


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A message that only one worker may post ``until`` a moment.

    Attributes:
        language: the language of what the platform's adapter adds, such as when a question closes.
        tries: how many attempts there were before.
    """

    post: Post
    adapter: str
    language: str
    tries: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactions:
    """The reactions on a message, as 0-based positions by member.

    Attributes:
        complete: whether these are all the reactions; if not, some may have been hidden.
        seniority: when the people who reacted joined, as far as the platform tells, by external id.
    """

    put_on: Mapping[Member, frozenset[int]]
    complete: bool = True
    seniority: Mapping[str, Seniority] = field(default_factory=dict)


class MessengerError(QuizbotError):
    """A platform didn't do what it was asked to do."""


class Gone(MessengerError):
    """The message is no longer there."""


class Forbidden(MessengerError):
    """The channel is gone, archived or closed to the bot; the text tells a host in words what is missing.

    For a direct message: the member doesn't accept any from the bot.
    """


class Locked(MessengerError):
    """The thread takes no messages and no changes until somebody unlocks it; the text tells a host what to do."""


class RateLimited(MessengerError):
    """Too many requests; try again after ``retry_after`` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"retry after {retry_after:g} s")
        self.retry_after = retry_after


class OutcomeUnknown(MessengerError):
    """The platform may or may not have done it: check before trying again."""


class Messenger(Protocol):
    """Posts messages on one platform. Every method may raise a `MessengerError`."""

    async def post(self, post: Post) -> str:
        """Post a message and return the platform's id of it.

        A direct message reaches its member even long after they last did something.
        """

    async def find(self, post: Post) -> str | None:
        """Look for a message that an earlier try may have posted; return the platform's id of it."""

    async def edit(self, post: Post) -> None:
        """Change a posted message to ``post.view``."""

    async def show_count(self, post: Post, answered: int) -> None:
        """Show in the posted question how many have answered; the messenger drops counts that come too fast."""

    async def reactions(self, post: Post) -> Reactions | None:
        """Return who put which reactions on a posted question, without the bot's own.

        None if the platform's reactions are the stored answers themselves, so there is nothing to read.
        """
