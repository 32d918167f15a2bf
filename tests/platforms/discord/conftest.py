"""A server for each test, and the real discord.py as its client."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import yarl

from tests.platforms.discord import Channel, DiscordServer, Guild, Message, User
from tests.platforms.discord.client import Bot, discord

Start = Callable[..., Awaitable[Bot]]


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordServer]:
    """A running server, which discord.py in this process takes for Discord."""
    async with DiscordServer() as one:
        monkeypatch.setattr(discord.http.Route, "BASE", one.api_base)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(one.gateway_url))
        yield one


@pytest.fixture
def guild(server: DiscordServer) -> Guild:
    """A guild with the bot in it."""
    return server.add_guild("Study group")


@pytest.fixture
def channel(guild: Guild) -> Channel:
    """A channel where the bot has all permissions that it needs."""
    return guild.add_channel("general")


@pytest.fixture
def ada(server: DiscordServer, guild: Guild) -> User:
    """Ada, a member of the guild."""
    return server.add_user("Ada", guild)


@pytest.fixture
async def start(server: DiscordServer) -> AsyncIterator[Start]:
    """A function that starts bots; they stop after the test."""
    async with contextlib.AsyncExitStack() as stack:

        async def start_one(**options: object) -> Bot:
            bot = await stack.enter_async_context(Bot(**options))
            await bot.login(server.token)
            running = asyncio.create_task(bot.connect())
            stack.push_async_callback(_end, bot, running)
            await bot.wait_until_ready()
            wanted = [each.id for each in server.world.guilds.values() if each.bot_is_in]
            await bot.changes.until(lambda: all(map(bot.knows, wanted)), "the bot's knowing its guilds")
            return bot

        yield start_one


@pytest.fixture
async def bot(start: Start, channel: Channel) -> Bot:
    """A connected bot that knows the channel."""
    return await start()


@pytest.fixture
def venue(bot: Bot, channel: Channel) -> "discord.TextChannel":
    """The channel, as the bot sees it."""
    return bot.get_channel(channel.id)


@pytest.fixture
async def message(channel: Channel, venue: "discord.TextChannel") -> Message:
    """A message that the bot posted in the channel."""
    await venue.send("Hello")
    return channel.last


async def _end(bot: Bot, running: asyncio.Task[None]) -> None:
    await bot.close()
    await running
