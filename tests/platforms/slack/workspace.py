"""Workspaces and what they contain: channels, people, user groups, files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.platforms.slack.identity import App, Grant, Organisation
from tests.platforms.slack.people import User
from tests.platforms.slack.surfaces import Json, Message, Version, with_ids

if TYPE_CHECKING:
    from tests.platforms.slack.delivery import Delivery
    from tests.platforms.slack.server import SlackServer


@dataclass(slots=True, eq=False, repr=False)
class File:
    """An uploaded file; ``content`` is None until its bytes have been sent."""

    id: str
    team: "Team"
    name: str
    content: bytes | None
    title: str = ""
    owner: str = ""
    channels: list[str] = field(default_factory=list)

    def as_json(self) -> Json:
        """How the Web API shows it."""
        url = f"{self.team.server.address}/files-pri/{self.team.id}-{self.id}/{self.name}"
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": "text/plain",
            "filetype": self.name.rpartition(".")[2],
            "user": self.owner,
            "size": len(self.content or b""),
            "mode": "hosted",
            "channels": self.channels,
            "url_private": url,
            "url_private_download": url,
        }


@dataclass(slots=True, eq=False, repr=False)
class UserGroup:
    """People who can be mentioned by one handle."""

    id: str
    team: "Team"
    handle: str
    name: str
    members: list[User]

    def as_json(self, *, users: bool) -> Json:
        """How the Web API shows it."""
        shown = {"id": self.id, "team_id": self.team.id, "handle": self.handle, "name": self.name}
        shown |= {"is_usergroup": True, "date_delete": 0, "user_count": len(self.members)}
        return shown | ({"users": [one.id for one in self.members]} if users else {})


@dataclass(slots=True, eq=False, repr=False)
class Channel:
    """A conversation: public, private, or direct with one person.

    Attributes:
        members: the ids of its members, the bot's own included.
        posted: every message by its ts, also deleted ones.
        refusal: the error that the bot gets for whatever it writes here.
    """

    id: str
    team: "Team"
    name: str
    private: bool = False
    direct: bool = False
    members: list[str] = field(default_factory=list)
    posted: dict[str, Message] = field(default_factory=dict)
    archived: bool = False
    refusal: str | None = None

    @property
    def messages(self) -> list[Message]:
        """The messages in the channel, oldest first."""
        return [one for one in self.posted.values() if not one.deleted]

    @property
    def shown(self) -> list[Message]:
        """What somebody sees in the channel who opens no thread."""
        return [one for one in self.messages if not one.thread_ts or one.broadcast]

    @property
    def has_bot(self) -> bool:
        """Whether the bot is in the channel."""
        return self.team.bot.id in self.members

    @property
    def family(self) -> str:
        """The first word of the scopes that the channel's kind needs, such as ``channels`` or ``groups``."""
        return "im" if self.direct else "groups" if self.private else "channels"

    async def sees(self, text: str) -> Message:
        """Wait for a message that shows the text, and return the newest such message."""
        return await self.team.server.shown(text, lambda: self.messages)

    async def archive(self) -> "Delivery":
        """Let an admin archive the channel."""
        self.archived = True
        return await self._tell("archive", user=self.team.someone.id)

    async def unarchive(self) -> "Delivery":
        """Let an admin bring the archived channel back."""
        self.archived = False
        return await self._tell("unarchive", user=self.team.someone.id)

    async def delete(self) -> "Delivery":
        """Let an admin delete the channel with everything in it."""
        del self.team.channels[self.id]
        return await self._tell("deleted")

    async def share(self) -> "Delivery":
        """Let somebody share the private channel with another workspace, which gives it another id for good.

        https://docs.slack.dev/reference/events/channel_id_changed
        """
        old, self.id = self.id, self.team.server.next_id("C")
        self.team.channels[self.id] = self.team.channels.pop(old)
        event = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": self.id}
        return await self.team.server.event(self.team, event, about=self)

    async def remove_bot(self) -> "Delivery":
        """Let somebody remove the bot from the channel."""
        self.members.remove(self.team.bot.id)
        return await self._tell("left")

    async def invite_bot(self) -> "Delivery":
        """Let somebody add the bot to the channel."""
        self.members.append(self.team.bot.id)
        return await self.team.server.event(self.team, self.joined(self.team.bot), about=self)

    def refuse_bot(self, error: str | None = "restricted_action") -> None:
        """Make everything that the bot writes here fail with this error; None ends that."""
        self.refusal = error

    def joined(self, user: User) -> Json:
        """Return the event that tells of somebody's joining the channel."""
        kind = "G" if self.private else "C"
        event = {"type": "member_joined_channel", "user": user.id, "channel": self.id, "channel_type": kind}
        return event | {"team": self.team.id, "inviter": self.team.someone.id}

    async def _tell(self, what: str, **more: Any) -> "Delivery":
        prefix = "group" if self.private else "channel"
        return await self.team.server.event(self.team, {"type": f"{prefix}_{what}", "channel": self.id, **more})

    def write(
        self, author: User, text: str, blocks: Sequence[Json] = (), *, link_names: bool = False, **more: Any
    ) -> Message:
        """Put a message into the channel; with ``ephemeral_to`` only that person sees it."""
        server = self.team.server
        version = Version(server.clock.now(), text, with_ids(list(blocks)), link_names)
        message = Message(self, author, server.next_ts(), [version], **more)
        if message.ephemeral_to is not None:
            message.ephemeral_to.ephemerals.append(message)
        else:
            self.posted[message.ts] = message
            if message.thread_ts:
                self.posted[message.thread_ts].replies.append(message)
        server.written.append(message)
        return message

    def message(self, ts: str) -> Message | None:
        """Return the message with this ts, if it is in the channel."""
        message = self.posted.get(ts)
        return None if message is None or message.deleted else message

    def as_json(self) -> Json:
        """How the Web API shows it."""
        shown = {"id": self.id, "created": 1_700_000_000, "is_archived": self.archived, "is_im": self.direct}
        if self.direct:
            return shown | {"user": next(one for one in self.members if one != self.team.bot.id)}
        shown |= {"name": self.name, "name_normalized": self.name, "is_channel": not self.private}
        shown |= {"is_group": self.private, "is_private": self.private, "is_mpim": False, "is_member": self.has_bot}
        return shown | {
            "is_general": False,
            "is_shared": False,
            "is_ext_shared": False,
            "context_team_id": self.team.id,
        }


