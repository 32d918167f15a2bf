"""Track where the bot is: servers it joins and leaves, and deleted channels and messages."""

from collections.abc import Collection

import discord

from adapters.discord.controls import Json
from adapters.discord.servers import Servers, where_to_welcome
from adapters.discord.spaces import Spaces
from bot.application import Application
from bot.domain.identity import Space
from bot.i18n import gettext as _
from bot.rendering.words import literal
from bot.services.platforms.gone import channel_gone, group_gone, message_gone
from bot.services.turns import Turns


class Presence:
    """Keeps the core's spaces in step with the servers; its ``on_…`` methods hear the gateway's events."""

    def __init__(self, app: Application, spaces: Spaces, servers: Servers) -> None:
        self._app = app
        self._spaces = spaces
        self._servers = servers
        self._turns = Turns()
        self._in: dict[int, set[str]] = {}

    def note_ready(self, ready: Json) -> None:
        """Note the servers that a new session names, including those that Discord can't serve right now."""
        self._in[ready["shard"][0]] = {guild["id"] for guild in ready["guilds"]}

    async def catch_up(self, servers: Collection[discord.Guild]) -> None:
        """Record which servers the bot joined or left while offline; Discord described ``servers`` in full."""
        present = set().union(*self._in.values())
        for space in await self._spaces.present():
            if space.external_id not in present:
                await self._spaces.depart(space.external_id)
        for server in servers:
            if str(server.id) in present:
                await self._be_in(server)

    async def meet(self, guild: str) -> Space:
        """Return the space of the server that a command comes from, even if Discord hasn't announced the server yet.

        Raises:
            Forbidden: the bot isn't in the server; the text says what to do.
            MessengerError: Discord can't be asked right now.
        """
        known = await self._spaces.of(guild)
        return known if known and known.left_at is None else await self._be_in(await self._servers.server(guild))

    async def _be_in(self, server: discord.Guild) -> Space:
        guild = str(server.id)
        async with self._turns.of(guild):
            self._in.setdefault(server.shard_id, set()).add(guild)
            known = await self._spaces.of(guild)
            if known is not None and known.left_at is None:
                return known
            return await self._spaces.arrive(guild, server.name, welcome_in=where_to_welcome(server))

    async def on_guild_join(self, server: discord.Guild) -> None:
        """Handle an invitation to a server."""
        await self._be_in(server)

    async def on_guild_available(self, server: discord.Guild) -> None:
        """Handle a server that Discord can serve again; the bot may have been invited meanwhile."""
        await self._be_in(server)

    async def on_guild_remove(self, server: discord.Guild) -> None:
        """Handle the bot's removal from a server, or the server's deletion."""
        self._in.get(server.shard_id, set()).discard(str(server.id))
        async with self._turns.of(str(server.id)):
            await self._spaces.depart(str(server.id))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Handle a deleted channel."""
        await self._channel_gone(channel.guild.id, channel.id, channel.name)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Handle a deleted role."""
        if space := await self._spaces.of(str(role.guild.id)):
            await group_gone(self._app, space, str(role.id))

    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Handle a deleted thread."""
        await self._channel_gone(event.guild_id, event.thread_id, event.thread.name if event.thread else "")

    async def _channel_gone(self, guild: int, channel: int, name: str) -> None:
        if space := await self._spaces.of(str(guild)):
            reason = _("The channel #{channel} was deleted.").format(channel=literal(name or str(channel)))
            await channel_gone(self._app, space, str(channel), reason)

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Handle a deleted message, by any author."""
        await self._messages_gone(event.guild_id, event.channel_id, {event.message_id})

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Handle many messages deleted at once."""
        await self._messages_gone(event.guild_id, event.channel_id, event.message_ids)

    async def _messages_gone(self, guild: int | None, channel: int, messages: Collection[int]) -> None:
        if guild is not None and (space := await self._spaces.of(str(guild))):
            for message in messages:
                await message_gone(self._app, space, str(channel), str(message))
