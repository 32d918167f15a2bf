"""The interface of a platform: post, find and edit messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.errors import QuizbotError
from bot.domain.identity import Member, RoundId, Seniority, SpaceId
from bot.domain.views import MessageView

HOSTS = "admins"  # as the database has always stored it
"""The channel of a post for the hosts of a space: the platform knows who they are and how to reach them."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message for a platform: a use case puts it into the outbox, and delivery posts it.

    Attributes:
        key: the message's stable name, at most 25 characters, which prevents posting it twice.
        channel: the platform's id of the channel, or `HOSTS`.
        reply_to: key of the post that it answers.
        reply_ref: the platform's id of that post, if known when posting.
        private_to: external id of the one member who may see it.
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
    version: int = 1
    message_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A message that only one worker may post ``until`` a moment.

    Attributes:
        language: the language of the space that it goes to.
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
    """The channel is gone, archived or closed to the bot; the text tells a host in words what is missing."""


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
        """Post a message and return the platform's id of it."""

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
