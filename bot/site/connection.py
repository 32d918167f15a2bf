"""One connection, closed after a time limit for headers, body, reading or idling."""

import asyncio
import logging

import structlog
from aiohttp import web
from typing_extensions import override

from bot.i18n import gettext as _
from bot.site.gate import Gate
from bot.site.headers import protect

_log = structlog.get_logger(__name__)

_QUIET = logging.getLogger("quizbot.http")
_QUIET.addHandler(logging.NullHandler())
_QUIET.propagate = False
"""Discards what aiohttp logs: for a malformed request, a traceback with the request's content."""


class _Unread(web.Response):
    """A response that aiohttp sends without passing it through our hooks; this keeps its ``Server`` header out."""

    @override
    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        self.headers.pop("Server", None)


class Connection(web.RequestHandler):
    """A connection of aiohttp's server, with our time limits."""

    def __init__(self, server: web.Server, gate: Gate) -> None:
        """Set up the connection; once it is made, the gate decides whether to keep it."""
        limits = gate.limits
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=limits.idle,
            lingering_time=limits.lingering,
            auto_decompress=False,  # a small body could become a large one
            access_log=None,  # type: ignore[arg-type]  # as aiohttp's own runner passes it
            logger=_QUIET,
        )
        self._gate = gate
        self._wire: asyncio.Transport | None = None
        self._serving = False
        self._deadline: asyncio.TimerHandle | None = None
        self._in_head = True
        self._stuck: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Enter through the gate, or close at once."""
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("not a stream")
        self._wire = transport
        peer = transport.get_extra_info("peername")
        if not self._gate.enter(self, peer[0] if isinstance(peer, tuple) else ""):
            transport.abort()
            return
        super().connection_made(transport)
        self._owes("head", self._gate.limits.head)

    @override
    def connection_lost(self, exc: BaseException | None) -> None:
        """Leave the gate."""
        self._gate.leave(self)
        self._owes_nothing()
        if self._stuck is not None:
            self._stuck.cancel()
        super().connection_lost(exc)

    @override
    def data_received(self, data: bytes) -> None:
        """Start the time limit for headers at their first byte, and don't restart it at later ones."""
        if data and not self._serving and not self._in_head:
            self._in_head = True
            self._owes("head", self._gate.limits.head)
        super().data_received(data)

    def begin(self, request: web.BaseRequest, *, known: bool) -> None:
        """Note that the headers have arrived; the body has its own time limit."""
        self._serving, self._in_head = True, False
        self._gate.busy(self)
        self._owes_nothing()
        body = request.content
        if not body.is_eof():
            limits = self._gate.limits
            self._owes("body", limits.known_body if known else limits.body)
            body.on_eof(self._body_is_here)

    def _body_is_here(self) -> None:
        if self._serving:  # else the time limit that runs is no longer the one for this body
            self._owes_nothing()

    def end(self) -> None:
        """Note that the request is answered. Unlike aiohttp's time limit, ours also ends clients that don't read."""
        self._serving = False
        self._gate.waits(self)
        self._owes("idle", self._gate.limits.idle + self._gate.limits.head)

    @override
    def pause_writing(self) -> None:
        """Start the time limit for the client to read what was sent."""
        super().pause_writing()
        self._stuck = self._loop.call_later(self._gate.limits.stuck, self._too_slow, "reading")

    @override
    def resume_writing(self) -> None:
        """Stop the time limit for reading."""
        super().resume_writing()
        if self._stuck is not None:
            self._stuck.cancel()
        if not self._serving:
            self._owes("idle", self._gate.limits.idle + self._gate.limits.head)

    def cut(self) -> None:
        """Close the connection at once, even with unsent data."""
        if self._wire is not None:
            self._wire.abort()

    def _owes(self, what: str, seconds: float) -> None:
        self._owes_nothing()
        self._deadline = self._loop.call_later(seconds, self._too_slow, what)

    def _owes_nothing(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self, what: str) -> None:
        self._gate.cut_off(what)
        self.cut()

    @override
    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer a request that isn't HTTP, without repeating any of it."""
        if request.writer.output_size > 0:
            raise ConnectionError("a part of another answer is sent already")
        if status >= 500 and not isinstance(exc, ConnectionError):
            _log.error("request_failed", path=request.path, exc_info=exc)
        text = _("The bot can't read this request.") if status < 500 else _("Something broke here.")
        response = _Unread(status=status, text=f"{text}\n")
        response.force_close()
        protect(response, secure=False)
        return response
