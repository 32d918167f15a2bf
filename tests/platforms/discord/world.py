"""The state of the whole platform, and the changes to it."""

import mimetypes
from collections.abc import Callable
from datetime import UTC, datetime

from tests.platforms.discord import payloads
from tests.platforms.discord.changes import Changes
from tests.platforms.discord.clock import ServerClock, Snowflakes, guild_snowflake
from tests.platforms.discord.model import Attachment, Channel, ChannelKind, Guild, Json, Member, Message, Role, User
from tests.platforms.discord.permissions import INVITED, May

Emit = Callable[[str, Json, Guild | None], None]


class World:
    """Guilds, people, channels, messages, files.

    Attributes:
        emit: tells the gateway's sessions what happened; the gateway sets it.
        base: the beginning of the addresses of files.
        application: what GET /applications/@me says beside ids and names; a test may change it.
        old_edits: how many edits a message older than an hour accepts before error 30046; None: any number.
    """

    def __init__(self, clock: ServerClock, changes: Changes) -> None:
        self.clock = clock
        self.changes = changes
        self.ids = Snowflakes(clock.now)
        self.emit: Emit = lambda _event, _data, _guild: None
        self.base = ""
        self.old_edits: int | None = None
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.attachments: dict[int, Attachment] = {}
        self.bot = self.add_user("Quizbot", is_bot=True)
        self.application_id = self.ids.next()
        self.application: Json = {
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "interactions_endpoint_url": None,
            "flags": 0,
        }

    def now(self) -> datetime:
        """Return the server's time."""
        return datetime.fromtimestamp(self.clock.now(), UTC)

    def add_user(self, name: str, *, is_bot: bool = False, locale: str = "en-US") -> User:
        """Make a user account."""
        user = User(id=self.ids.next(), name=name, is_bot=is_bot, locale=locale)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, *, owner: User, with_bot: bool = True) -> Guild:
        """Make a guild; the bot is in it at once, unless a test wants to invite it later."""
        guild = Guild(id=guild_snowflake(len(self.guilds)), name=name, owner=owner, world=self, bot_is_in=False)
        self.guilds[guild.id] = guild
        self.add_member(guild, owner)
        if with_bot:
            self.let_bot_in(guild)
        return guild

    def add_member(self, guild: Guild, user: User, may: May = May.NOTHING) -> Member:
        """Let a user into a guild; permissions beyond everybody's become a role of their own."""
        roles = []
        if may:
            roles.append(Role(id=self.ids.next(), name=f"{user.name}'s", may=may))
            guild.roles.extend(roles)
            for each in roles:
                body = {"guild_id": str(guild.id), "role": payloads.role(each, len(guild.roles) - 1)}
                self._tell(guild, "GUILD_ROLE_CREATE", body)
        member = Member(user=user, roles=roles, joined_at=self.now())
        guild.members[user.id] = member
        if user is not self.bot:
            self._tell(guild, "GUILD_MEMBER_ADD", payloads.member(member) | {"guild_id": str(guild.id)})
        return member

    def add_role(self, guild: Guild, name: str, *members: User, mentionable: bool = False) -> Role:
        """Make a role without permissions, and give it to some members."""
        role = Role(id=self.ids.next(), name=name, may=May.NOTHING, mentionable=mentionable)
        guild.roles.append(role)
        body = {"guild_id": str(guild.id), "role": payloads.role(role, len(guild.roles) - 1)}
        self._tell(guild, "GUILD_ROLE_CREATE", body)
        for user in members:
            guild.members[user.id].roles.append(role)
        return role

    def delete_role(self, guild: Guild, role: Role) -> None:
        """Take a role from the guild and its members."""
        guild.roles.remove(role)
        for member in guild.members.values():
            member.roles = [one for one in member.roles if one is not role]
        self._tell(guild, "GUILD_ROLE_DELETE", {"guild_id": str(guild.id), "role_id": str(role.id)})

    def add_channel(
        self, guild: Guild, name: str, bot_may: May = INVITED, *, kind: ChannelKind = ChannelKind.TEXT
    ) -> Channel:
        """Make a channel in a guild, and tell the bot of it."""
        channel = Channel(id=self.ids.next(), world=self, name=name, guild=guild, bot_may=bot_may, kind=kind)
        guild.channels[channel.id] = self.channels[channel.id] = channel
        self.announce("CHANNEL_CREATE", channel)
        return channel

    def add_thread(self, parent: Channel, name: str) -> Channel:
        """Start a thread in a channel of a guild, and tell the bot of it."""
        is_news = parent.kind is ChannelKind.ANNOUNCEMENT
        kind = ChannelKind.ANNOUNCEMENT_THREAD if is_news else ChannelKind.PUBLIC_THREAD
        thread = Channel(
            id=self.ids.next(),
            world=self,
            name=name,
            guild=parent.guild,
            bot_may=parent.bot_may,
            kind=kind,
            parent=parent,
        )
        self.channels[thread.id] = thread
        self.announce("THREAD_CREATE", thread)
        return thread

    def direct_channel(self, user: User) -> Channel:
        """Return the direct channel between the bot and a user; it is made when it is first asked for."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        channel = Channel(id=self.ids.next(), world=self, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def announce(self, event: str, channel: Channel) -> None:
        """Tell the bot of a change to a guild's channel."""
        if channel.guild is not None:
            self._tell(channel.guild, event, payloads.channel(channel))

    def let_bot_in(self, guild: Guild, *, told: bool = True) -> None:
        """Put the bot into a guild, and tell it so, unless a test does that later with `told_where_it_is`."""
        guild.bot_is_in = True
        self.add_member(guild, self.bot, INVITED)
        if told:
            self.told_where_it_is(guild)

    def told_where_it_is(self, guild: Guild) -> None:
        """Send GUILD_CREATE, see https://discord.com/developers/docs/events/gateway-events#guild-create."""
        self._tell(guild, "GUILD_CREATE", payloads.guild_create(guild, with_members=False))

    def put_bot_out(self, guild: Guild) -> None:
        """Remove the bot from a guild, and tell it so."""
        self._tell(guild, "GUILD_DELETE", {"id": str(guild.id)})
        guild.bot_is_in = False
        guild.members.pop(self.bot.id, None)

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel with everything in it, and tell the bot."""
        self.announce("CHANNEL_DELETE", channel)
        del self.channels[channel.id]
        channel.messages.clear()
        if channel.guild is not None:
            del channel.guild.channels[channel.id]

    def delete_message(self, message: Message) -> None:
        """Delete a message, and tell the bot."""
        del message.channel.messages[message.id]
        self.tell_of(message.channel, "MESSAGE_DELETE", {"id": str(message.id)})

    def react(self, user: User, message: Message, emoji: str, *, burst: bool = False) -> None:
        """Add a reaction, or (``burst``) a super reaction; adding it again changes nothing."""
        people = message.reactions.setdefault(emoji, {})
        if user.id in people:
            return
        people[user.id] = user
        if burst:
            message.super_reactions.add((emoji, user.id))
        guild = message.channel.guild
        more = {"member": payloads.member(guild.members[user.id])} if guild and user.id in guild.members else {}
        self.tell_of(
            message.channel,
            "MESSAGE_REACTION_ADD",
            _reaction(user, message, emoji, burst=burst) | more | {"message_author_id": str(message.author.id)},
        )

    def unreact(self, user: User, message: Message, emoji: str) -> None:
        """Remove a reaction, if it is there."""
        people = message.reactions.get(emoji, {})
        if people.pop(user.id, None) is None:
            return
        if not people:
            del message.reactions[emoji]
        burst = (emoji, user.id) in message.super_reactions
        message.super_reactions.discard((emoji, user.id))
        self.tell_of(message.channel, "MESSAGE_REACTION_REMOVE", _reaction(user, message, emoji, burst=burst))

    def store_file(self, filename: str, content: bytes, description: str | None = None) -> Attachment:
        """Store a file, and give it an address where it can be fetched."""
        number = self.ids.next()
        kept = Attachment(
            id=number,
            filename=filename,
            content=content,
            url=f"{self.base}/attachments/{number}/{filename}",
            content_type=mimetypes.guess_type(filename)[0] or "application/octet-stream",
            description=description,
        )
        self.attachments[number] = kept
        return kept

    def describe(self, message: Message) -> Json:
        """Return a message as the bot sees it."""
        return payloads.message(message, self.bot, self.application_id)

    def tell_of(self, channel: Channel, event: str, data: Json) -> None:
        """Send the bot an event of a channel."""
        whereabouts = {"channel_id": str(channel.id)}
        if channel.guild is not None:
            whereabouts["guild_id"] = str(channel.guild.id)
            self._tell(channel.guild, event, data | whereabouts)
        else:
            self.emit(event, data | whereabouts, None)

    def _tell(self, guild: Guild, event: str, data: Json) -> None:
        if guild.bot_is_in:
            self.emit(event, data, guild)


def _reaction(user: User, message: Message, emoji: str, *, burst: bool) -> Json:
    return {
        "user_id": str(user.id),
        "message_id": str(message.id),
        "emoji": payloads.emoji(emoji),
        "burst": burst,
        "type": int(burst),
    }
