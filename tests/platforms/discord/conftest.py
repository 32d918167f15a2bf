"""A server for each test, and the real discord.py as its client."""

import asyncio
import contextlib
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import yarl

from tests.platforms.discord import DiscordServer
from tests.platforms.discord.changes import Changes

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # discord.py's voice part imports audioop
    import discord
    from discord.gateway import DiscordWebSocket
    from discord.http import Route


class Bot(discord.AutoShardedClient):
    """A client that registers nothing by itself and notes what it hears."""

    def __init__(self, intents: discord.Intents, **options: Any) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.05, **options)
        self.tree = discord.app_commands.CommandTree(self)
        self.heard: list[str] = []
        self.changes = Changes()
        self.on_click: Callable[[discord.Interaction], Awaitable[None]] | None = None

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: this server doesn't mind."""

    async def on_socket_event_type(self, name: str) -> None:
        self.heard.append(name)
        self.changes.announce()

    async def hears(self, name: str, times: int = 1, within: float = 5.0) -> None:
        """Wait until an event has come so many times."""
        await self.changes.until(lambda: self.heard.count(name) >= times, within, f"the bot's hearing {name}")

    def knows(self, guild_id: int) -> bool:
        """Whether it was told all about a guild."""
        guild = self.get_guild(guild_id)
        return guild is not None and not guild.unavailable

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component and self.on_click is not None:
            await self.on_click(interaction)


Start = Callable[..., Awaitable[Bot]]


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordServer]:
    """A server that the process's discord.py takes for Discord."""
    async with DiscordServer() as one:
        monkeypatch.setattr(Route, "BASE", one.api_base)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(one.gateway_url))
        yield one


@pytest.fixture
async def start(server: DiscordServer) -> AsyncIterator[Start]:
    """Starts bots, and stops them after the test."""
    async with contextlib.AsyncExitStack() as stack:

        async def start_one(**options: Any) -> Bot:
            intents = discord.Intents(guilds=True, messages=True, reactions=True)
            bot = await stack.enter_async_context(Bot(intents, **options))
            await bot.login(server.token)
            running = asyncio.create_task(bot.connect())
            stack.push_async_callback(_end, bot, running)
            await bot.wait_until_ready()
            wanted = [each.id for each in server.world.guilds.values() if each.bot_is_in]
            await bot.changes.until(lambda: all(map(bot.knows, wanted)), 5.0, "the bot's knowing its guilds")
            return bot

        yield start_one


@pytest.fixture
async def bot(start: Start) -> Bot:
    """A bot that is connected."""
    return await start()


async def _end(bot: Bot, running: asyncio.Task[None]) -> None:
    await bot.close()
    await running
