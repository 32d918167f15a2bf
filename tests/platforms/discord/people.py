"""What people do: click, choose, type, react, invite, throw out."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from tests.platforms.discord import modals
from tests.platforms.discord.commands import Commands
from tests.platforms.discord.component_limits import BUTTON, MENU, bounds
from tests.platforms.discord.demand import demand
from tests.platforms.discord.gateway import Gateway
from tests.platforms.discord.interactions import Interaction, Kind, payload
from tests.platforms.discord.model import Attachment, Channel, Guild, Json, Message, Role, User
from tests.platforms.discord.permissions import EVERYTHING, May
from tests.platforms.discord.rest_interactions import InteractionRoutes
from tests.platforms.discord.typing_commands import TypedCommand, check_visible
from tests.platforms.discord.world import World


class People:
    """What people can do. Every method that is awaited returns once the bot has been told, if it is connected.

    What a client would not let a person do, such as using a disabled button or unknown command, is an AssertionError.
    With ``unchecked`` it is done anyway, as by a client that is out of date or malicious.
    """

    def __init__(self, world: World, gateway: Gateway, commands: Commands, answers: InteractionRoutes) -> None:
        self._world = world
        self._gateway = gateway
        self._commands = commands
        self._answers = answers
        self.interactions: list[Interaction] = []

    def add_user(self, name: str, *guilds: Guild, may: May = May.NOTHING, locale: str = "en-US") -> User:
        """Make a user who is a member of these guilds, with the permissions ``may`` beyond everybody's."""
        user = self._world.add_user(name, locale=locale)
        for guild in guilds:
            guild.add_member(user, may)
        return user

    def add_guild(self, name: str = "Study group", *, owner: User | None = None, with_bot: bool = True) -> Guild:
        """Make a guild; the bot is in it at once, unless a test wants to invite it later."""
        return self._world.add_guild(name, owner=owner or self._world.add_user(f"{name}'s owner"), with_bot=with_bot)

    def upload(self, filename: str, content: bytes) -> Attachment:
        """Store a file that can then be given to a command."""
        return self._world.store_file(filename, content)

    async def click(self, user: User, message: Message, custom_id: str, *, unchecked: bool = False) -> Interaction:
        """Click a button."""
        if not unchecked:
            demand(message.control(custom_id)["type"] == BUTTON, f"{custom_id!r} is no button")
        data = {"custom_id": custom_id, "component_type": BUTTON, "id": 1}
        return await self._interact(Kind.COMPONENT, user, message.channel, data, message)

    async def select(
        self, user: User, message: Message, custom_id: str, values: Sequence[str], *, unchecked: bool = False
    ) -> Interaction:
        """Choose values in a menu."""
        if not unchecked:
            menu = message.control(custom_id)
            demand(menu["type"] == MENU, f"{custom_id!r} is no menu")
            fewest, most = bounds(menu)
            demand(fewest <= len(values) <= most, f"{custom_id!r} takes {fewest} to {most} values")
            offered = [option["value"] for option in menu["options"]]
            demand(set(values) <= set(offered), f"{custom_id!r} offers {offered}, not {list(values)}")
        data = {"custom_id": custom_id, "component_type": MENU, "id": 1, "values": list(values)}
        return await self._interact(Kind.COMPONENT, user, message.channel, data, message)

    async def submit(
        self, opened: Interaction, texts: Mapping[str, str], *, unchecked: bool = False, custom_id: str = ""
    ) -> Interaction:
        """Fill in the modal that a click has opened, and submit it; ``texts`` are by the custom_ids of its inputs.

        It stays on the screen whatever becomes of the bot, and can be submitted again if nothing acknowledges it. With
        another ``custom_id`` or ``unchecked`` it is submitted as no client would.
        """
        modal = opened.modal or {}
        demand(modal, f"{opened} has opened no modal")
        data = modals.filled_in(modal, texts, unchecked=unchecked)
        data["custom_id"] = custom_id or modal["custom_id"]
        return await self._interact(Kind.SUBMITTED_MODAL, opened.user, opened.channel, data, opened.message)

    async def command(
        self,
        user: User,
        channel: Channel,
        line: str,
        options: Mapping[str, Any] | None = None,
        *,
        unchecked: bool = False,
    ) -> Interaction:
        """Send a command, such as "daily set", with its options; people, channels and files are passed as objects.

        With ``unchecked`` it is sent even if it is hidden from this user.
        """
        known = self._commands.known(channel.guild)
        data = TypedCommand(known, channel.guild).data(line, options or {})
        if not unchecked:
            may = channel.guild.permissions_of(user) if channel.guild else EVERYTHING
            allowed = self._commands.allowed(channel.guild, data["name"], user) if channel.guild else None
            check_visible(known[data["name"]], may, allowed, in_guild=channel.guild is not None)
        return await self._interact(Kind.COMMAND, user, channel, data)

    def allow(self, guild: Guild, command: str, whom: Role | User, *, allowed: bool = True) -> None:
        """Open a command to a role or member, or close it, as an admin does in the server's settings."""
        self._commands.allow(guild, command, whom, allowed=allowed)

    async def delete_role(self, guild: Guild, role: Role) -> None:
        """Delete a role, as somebody who manages roles can."""
        self._world.delete_role(guild, role)
        await self._gateway.flush()

    async def autocomplete(
        self,
        user: User,
        channel: Channel,
        line: str,
        focused: str,
        typed: str = "",
        options: Mapping[str, Any] | None = None,
    ) -> Interaction:
        """Type into the option ``focused`` of a command; other options may be filled in already."""
        known = self._commands.known(channel.guild)
        data = TypedCommand(known, channel.guild).data(line, {**(options or {}), focused: typed}, focused)
        return await self._interact(Kind.AUTOCOMPLETE, user, channel, data)

    async def direct(self, user: User) -> Channel:
        """Return the direct channel between a user and the bot."""
        return self._world.direct_channel(user)

    async def react(self, user: User, message: Message, emoji: str, *, burst: bool = False) -> None:
        """Add a reaction, or (``burst``) a super reaction."""
        self._world.react(user, message, emoji, burst=burst)
        await self._gateway.flush()

    async def unreact(self, user: User, message: Message, emoji: str) -> None:
        """Remove a user's own reaction."""
        self._world.unreact(user, message, emoji)
        await self._gateway.flush()

    async def delete_message(self, message: Message) -> None:
        """Delete a message, as a moderator can."""
        self._world.delete_message(message)
        await self._gateway.flush()

    async def delete_channel(self, channel: Channel) -> None:
        """Delete a channel."""
        self._world.delete_channel(channel)
        await self._gateway.flush()

    async def kick_bot(self, guild: Guild) -> None:
        """Remove the bot from a guild."""
        self._world.put_bot_out(guild)
        await self._gateway.flush()

    async def invite_bot(self, guild: Guild, by: User, *, told: bool = True) -> None:
        """Invite the bot into a guild, as somebody who manages the guild can.

        Args:
            guild: the guild that the bot comes into.
            by: who invites it.
            told: whether the bot hears of it at once; Discord doesn't promise that this event comes before the first
                command from the guild.
        """
        demand(May.MANAGE_GUILD in guild.permissions_of(by), f"{by.name} may not invite a bot")
        self._world.let_bot_in(guild, told=told)
        await self._gateway.flush()

    async def tell_of_arrival(self, guild: Guild) -> None:
        """Tell the bot of a guild that it was invited into earlier."""
        self._world.told_where_it_is(guild)
        await self._gateway.flush()

    async def _interact(
        self, kind: Kind, user: User, channel: Channel, data: Json, message: Message | None = None
    ) -> Interaction:
        interaction = Interaction(
            id=self._world.ids.next(),
            token=secrets.token_urlsafe(96),
            kind=kind,
            user=user,
            channel=channel,
            data=data,
            world=self._world,
            dispatched_at=self._world.clock.elapsed(),
            message=message,
        )
        self.interactions.append(interaction)
        self._answers.expect(interaction)
        self._world.emit("INTERACTION_CREATE", payload(interaction), channel.guild)
        await self._gateway.flush()
        return interaction
