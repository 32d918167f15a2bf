"""The server: one port on loopback, and everything behind it."""

import asyncio
from collections.abc import Collection, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any, Self

import aiohttp
from aiohttp import web

from bot.ports import Clock
from bot.system import SystemClock
from tests.patience import PATIENCE_S
from tests.platforms.slack import payloads
from tests.platforms.slack.delivery import Delivery
from tests.platforms.slack.faults import Fault, Faults, Match
from tests.platforms.slack.files import Files
from tests.platforms.slack.identity import App, Grant
from tests.platforms.slack.installing import Installing
from tests.platforms.slack.limits import RateLimits
from tests.platforms.slack.people import User
from tests.platforms.slack.response_urls import ResponseUrl, ResponseUrls
from tests.platforms.slack.scopes import BOT_SCOPES, EVENT_SCOPES, EVENTS
from tests.platforms.slack.signed_http import SignedHttp
from tests.platforms.slack.socket_mode import SocketMode
from tests.platforms.slack.surfaces import Json, View
from tests.platforms.slack.traffic import Sent
from tests.platforms.slack.views import TRIGGER_LIFETIME, Triggers, Views
from tests.platforms.slack.watching import Watching
from tests.platforms.slack.web_api import WebApi
from tests.platforms.slack.workspace import Channel, Team

HOST = "127.0.0.1"
_BIGGEST_BODY = 64 * 1024 * 1024


