"""What there is on Discord: people, guilds, channels, messages."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from tests.platforms.discord.clock import time_of
from tests.platforms.discord.demand import demand
from tests.platforms.discord.permissions import EVERYBODY, EVERYTHING, INVITED, May

if TYPE_CHECKING:
    from tests.platforms.discord.mentions import Pings
    from tests.platforms.discord.world import World

Json = dict[str, Any]

EPHEMERAL = 1 << 6
LOADING = 1 << 7


class ChannelKind(IntEnum):
    """Sorts of channels: https://discord.com/developers/docs/resources/channel#channel-object-channel-types."""

    TEXT = 0
    DIRECT = 1
    VOICE = 2
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    FORUM = 15


@dataclass(eq=False, kw_only=True)
class User:
    """An account.

    Attributes:
        takes_messages: whether this user accepts direct messages; if not, they are refused (50007).
    """

    id: int
    name: str
    is_bot: bool = False
    locale: str = "en-US"
    takes_messages: bool = True

    @property
    def mention(self) -> str:
        """The text that mentions this user in a message."""
        return f"<@{self.id}>"


@dataclass(eq=False, kw_only=True)
class Role:
    """A set of permissions with a name."""

    id: int
    name: str
    may: May
    mentionable: bool = False


@dataclass(eq=False, kw_only=True)
class Member:
    """An account in a guild."""

    user: User
    roles: list[Role]
    joined_at: datetime


@dataclass(eq=False, kw_only=True)
class Guild:
    """A guild, which people call a server. Everybody has its first role, whose id is that of the guild."""

    id: int
    name: str
    owner: User
    world: "World"
    bot_is_in: bool = True
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, "Channel"] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.roles.append(Role(id=self.id, name="@everyone", may=EVERYBODY))

    def add_channel(self, name: str, bot_may: May = INVITED) -> "Channel":
        """Make a text channel, where people have the permissions of their roles, and the bot has ``bot_may``."""
        return self.world.add_channel(self, name, bot_may)

    def add_voice_channel(self, name: str) -> "Channel":
        """Make a voice channel, which has a chat."""
        return self.world.add_channel(self, name, kind=ChannelKind.VOICE)

    def add_announcement_channel(self, name: str) -> "Channel":
        """Make a channel that others can follow."""
        return self.world.add_channel(self, name, kind=ChannelKind.ANNOUNCEMENT)

    def add_post(self, forum: str, title: str) -> "Channel":
        """Make a forum with a post, which is a thread; nobody can write in the forum itself."""
        return self.world.add_channel(self, forum, kind=ChannelKind.FORUM).add_thread(title)

    def add_role(self, name: str, *members: User, mentionable: bool = False) -> Role:
        """Make a role without permissions, and give it to some members."""
        return self.world.add_role(self, name, *members, mentionable=mentionable)

    def add_member(self, user: User, may: May = May.NOTHING) -> Member:
        """Let a user in; permissions beyond everybody's become a role of their own."""
        return self.world.add_member(self, user, may)

    def permissions_of(self, user: User) -> May:
        """Return a member's permissions in the guild."""
        if user is self.owner:
            return EVERYTHING
        may = self.roles[0].may
        for role in self.members[user.id].roles:
            may |= role.may
        return EVERYTHING if May.ADMINISTRATE in may else may


