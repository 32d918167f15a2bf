"""Socket Mode: the bot connects to Slack by itself, and stays connected.

slack_sdk's own client reuses a connection's address, although each works only once, and reconnects without a pause when
Slack says that there are too many connections. So this module keeps the connections itself, on its base class.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from random import uniform

import structlog
from aiohttp import ClientError, ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient
from typing_extensions import override

from adapters.common.background import Background
from adapters.slack.entrance import MALFORMED, Intake, note_malformed
from adapters.slack.web_api.workspace import error_code
from bot.domain.errors import BadInput
from bot.i18n import gettext as _

_HELLO_WITHIN_S = 10.0
_LONGEST_PAUSE_S = 60.0
_SETTLED_S = 30.0
"""A connection that lasted this long didn't fail at once."""
_LINGERS_S = 8.0
"""Seconds that a replaced connection stays open: what Slack sent on it must be acknowledged on it."""

_log = structlog.get_logger(__name__)


class Link(AsyncBaseSocketModeClient):
    """One connection, with the interface that Bolt acknowledges on."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.logger = logging.getLogger(__name__)
        self.answered = asyncio.Event()
        self.over = asyncio.Event()
        self.reason = ""

    @override
    async def send_message(self, message: str) -> None:
        """Send a text."""
        await self.socket.send_str(message)

    def ends(self, reason: str) -> None:
        """Mark the connection to be replaced by another."""
        self.reason = self.reason or reason
        self.over.set()
        self.answered.set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How to connect: the token, and how often a silent connection is pinged."""

    client: AsyncWebClient
    session: ClientSession
    app_token: str
    heartbeat: float = 10.0


