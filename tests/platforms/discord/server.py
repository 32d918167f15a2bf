"""The server: one port on loopback for REST, gateway and files."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from tests.platforms.discord.api import PREFIX, Api
from tests.platforms.discord.changes import Changes
from tests.platforms.discord.clock import ServerClock
from tests.platforms.discord.commands import Commands
from tests.platforms.discord.errors import Refusal
from tests.platforms.discord.faults import Faults
from tests.platforms.discord.gateway import Gateway
from tests.platforms.discord.model import User
from tests.platforms.discord.people import People
from tests.platforms.discord.ratelimits import RateLimits
from tests.platforms.discord.recording import Payload, Recording, Request
from tests.platforms.discord.rest_interactions import InteractionRoutes
from tests.platforms.discord.rest_messages import MessageRoutes
from tests.platforms.discord.rest_spaces import SpaceRoutes
from tests.platforms.discord.world import World

T = TypeVar("T")

_HOST = "127.0.0.1"


class DiscordServer(People):
    """A Discord for one bot, used as an async context manager.

    Args:
        wall: the clock of ids and timestamps, in seconds since 1970.

    Attributes:
        token: the bot's token; once it is changed, the old one is refused.
        clock: the server's time; ``clock.advance(60)`` moves it by a minute.
        gateway: sessions and connections, and trouble with them.
        faults: planned trouble with requests.
        rate_limits: rate limits, which are off until ``rate_limits.on = True``.
        recording: everything that the bot sent.
        interactions: every click and command, in order.
    """

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self.token = "a-token-for-tests"
        self.clock = ServerClock(wall)
        self._changes = Changes()
        self.world = World(self.clock, self._changes)
        self.recording = Recording()
        self.gateway = Gateway(self.world, self.recording, lambda: self.token, self.reset_token)
        self.world.emit = self.gateway.emit
        self.commands = Commands(self.world)
        self.rate_limits = RateLimits(self.clock)
        self.faults = Faults(self.rate_limits)
        self._answers = InteractionRoutes(self.world)
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1.0)
        super().__init__(self.world, self.gateway, self.commands, self._answers)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, _HOST, 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.world.base = f"http://{_HOST}:{port}"
        self.gateway.url = f"ws://{_HOST}:{port}/gateway"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.gateway.close()
        await self._runner.cleanup()

    @property
    def api_base(self) -> str:
        """The address below which REST is served."""
        return self.world.base + PREFIX

    @property
    def gateway_url(self) -> str:
        """The address of the gateway."""
        return self.gateway.url

    @property
    def bot(self) -> User:
        """The bot's own account."""
        return self.world.bot

    @property
    def requests(self) -> list[Request]:
        """Every REST request of the bot, in order."""
        return self.recording.requests

    @property
    def payloads(self) -> list[Payload]:
        """Every payload that the bot sent through the gateway, in order."""
        return self.recording.payloads

    def reset_token(self) -> None:
        """Give the bot another token, as its owner or Discord itself can."""
        self.token = f"{self.token}-after-a-reset"

    async def drop_connections(self, code: int | None = 4000) -> None:
        """Close every connection; sessions can be resumed. If ``code`` is None, the connections just break off."""
        await self.gateway.drop(code)

    async def ask_to_reconnect(self) -> None:
        """Ask every client to come back on a new connection."""
        self.gateway.ask_to_reconnect()
        await self.gateway.flush()

    async def invalidate_sessions(self, *, resumable: bool = False) -> None:
        """End every session; the bot misses what happens until the next one, unless it may resume."""
        self.gateway.invalidate(resumable=resumable)
        await self.gateway.flush()

    def deliver_twice(self, *events: str) -> None:
        """Send each of these events, such as "INTERACTION_CREATE", twice from now on; without names, end that."""
        self.gateway.deliver_twice(*events)

    def hold_gateway(self) -> AbstractContextManager[None]:
        """Send nothing through the gateway inside the block, and everything that waited after it."""
        return self.gateway.hold()

    def fail_next(self, refusal: Refusal | int, times: int = 1, *, match: str = "", after_work: bool = False) -> None:
        """Refuse the next requests whose "METHOD /path" matches, with a status or one of `errors`; see `Faults`."""
        self.faults.fail_next(refusal, times, match=match, after_work=after_work)

    def slow(self, match: str, seconds: float) -> None:
        """Delay matching requests by so many seconds from now on; 0 ends that, also for requests that wait already."""
        self.faults.slow(match, seconds)

    def storm(self, times: int, *, retry_after: float = 0.05, match: str = "", scope: str = "shared") -> None:
        """Answer the next requests with 429, however few were sent."""
        self.faults.storm(times, retry_after=retry_after, match=match, scope=scope)

    def sent(self, text: str, before: float | None = None) -> list[Request | Payload]:
        """Return everything the bot sent that contains the text; ``before`` is a time of ``clock.elapsed()``."""
        return self.recording.sent(text, before)

    def calls(self, pattern: str) -> list[Request]:
        """Return the bot's requests whose "METHOD /path" matches a regular expression."""
        return self.recording.calls(pattern)

    async def connected(self, shards: int = 1) -> None:
        """Wait until at least ``shards`` sessions are connected."""
        await self.until(lambda: self.gateway.ready(shards), "the bot's connection")

    async def until(self, condition: Callable[[], T], hoped_for: str = "") -> T:
        """Wait until ``condition`` returns something true, and return that.

        Raises:
            AssertionError: it returned nothing true, for so long that it never will.
        """
        return await self._changes.until(condition, hoped_for)

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=30 * 1024**2)
        api = Api(
            token=lambda: self.token,
            clock=self.clock,
            recording=self.recording,
            faults=self.faults,
            rate_limits=self.rate_limits,
            done=self._changes.announce,
        )
        api.add(app, self._answers.routes(), public=True)
        api.add(app, MessageRoutes(self.world).routes())
        api.add(app, SpaceRoutes(self.world, self.gateway).routes())
        api.add(app, self.commands.routes())
        api.add_rest(app)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/attachments/{attachment}/{filename}", self._file)
        return app

    async def _file(self, request: web.Request) -> web.Response:
        attachment = self.world.attachments.get(int(request.match_info["attachment"]))
        if attachment is None:
            raise web.HTTPNotFound
        return web.Response(body=attachment.content, content_type=attachment.content_type)
