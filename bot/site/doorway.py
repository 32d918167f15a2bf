"""The checks that every request passes before a page sees it: host name, encoding, and number of requests."""

from collections.abc import Callable

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.domain.errors import QuizbotError
from bot.i18n import gettext as _
from bot.site.connection import Connection
from bot.site.gate import Gate
from bot.site.headers import protect
from bot.site.names import OwnNames, host_in
from bot.site.proxy import client_of, is_within, scheme_of

_log = structlog.get_logger(__name__)

KNOWN: web.AppKey[list[Callable[[web.Request], bool]]] = web.AppKey("known", list)
"""Functions of the adapters that tell from a request's headers whether somebody signed in sends it."""

_CLIENT = web.RequestKey("client", str)
_SECURE = web.RequestKey("secure", bool)
_ALWAYS = frozenset({"/healthz", "/readyz", "/metrics"})
"""Paths that are answered even when the server is full, or when the request has no ``Host`` header."""
_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii"})


def came_from(request: web.Request) -> str:
    """Return the client's address; behind a trusted proxy, the one that the proxy saw."""
    client: str = request.get(_CLIENT, "")
    return client


def is_secure(request: web.BaseRequest) -> bool:
    """Whether the browser uses, or should use, HTTPS."""
    secure: bool = request.get(_SECURE, False)
    return secure


class Doorway:
    """Checks each request before any page does, and protects each response."""

    def __init__(self, gate: Gate, names: OwnNames, *, public_is_secure: bool) -> None:
        """Set up the checks.

        Args:
            gate: counts the server's requests.
            names: the host names that the server answers to.
            public_is_secure: whether the server's public address begins with https.
        """
        self._gate = gate
        self._names = names
        self._public_is_secure = public_is_secure

    async def protect(self, request: web.BaseRequest, response: web.StreamResponse) -> None:
        """Add the protective headers to a response; aiohttp calls this (``on_response_prepare``)."""
        protect(response, secure=is_secure(request))

    def middleware(self) -> Middleware:
        """Return these checks as a middleware of aiohttp."""

        @web.middleware
        async def pass_through(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._pass(request, handler)

        return pass_through

    async def _pass(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        peer = request.transport.get_extra_info("peername") if request.transport else None
        address = peer[0] if isinstance(peer, tuple) else ""
        proxies, headers = self._gate.proxies, request.headers
        client = client_of(address, headers.getall("X-Forwarded-For", []), proxies)
        scheme = scheme_of(address, request.scheme, headers.getall("X-Forwarded-Proto", []), proxies)
        request[_CLIENT], request[_SECURE] = client, self._public_is_secure or scheme == "https"
        always = request.path in _ALWAYS
        known = not always and any(knows(request) for knows in request.app[KNOWN])
        connection = request.protocol
        if not isinstance(connection, Connection):
            raise TypeError("the connection is none of this server's")
        connection.begin(request, known=known)
        try:
            with self._gate.request(client, forwarded=is_within(address, proxies), known=known or always) as has_room:
                if not has_room:
                    return _line(503, _("Too many people are here just now. Please try again in a moment."))
                return self._unfit(request, always=always) or await _in_words(request, handler)
        finally:
            connection.end()

    def _unfit(self, request: web.Request, *, always: bool) -> web.Response | None:
        """Return the refusal of a request that no page should see; None if the request is fine."""
        header = request.headers.get("Host")
        if not (always and header is None) and not self._names.answer_to(host_in(header)):
            return _line(421, _("This address doesn't work here. Open the one that the bot printed."))
        charset = (request.charset or "utf-8").casefold()
        if "Content-Encoding" in request.headers or charset not in _CHARSETS:
            return _line(415, _("Please send text as UTF-8, and not compressed."))
        return None


async def _in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let a page answer a request; if it fails without an explanation, answer with one line."""
    try:
        return await handler(request)
    except web.HTTPException as problem:
        if problem.status < 400:
            raise
        response = _line(problem.status, problem.reason)
        if allowed := problem.headers.get("Allow"):
            response.headers["Allow"] = allowed
        return response
    except QuizbotError as error:
        return _line(400, str(error))
    except ConnectionError:
        raise
    except Exception:  # noqa: BLE001 - the error is logged, and the client gets one line
        _log.exception("request_failed", path=request.path)
        return _line(500, _("Something broke here."))


def _line(status: int, text: str) -> web.Response:
    response = web.Response(status=status, text=f"{text}\n")
    if status in {421, 503}:
        response.force_close()
    return response
