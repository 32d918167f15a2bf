"""The parts that rely on undocumented details of discord.py (`rest`, with its HTTP client, is the other one).

- Two attributes of its classes point it at another server with Discord's interface.
- Interactions are taken before discord.py makes objects of them, which costs more than all else that a click needs;
  its views would cost five times as much.
- An error in reading one event would end the connection for good.
- Heartbeats run in threads, and the thread of a broken connection outlives it.
- Nobody waits for the tasks that handle events, and those under way when the bot stops would use a closed database.
- Requests wait for rate limits at our own `buckets`, in place of its ``get_ratelimit``.
- READY names all servers that the bot is in; discord.py keeps those, too, that it was thrown out of meanwhile.
"""

import asyncio
import re
import threading
import traceback
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import Route
from typing_extensions import override

from adapters.common.background import Background
from adapters.discord.buckets import PATIENCE_S, wait_by_route
from adapters.discord.controls import Json
from adapters.discord.gate import Gate
from adapters.discord.session_starts import SessionStarts
from bot.metrics import malformed

INTENTS = discord.Intents(guilds=True, guild_messages=True, guild_reactions=True)
"""The intents that the bot asks for; none is privileged. Messages are only for hearing that one was deleted."""

_ID = re.compile(r"[0-9]{1,20}")
_IDS = ("id", "guild_id", "channel_id", "user_id", "message_id")
_BEGINNINGS = frozenset({"READY", "RESUMED"})
_LAST_BEAT_S = 2.0
_log = structlog.get_logger(__name__)


class Client(discord.AutoShardedClient):
    """discord.py's client, with as many connections as Discord recommends and no message cache."""

    def __init__(
        self,
        gate: Gate,
        *,
        identify_pause: float,
        guilds_within: float,
        patience: float = PATIENCE_S,
        session_starts: SessionStarts | None = None,
    ) -> None:
        """Set up without connecting; a request waits for its rate limit for ``patience`` seconds at most."""
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody misses a voice
        super().__init__(
            intents=INTENTS,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            http_trace=gated(gate),
            guild_ready_timeout=guilds_within,
            max_ratelimit_timeout=PATIENCE_S,  # for refusals that nobody could expect
        )
        wait_by_route(self.http, patience)
        self._identify_pause = identify_pause
        self._session_starts = session_starts or SessionStarts()
        self._handling = Background()

    async def finish(self, within: float) -> None:
        """Wait for the handlers of events that came in; cancel those that take longer than so many seconds."""
        await self._handling.finish(within)

    @override
    def _schedule_event(
        self, coro: Callable[..., Coroutine[Any, Any, Any]], event_name: str, *args: Any, **kwargs: Any
    ) -> asyncio.Task[None]:
        return self._handling.start(self._run_event(coro, event_name, *args, **kwargs), event_name)

    @override
    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait between two new sessions: Discord wants five seconds."""
        if not initial:
            await asyncio.sleep(self._identify_pause)
        await self._session_starts.begin()


def end_heartbeats(client: discord.Client) -> None:
    """Wait for a client's heartbeat threads to end, even those of lost connections, before the loop closes."""
    for thread in threading.enumerate():
        if isinstance(thread, KeepAliveHandler) and thread.ws._connection is client._connection:  # noqa: SLF001 - above
            thread.stop()
            thread.join(_LAST_BEAT_S)


def redirect(api_base: str | None, gateway_url: str | None) -> None:
    """Point discord.py at another server with Discord's interface."""
    if api_base is not None:
        Route.BASE = api_base.rstrip("/")
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


def hear_interactions(client: discord.Client, take: Callable[[Json], None]) -> None:
    """Handle raw interactions in place of discord.py."""
    client._connection.parsers["INTERACTION_CREATE"] = take  # noqa: SLF001 - see above


def hear_ready(client: discord.Client, note: Callable[[Json], None]) -> None:
    """Read READY before discord.py does."""
    parsers = client._connection.parsers  # noqa: SLF001 - see above
    parse = parsers["READY"]

    def note_and_parse(data: Json) -> None:
        note(data)
        parse(data)

    parsers["READY"] = note_and_parse


def ignore_messages(client: discord.Client) -> None:
    """Let discord.py skip what people write, in all servers: making objects of it is most of the work with an event."""
    for name in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
        client._connection.parsers.pop(name)  # noqa: SLF001 - see above


def drop_malformed(client: discord.Client) -> None:
    """Skip events that discord.py can't read or whose ids or names are malformed, and log their type.

    Those that begin a session aren't skipped: without them nothing else comes in, so their error must end it.
    """
    parsers = client._connection.parsers  # noqa: SLF001 - see above
    for name, parse in parsers.items():
        if name not in _BEGINNINGS:
            parsers[name] = partial(_parse_or_drop, name, parse)


def _parse_or_drop(name: str, parse: Callable[[Json], None], data: Json) -> None:
    """Read an event; log an error by its type and where it was raised, not by its text, which may quote people."""
    try:
        _check_form(data)
    except (ValueError, TypeError, AttributeError) as error:
        malformed.labels("discord").inc()
        _log.warning("event_malformed", name=name, error=type(error).__name__)
        return
    try:
        parse(data)
    except Exception as error:  # noqa: BLE001 - whatever is wrong in one event, the others must come in
        malformed.labels("discord").inc()
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        _log.error("event_unreadable", name=name, error=type(error).__name__, where=where)


def _check_form(data: Json) -> None:
    """Raise an error if an id or a name is malformed; discord.py accepts as an id anything that ``int`` does."""
    for key in _IDS:
        if data.get(key) is not None and not _ID.fullmatch(data[key]):
            raise ValueError(key)
    for named in (data, data.get("emoji") or {}, *(data.get("channels") or ())):
        if not isinstance(named.get("name"), str | None):
            raise TypeError("name")


def gated(gate: Gate) -> aiohttp.TraceConfig:
    """Make every request wait at the gate right before it is sent, after all of discord.py's own waiting."""

    async def wait(_session: aiohttp.ClientSession, _about: object, _request: object) -> None:
        await gate.turn()

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(wait)
    return trace
