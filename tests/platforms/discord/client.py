"""A bot on the real discord.py that does nothing by itself, to test this server."""

import asyncio
import threading
import warnings
from collections.abc import Awaitable, Callable
from typing import Any

from tests.platforms.discord.changes import Changes

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # discord.py's voice part imports audioop
    import discord
    from discord.gateway import KeepAliveHandler

__all__ = ["USUAL", "Bot", "discord"]

USUAL = discord.Intents(guilds=True, messages=True, reactions=True)


class Bot(discord.AutoShardedClient):
    """A bot that registers no commands and records the events it hears.

    Attributes:
        heard: the names of all events, in order.
        on_click: called when somebody uses a button or a menu; None: nobody answers.
    """

    def __init__(self, intents: discord.Intents = USUAL, **options: Any) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.05, **options)
        self.tree = discord.app_commands.CommandTree(self)
        self.heard: list[str] = []
        self.changes = Changes()
        self.on_click: Callable[[discord.Interaction], Awaitable[None]] | None = None

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify without waiting: this server allows it."""

    async def close(self) -> None:
        """Close, and wait for the heartbeat threads to end: one in mid-beat would find the event loop closed."""
        await super().close()
        for thread in threading.enumerate():
            if isinstance(thread, KeepAliveHandler):
                thread.stop()
                await asyncio.to_thread(thread.join, 2.0)

    async def on_socket_event_type(self, name: str) -> None:
        """Record the name of an event."""
        self.heard.append(name)
        self.changes.announce()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Pass clicks on to the test."""
        if interaction.type is discord.InteractionType.component and self.on_click is not None:
            await self.on_click(interaction)

    async def hears(self, name: str, times: int = 1) -> None:
        """Wait until the event ``name`` has come ``times`` times."""
        await self.changes.until(lambda: self.heard.count(name) >= times, f"the bot's hearing {name}")

    def knows(self, guild_id: int) -> bool:
        """Whether the bot has received all data of a guild."""
        guild = self.get_guild(guild_id)
        return guild is not None and not guild.unavailable