class SocketMode:
    """Keeps one connection open, and handles what arrives on it."""

    def __init__(
        self,
        line: Line,
        intake: Intake,
        on_loss: Callable[[], None],
        on_return: Callable[[], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._line = line
        self._intake = intake
        self._on_loss = on_loss
        self._on_return = on_return
        self._sleep = sleep
        self._work = Background()
        self._links: set[Link] = set()
        self._link: Link | None = None
        self._trouble = ""
        self._lost_at: float | None = None
        self._stopping = False

    async def start(self) -> None:
        """Connect; return once Slack has said hello.

        Raises:
            BadInput: connecting failed; the text says what to do.
        """
        try:
            link = await self._connect()
        except (SlackApiError, ClientError, OSError, TimeoutError) as error:
            raise BadInput(_why_not(error)) from None
        self._work.start(self._keep(link), "Slack connection")

    async def stop(self) -> None:
        """Take no more events, and disconnect once all taken ones are acknowledged."""
        self._stopping = True
        await self._intake.finish(_HELLO_WITHIN_S / 5)
        for link in list(self._links):
            await link.socket.close()
        await self._work.finish(0)

    def problem(self) -> str | None:
        """Say why no events can arrive; None if they can."""
        if self._lost_at is None:
            return None
        seconds = time.monotonic() - self._lost_at
        return _("not connected to Slack for {seconds} s: {reason}").format(
            seconds=round(seconds), reason=self._trouble
        )

    async def _keep(self, link: Link) -> None:
        """Replace each connection that ends with a new one."""
        failures = 0
        while not self._stopping:
            began = time.monotonic()
            await link.over.wait()
            if self._stopping:
                break
            failures = 0 if time.monotonic() - began > _SETTLED_S else failures + 1
            too_many = link.reason == "too_many_websockets"
            _log.info("slack_connection_ends", reason=link.reason)
            if too_many:
                await link.socket.close()
            if link.socket.closed:
                self._lose(link.reason)
            # A single end is no sign of trouble: reconnect at once.
            link, failures = await self._reconnect(failures, at_once=failures <= 1 and not too_many)

    async def _reconnect(self, failures: int, *, at_once: bool) -> tuple[Link, int]:
        while True:
            if not at_once:
                await self._sleep(_pause(max(failures, 1)))
            at_once = False
            try:
                return await self._connect(), failures
            except (SlackApiError, ClientError, OSError, TimeoutError) as error:
                failures += 1
                self._lose(_why_not(error))
                _log.warning("slack_not_connected", reason=self._trouble, failures=failures)

    async def _connect(self) -> Link:
        line = self._line
        answer = await line.client.apps_connections_open(app_token=line.app_token)
        link = Link(await line.session.ws_connect(answer["url"], heartbeat=line.heartbeat, proxy=line.client.proxy))
        self._links.add(link)
        self._work.start(self._listen(link), "Slack socket")
        try:
            async with asyncio.timeout(_HELLO_WITHIN_S):
                await link.answered.wait()
        except TimeoutError:
            await link.socket.close()
            raise
        return link

    def _lose(self, reason: str) -> None:
        self._trouble = reason
        self._on_loss()
        self._lost_at = self._lost_at or time.monotonic()

    def _welcome(self, link: Link) -> None:
        again = self._link is not None
        self._link, self._lost_at = link, None
        link.answered.set()
        if again:
            self._on_return()

    async def _listen(self, link: Link) -> None:
        try:
            async for message in link.socket:
                if message.type is WSMsgType.TEXT:
                    self._take(link, _decoded(message.data))
        finally:
            self._links.discard(link)
            link.ends("closed")

    def _take(self, link: Link, message: dict[str, object]) -> None:
        kind = message.get("type")
        if kind == "hello":
            self._welcome(link)
        elif kind == "disconnect":
            link.ends(str(message.get("reason")))
            self._work.start(self._leave(link), "old Slack socket")
        elif not self._stopping:
            self._work.start(self._answer(link, message), "Slack envelope")

    async def _answer(self, link: Link, message: dict[str, object]) -> None:
        began = time.time()
        try:
            request = _envelope(message)
            asked = AsyncBoltRequest(mode="socket_mode", body=request.payload, headers=build_headers(request))
        except MALFORMED as error:
            note_malformed(type(error).__name__)
            return
        response = await self._intake.take(asked)
        try:
            await send_async_response(link, request, response, began)
        except ConnectionError:  # it broke meanwhile; Slack takes the acknowledgement on another, too
            if self._link is not None and self._link is not link:
                with suppress(ConnectionError):
                    await send_async_response(self._link, request, response, began)

    async def _leave(self, link: Link) -> None:
        await self._sleep(_LINGERS_S)
        await link.socket.close()


def _decoded(frame: str) -> dict[str, object]:
    """Return what a frame holds; empty if it isn't what Slack sends."""
    with suppress(ValueError, RecursionError):
        message = json.loads(frame)
        if isinstance(message, dict):
            return message
    _log.warning("frame_malformed")
    return {}


def _envelope(message: dict[str, object]) -> SocketModeRequest:
    """Parse a message as a Socket Mode envelope.

    Raises:
        ValueError: it isn't one.
    """
    request = SocketModeRequest.from_dict(message)
    if request is None or not isinstance(request.envelope_id, str):
        raise ValueError("no envelope")
    return request


def _pause(failures: int) -> float:
    """Longer after every failure, and not the same for everybody that lost Slack at the same moment."""
    return min(_LONGEST_PAUSE_S, 2.0 ** (failures - 1)) * uniform(0.75, 1.25)  # noqa: S311 - spreads a crowd, guards nothing


def _why_not(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        code = error_code(error)
        if code in {"invalid_auth", "not_authed", "not_allowed_token_type", "token_revoked", "account_inactive"}:
            return _(
                "Slack doesn't accept SLACK_APP_TOKEN ({code}): make an app-level token (xapp-…) with "
                "connections:write, under Basic Information, App-Level Tokens."
            ).format(code=code)
        return _("Slack refused a connection: {code}").format(code=code or error)
    if isinstance(error, WSServerHandshakeError):
        return _("Slack refused the connection: {status}").format(status=error.status)
    return _("Slack can't be reached: {reason}").format(reason=error or type(error).__name__)
