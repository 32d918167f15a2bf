"""Where the adapter reaches below what discord.py documents (its HTTP client in `rest` is the other place).

- Other servers with Discord's interface are spoken to through two attributes of its classes.
- Interactions are taken before discord.py makes objects of them, which costs more than all else that a click needs;
  its views would cost five times as much.
- Heartbeats have threads, and that of a connection which broke outlives it.
- READY names all servers that the bot is in; discord.py keeps those, too, that it was thrown out of meanwhile.
"""

import asyncio
import threading
from collections.abc import Callable

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import Route
from typing_extensions import override

from adapters.discord.controls import Json
from adapters.discord.gate import Gate

INTENTS = discord.Intents(guilds=True, guild_messages=True, guild_reactions=True)
"""None of them is privileged. Messages: only to hear that one was deleted."""

_LAST_BEAT_S = 2.0
_FREE = "/interactions/"
"""What doesn't count against the limit of all requests: the first reply to an interaction."""


class Client(discord.AutoShardedClient):
    """discord.py's client, with as many connections as Discord recommends, keeping no messages."""

    def __init__(self, gate: Gate, *, identify_pause: float, guilds_within: float) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody misses a voice
        super().__init__(
            intents=INTENTS,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            http_trace=gated(gate),
            guild_ready_timeout=guilds_within,
            max_ratelimit_timeout=30.0,
        )
        self._identify_pause = identify_pause

    @override
    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Discord wants five seconds between two new sessions."""
        if not initial:
            await asyncio.sleep(self._identify_pause)


def end_heartbeats(client: discord.Client) -> None:
    """See the threads end that beat for a client, also for a connection that it lost: the loop is about to close."""
    for thread in threading.enumerate():
        if isinstance(thread, KeepAliveHandler) and thread.ws._connection is client._connection:  # noqa: SLF001 - above
            thread.stop()
            thread.join(_LAST_BEAT_S)


def redirect(api_base: str | None, gateway_url: str | None) -> None:
    """Let discord.py speak to another server that has the same interface."""
    if api_base is not None:
        Route.BASE = api_base.rstrip("/")
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


def hear_interactions(client: discord.Client, take: Callable[[Json], None]) -> None:
    """Take interactions as they come in, in place of discord.py."""
    client._connection.parsers["INTERACTION_CREATE"] = take  # noqa: SLF001 - see above


def hear_ready(client: discord.Client, note: Callable[[Json], None]) -> None:
    """See what READY says, before discord.py does."""
    parsers = client._connection.parsers  # noqa: SLF001 - see above
    parse = parsers["READY"]

    def note_and_parse(data: Json) -> None:
        note(data)
        parse(data)

    parsers["READY"] = note_and_parse


def gated(gate: Gate) -> aiohttp.TraceConfig:
    """Make every request wait for its turn as the last thing before it is sent, after all of discord.py's waiting."""

    async def wait(_session: aiohttp.ClientSession, _about: object, request: aiohttp.TraceRequestStartParams) -> None:
        if _FREE not in request.url.path:
            await gate.turn()

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(wait)
    return trace