@dataclass(slots=True, eq=False, repr=False)
class Team:
    """A workspace. ``bot`` is the app's own user there; ``grant`` its token, None before it is installed.

    Where it belongs to an ``organisation``, people's ids begin with W.
    """

    server: "SlackServer"
    id: str
    name: str
    domain: str
    bot_id: str
    organisation: Organisation | None = None
    bot: User = field(init=False)
    grant: Grant | None = None
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    groups: dict[str, UserGroup] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bot = User(self, self.server.next_id("U"), "quizbot", is_bot=True)
        self.users[self.bot.id] = self.bot

    @property
    def app(self) -> App:
        """The app, which the workspace can install."""
        return self.server.app

    @property
    def bot_token(self) -> str:
        """The bot's token for this workspace; AssertionError if the app isn't installed."""
        if self.grant is None:
            raise AssertionError(f"nobody has installed the app in {self.name}")
        return self.grant.token

    @property
    def enterprise_id(self) -> str | None:
        """The id of the organisation that it belongs to, or None."""
        return self.organisation.id if self.organisation else None

    @property
    def named_organisation(self) -> Json:
        """The fields of a payload that name the organisation; none without one."""
        return (
            {"enterprise_id": self.organisation.id, "enterprise_name": self.organisation.name}
            if self.organisation
            else {}
        )

    @property
    def someone(self) -> User:
        """The person who acts if a test names nobody: the first one here, else the bot."""
        return next((one for one in self.users.values() if not one.is_bot), self.bot)

    def add_user(self, name: str, *, channels: Iterable[Channel] | None = None, **more: Any) -> User:
        """Add a person, to all channels or only to these; ``more`` may be ``admin=True``, ``tz=…`` and the like."""
        user = User(self, self.server.next_id("W" if self.organisation else "U"), name, **more)
        self.users[user.id] = user
        for channel in self.channels.values() if channels is None else channels:
            if not channel.direct:
                channel.members.append(user.id)
        return user

    async def joined_by(self, name: str, **more: Any) -> tuple[User, "Delivery"]:
        """Let somebody join the workspace, and tell the bot."""
        user = self.add_user(name, **more)
        return user, await self.server.event(self, {"type": "team_join", "user": user.as_json()})

    def add_channel(self, name: str, *, private: bool = False, bot: bool = True) -> Channel:
        """Add a channel with everybody in the workspace, and with the bot unless ``bot`` is false."""
        members = [one.id for one in self.users.values() if not one.is_bot]
        channel = Channel(self.server.next_id("C"), self, name, private, members=members)
        if bot:
            channel.members.append(self.bot.id)
        self.channels[channel.id] = channel
        return channel

    def add_group(self, handle: str, members: Sequence[User]) -> UserGroup:
        """Add a user group."""
        group = UserGroup(self.server.next_id("S"), self, handle, handle.title(), list(members))
        self.groups[group.id] = group
        return group

    def direct(self, user: User) -> Channel:
        """Return the direct conversation between the bot and a person; it is made when it is first asked for."""
        for channel in self.channels.values():
            if channel.direct and user.id in channel.members:
                return channel
        channel = Channel(self.server.next_id("D"), self, "", direct=True, members=[user.id, self.bot.id])
        self.channels[channel.id] = channel
        return channel