class SlackServer(Watching, Installing):
    """Slack, as one app sees it; used as an async context manager.

    Args:
        clock: the clock for ts, rate limits and the lifetimes of addresses, triggers and codes.
        scopes: the scopes that a workspace grants.
        subscribed_to: the events of the app's manifest.
        retry_delays: real seconds before each repetition of an event; at Slack they are 0, 60 and 300.
        ack_timeout: real seconds after which an event counts as not acknowledged.
        port: the port to listen on; 0 for any free one.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        app: App | None = None,
        scopes: Collection[str] = BOT_SCOPES,
        subscribed_to: Collection[str] = EVENTS,
        retry_delays: Sequence[float] = (0.0, 0.2, 0.4),
        ack_timeout: float = 3.0,
        port: int = 0,
    ) -> None:
        super().__init__()
        self.clock = clock or SystemClock()
        self.app = app or App()
        self.scopes = frozenset(scopes)
        self.subscribed_to = frozenset(subscribed_to)
        self.retry_delays = retry_delays
        self.ack_timeout = ack_timeout
        self.port = port
        self.teams: dict[str, Team] = {}
        self.grants: dict[str, Grant] = {}
        self.codes = {}
        self.limits = RateLimits(self.clock)
        self.faults = Faults(self)
        self.files = Files(self)
        self.views = Views(self)
        # By a real clock a busy machine would be late for what no test asks of it.
        self.triggers = Triggers(self, TRIGGER_LIFETIME if clock else timedelta(seconds=PATIENCE_S))
        self.response_urls = ResponseUrls(self)
        self.socket = SocketMode(self)
        self.transport: SocketMode | SignedHttp = self.socket
        self._holding = False
        self._numbers = count(1)
        self._last_ts = 0
        self._tasks: set[asyncio.Task[Any]] = set()
        self._crashes: list[Exception] = []

    @property
    def address(self) -> str:
        """The address that the server listens on."""
        return f"http://{HOST}:{self.port}"

    @property
    def api_base(self) -> str:
        """The ``base_url`` for clients."""
        return f"{self.address}/api/"

    async def start(self) -> None:
        """Start to listen; after a `stop` on the same port as before, with everything that was there."""
        site = web.Application(client_max_size=_BIGGEST_BODY)
        site.add_routes(
            [
                web.route("*", "/api/{method}", WebApi(self).handle),
                web.get("/link/", self.socket.accept),
                web.post("/actions/{team}/{name}", self.response_urls.accept),
                web.post("/upload/v1/{file}", self.files.upload),
                web.get("/files-pri/{name}/{file}", self.files.download),
                web.get("/oauth/v2/authorize", self.authorize),
            ]
        )
        self.session = aiohttp.ClientSession()
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop: from now on nothing is delivered or answered."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        await self.socket.close()
        await self._runner.cleanup()
        await self.session.close()
        if self._crashes:
            raise ExceptionGroup("in the background of the server", self._crashes)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    def post_to(self, url: str) -> SignedHttp:
        """Switch to HTTP mode: from now on signed requests go to this address."""
        self.transport = SignedHttp(self, url)
        return self.transport

    def fail_next(
        self,
        error: int | str,
        match: Match = "*",
        *,
        times: int = 1,
        after_doing: bool = False,
        retry_after: int = 1,
    ) -> None:
        """Let the next calls fail with an HTTP status, an error code or `DROPPED`, before or after their work."""
        self.faults.planned.append(Fault(self, error, times, match, after_doing, retry_after))

    def slow(self, match: Match, seconds: float) -> None:
        """Delay matching calls by so many real seconds from now on."""
        self.faults.slowed.append((match, seconds))

    @contextmanager
    def stuck(self, match: Match) -> Iterator[None]:
        """Keep matching calls waiting inside the block; after it they are done and answered."""
        planned = match, asyncio.Event()
        self.faults.stuck.append(planned)
        try:
            yield
        finally:
            self.faults.stuck.remove(planned)
            planned[1].set()

    def too_many(self, sent: Sent, retry_after: int) -> web.Response:
        """Return the answer of a rate limit, and count it."""
        self.limits.refused[sent.method] += 1
        sent.status, sent.answer = 429, {"ok": False, "error": "ratelimited"}
        return web.json_response(sent.answer, status=429, headers={"Retry-After": str(retry_after)})

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep back deliveries of what people do inside the block; `Delivery.send` sends one later, in any order."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False

    async def dispatch(
        self,
        kind: str,
        payload: Json,
        user: User,
        response_url: ResponseUrl | None = None,
        *,
        view: View | None = None,
    ) -> Delivery:
        """Tell the bot what a person did."""
        delivery = Delivery(self, kind, payload, user.team, user, response_url, view)
        if response_url is not None:
            response_url.delivery = delivery
        delivery.withheld = self._obstacle(user.team, "commands" if kind == "slash_commands" else None)
        return await self._deliver(delivery)

    async def event(
        self,
        team: Team,
        event: Json,
        *,
        about: Channel | None = None,
        inside: Channel | None = None,
        name: str | None = None,
    ) -> Delivery:
        """Tell the bot of an event.

        Args:
            team: the workspace where it happened.
            event: the event's own fields.
            about: a channel that must be visible to the bot.
            inside: a channel that the bot must be in.
            name: the event's name in a subscription, if that isn't its type.
        """
        payload = payloads.event(team, event, self.next_id("Ev"), self.clock.now().timestamp())
        delivery = Delivery(self, "events_api", payload, team)
        delivery.withheld = self._unheard(team, name or event["type"], about, inside)
        return await self._deliver(delivery)

    def emit(self, team: Team, event: Json, **where: Any) -> None:
        """Tell the bot of an event that one of its own calls caused, after that call is answered; see `event`."""
        self.spawn(self.event(team, event, **where))

    async def _deliver(self, delivery: Delivery) -> Delivery:
        self.deliveries.append(delivery)
        if not delivery.withheld and not self._holding:
            await delivery.send()
        return delivery

    def _unheard(self, team: Team, name: str, about: Channel | None, inside: Channel | None) -> str | None:
        if name not in self.subscribed_to:
            return f"not subscribed to {name}"
        if name in {"app_uninstalled", "tokens_revoked"}:
            return None
        if (inside and not inside.has_bot) or (about and about.private and not about.has_bot):
            return f"the bot isn't in the channel of {name}"
        return self._obstacle(team, *EVENT_SCOPES[name])

    def _obstacle(self, team: Team, *scopes: str | None) -> str | None:
        if team.grant is None or team.grant.refusal:
            return f"not installed in {team.name}"
        wanted = [one for one in scopes if one]
        if not team.grant.allows(wanted):
            return f"scope {' or '.join(wanted)} wasn't granted"
        self.scopes_used |= set(wanted) & team.grant.scopes
        return None

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run a coroutine in the background, until the server stops at the latest."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finish)

    def _finish(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._crashes.append(error)

    def next_id(self, prefix: str) -> str:
        """Return an id that nothing else has."""
        return f"{prefix}{next(self._numbers):07d}"

    def next_ts(self) -> str:
        """Return a ts of the current time that no message has yet."""
        self._last_ts = max(self._last_ts + 1, int(self.clock.now().timestamp() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"
