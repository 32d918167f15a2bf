"""Open and watch the gateway's connections, and explain failures."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import aiohttp
import discord
import structlog
from discord.http import Route

from adapters.discord.library import Client, end_heartbeats
from adapters.discord.spaces import ADAPTER
from bot.domain.errors import BadInput, QuizbotError
from bot.i18n import gettext as _
from bot.ports import Clock
from bot.services.absences import Absences

_EACH_SHARD_S = 6.0
"""Seconds for each connection to start: Discord lets them identify five seconds apart."""

_BAD_TOKEN, _BAD_INTENTS = 4004, 4014

_log = structlog.get_logger(__name__)


class Connection:
    """All connections of one client; listens to the gateway through its ``on_…`` methods."""

    def __init__(
        self, client: Client, clock: Clock, absences: Absences, catch_up: Callable[[], Awaitable[None]]
    ) -> None:
        """Set up without connecting; `open` connects.

        Args:
            client: discord.py's client.
            clock: tells since when a connection is lost.
            absences: records when events may have been lost.
            catch_up: called whenever events may have been missed.
        """
        self._client = client
        self._clock = clock
        self._absences = absences
        self._catch_up = catch_up
        self._ready: set[int] = set()
        self._down_since: dict[int, datetime] = {}
        self._all_ready = asyncio.Event()
        self._caught_up = False
        self._running: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None

    async def open(self, shards: int, patience: float) -> None:
        """Connect; return once the bot has caught up on everything it missed.

        Raises:
            discord.DiscordException: Discord refused.
            TimeoutError: it takes too long.
        """
        self._client.shard_count = shards
        for shard in range(shards):
            self._absences.begin(ADAPTER, shard)
        self._running = asyncio.create_task(self._client.connect(), name="discord gateway")
        ready = asyncio.create_task(self._all_ready.wait())
        done, _pending = await asyncio.wait(
            {self._running, ready}, timeout=patience + shards * _EACH_SHARD_S, return_when=asyncio.FIRST_COMPLETED
        )
        ready.cancel()
        if self._running in done:
            await self._running
        if not done:
            raise TimeoutError
        self._watch = asyncio.create_task(self._say_why_it_ends(self._running), name="discord gateway's end")
        self._caught_up = True  # a session that begins during it has more to catch up on
        await self._catch_up()

    async def _say_why_it_ends(self, running: asyncio.Task[None]) -> None:
        """Log why the connection ended for good, such as a reset token; ``/readyz`` reports it from then on."""
        try:
            with explained():
                await asyncio.shield(running)
        except BadInput as error:
            _log.error("discord_ended", reason=str(error))
        except Exception as error:  # noqa: BLE001 - discord.py couldn't read how a session begins
            _log.error("discord_ended", reason=type(error).__name__)

    async def close(self) -> None:
        """Close all connections, then the client."""
        if not self._client.is_closed():
            await self._client.close()
        if self._watch is not None:
            self._watch.cancel()
        if self._running is not None:
            self._running.cancel()  # discord.py retries forever if the gateway can't be reached
            await asyncio.gather(self._running, return_exceptions=True)
        await asyncio.to_thread(end_heartbeats, self._client)

    def problem(self) -> str | None:
        """Say why no events arrive; None if they do."""
        if self._running is None:
            return _("It is not connected: it hasn't been started.")
        if self._running.done():
            error = None if self._running.cancelled() else self._running.exception()
            return _("It is not connected: {reason}").format(reason=error or _("it was stopped"))
        if not self._all_ready.is_set():
            return _("It is not connected: it is still starting.")
        if self._down_since:
            since = min(self._down_since.values())
            return _(
                "It has not been connected since {time} UTC: the connection broke, and the bot is trying again."
            ).format(time=f"{since:%Y-%m-%d %H:%M:%S}")
        return None

    async def on_shard_ready(self, shard: int) -> None:
        """Handle a new session: events from before it are lost."""
        self._down_since.pop(shard, None)
        self._absences.end(ADAPTER, shard, lost_until=self._clock.now())
        self._ready.add(shard)
        if len(self._ready) == self._client.shard_count:
            self._all_ready.set()
        if self._caught_up:
            _log.info("session_begun_anew", shard=shard)
            try:
                await self._catch_up()
            except QuizbotError as error:
                _log.warning("not_caught_up", reason=str(error))

    async def on_shard_resumed(self, shard: int) -> None:
        """Handle a resumed session: Discord delivers the events it missed."""
        self._down_since.pop(shard, None)
        self._absences.end(ADAPTER, shard, lost_until=None)

    async def on_shard_disconnect(self, shard: int) -> None:
        """Note that a connection broke; discord.py reconnects by itself."""
        self._down_since.setdefault(shard, self._clock.now())
        self._absences.begin(ADAPTER, shard)


@contextmanager
def explained() -> Iterator[None]:
    """Turn an error that keeps the bot from Discord into one line that says what to do."""
    try:
        yield
    except discord.LoginFailure:
        raise BadInput(_bad_token()) from None
    except discord.PrivilegedIntentsRequired:
        raise BadInput(_bad_intents()) from None
    except discord.ConnectionClosed as error:
        known = {_BAD_TOKEN: _bad_token(), _BAD_INTENTS: _bad_intents()}
        raise BadInput(known.get(error.code, _unreachable(str(error)))) from None
    except (discord.HTTPException, discord.GatewayNotFound, discord.RateLimited) as error:
        raise BadInput(_unreachable(str(error))) from None
    except TimeoutError:
        raise BadInput(_unreachable(_("the gateway doesn't answer"))) from None
    except (aiohttp.ClientError, OSError) as error:
        raise BadInput(_unreachable(getattr(error, "strerror", None) or str(error) or repr(error))) from None


def _bad_token() -> str:
    return _(
        "Discord doesn't know this DISCORD_TOKEN. Make a new one: discord.com/developers/applications, your "
        "application, Bot, Reset Token."
    )


def _bad_intents() -> str:
    return _(
        "Discord refuses the bot's intents, although they need no approval. Open "
        "discord.com/developers/applications, your application, Bot. If the bot was disabled, create a new "
        "one."
    )


def _unreachable(reason: str) -> str:
    return _(
        "Discord can't be reached at {address}: {reason}. Check the network, and DISCORD_API_BASE if it is set."
    ).format(address=Route.BASE, reason=reason.rstrip("."))