@dataclass(eq=False, kw_only=True)
class Channel:
    """A channel or thread of a guild, or a direct channel between the bot and ``recipient``.

    Attributes:
        kind: what sort of channel it is.
        parent: the channel that a thread belongs to; the bot may do the same there.
        archived: whether a thread is closed until somebody writes in it.
        locked: whether only people with MANAGE_THREADS may write in a thread, or reopen it.
        messages: what everybody sees in it, oldest first; ephemeral replies aren't in it.
    """

    id: int
    world: "World"
    name: str = ""
    guild: Guild | None = None
    recipient: User | None = None
    bot_may: May = EVERYTHING
    kind: ChannelKind = ChannelKind.TEXT
    parent: "Channel | None" = None
    archived: bool = False
    locked: bool = False
    messages: dict[int, "Message"] = field(default_factory=dict)

    @property
    def last(self) -> "Message":
        """The newest message."""
        demand(self.messages, f"nothing stands in #{self.name or 'dm'}")
        return self.messages[max(self.messages)]

    @property
    def to_write(self) -> May:
        """The permission that writing here needs."""
        return May.SEND_MESSAGES if self.parent is None else May.SEND_MESSAGES_IN_THREADS

    def add_thread(self, name: str) -> "Channel":
        """Start a thread that belongs to no message."""
        return self.world.add_thread(self, name)

    def change(self, *, archived: bool | None = None, locked: bool | None = None) -> None:
        """Archive, reopen, lock or unlock a thread, as a moderator would."""
        self.archived = self.archived if archived is None else archived
        self.locked = self.locked if locked is None else locked
        self.world.announce("THREAD_UPDATE", self)

    def let_bot(self, may: May) -> None:
        """Change the bot's permissions here, as an administrator would, and tell the bot."""
        self.bot_may = may
        self.world.announce("CHANNEL_UPDATE", self)


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file on a message, or one given to a command."""

    id: int
    filename: str
    content: bytes
    url: str
    content_type: str
    description: str | None = None


@dataclass(eq=False, kw_only=True)
class Message:
    """A message. Its lists of embeds and components are as Discord returns them.

    Attributes:
        reactions: who reacted with each emoji; emoji in the order of their first use.
        super_reactions: which of these are super reactions, as emoji and user id.
        pings: whom posting it notified.
        edits: how often it was edited.
        interaction: the interaction it replies to, as Discord describes it.
        thread: the name of the thread that was opened under it.
    """

    id: int
    channel: Channel
    author: User
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    nonce: str | int | None = None
    reply_to: "Message | None" = None
    reactions: dict[str, dict[int, User]] = field(default_factory=dict)
    super_reactions: set[tuple[str, int]] = field(default_factory=set)
    pings: "Pings | None" = None
    edits: int = 0
    edited_at: datetime | None = None
    edits_while_old: int = 0
    interaction: Json | None = None
    thread: str | None = None

    @property
    def world(self) -> "World":
        """The world that the message is in."""
        return self.channel.world

    @property
    def posted_at(self) -> datetime:
        """When the message was posted."""
        return time_of(self.id)

    def reacted(self, emoji: str, *, burst: bool) -> dict[int, User]:
        """Return who reacted with an emoji, in the normal way or (``burst``) with a super reaction."""
        people = self.reactions.get(emoji, {})
        return {number: user for number, user in people.items() if ((emoji, number) in self.super_reactions) is burst}

    @property
    def is_ephemeral(self) -> bool:
        """Whether only the user of the interaction sees the message."""
        return bool(self.flags & EPHEMERAL)

    @property
    def is_there(self) -> bool:
        """Whether the message is still in its channel, for everybody to see."""
        return self.id in self.channel.messages

    @property
    def controls(self) -> list[Json]:
        """The message's buttons and menus, row by row."""
        return [control for row in self.components for control in row["components"]]

    def control(self, custom_id: str) -> Json:
        """Return the button or menu with this id.

        Raises:
            AssertionError: nobody could use it: it isn't there, or it is disabled.
        """
        for control in self.controls:
            if control.get("custom_id") == custom_id:
                demand(not control.get("disabled"), f"{custom_id!r} is disabled")
                return control
        there = [control.get("custom_id") for control in self.controls]
        raise AssertionError(f"no {custom_id!r} on the message, only {there}")

    def button(self, label: str) -> str:
        """Return the custom_id of the button with this label."""
        for control in self.controls:
            if control.get("label") == label:
                return str(control["custom_id"])
        raise AssertionError(f"no button {label!r} on the message")
