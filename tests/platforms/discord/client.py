"""A bot on the real discord.py, which does nothing by itself: for the tests of this server."""

import asyncio
import threading
import warnings
from collections.abc import Awaitable, Callable
from typing import Any

from tests.patience import PATIENCE_S
from tests.platforms.discord.changes import Changes

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # discord.py's voice part imports audioop
    import discord
    from discord.gateway import KeepAliveHandler

__all__ = ["USUAL", "Bot", "discord"]

USUAL = discord.Intents(guilds=True, messages=True, reactions=True)


class Bot(discord.AutoShardedClient):
    """Registers nothing by itself, and notes what it hears.

    Attributes:
        heard: the names of all events.
        on_click: what answers buttons and menus.
    """

    def __init__(self, intents: discord.Intents = USUAL, **options: Any) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.05, **options)
        self.tree = discord.app_commands.CommandTree(self)
        self.heard: list[str] = []
        self.changes = Changes()
        self.on_click: Callable[[discord.Interaction], Awaitable[None]] | None = None

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: this server doesn't mind."""

    async def close(self) -> None:
        """Close, and see the threads end that beat for it: one in mid-beat would meet a loop that is closed."""
        await super().close()
        for thread in threading.enumerate():
            if isinstance(thread, KeepAliveHandler):
                thread.stop()
                await asyncio.to_thread(thread.join, 2.0)

    async def on_socket_event_type(self, name: str) -> None:
        """Note an event."""
        self.heard.append(name)
        self.changes.announce()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Leave clicks to the test."""
        if interaction.type is discord.InteractionType.component and self.on_click is not None:
            await self.on_click(interaction)

    async def hears(self, name: str, times: int = 1, within: float = PATIENCE_S) -> None:
        """Wait until an event has come so many times."""
        await self.changes.until(lambda: self.heard.count(name) >= times, f"the bot's hearing {name}", within)

    def knows(self, guild_id: int) -> bool:
        """Whether it was told all about a guild."""
        guild = self.get_guild(guild_id)
        return guild is not None and not guild.unavailable
