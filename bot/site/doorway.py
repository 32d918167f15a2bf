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
"""What adapters put here tells whether somebody signed in sends a request, by its headers alone."""

_CLIENT = web.RequestKey("client", str)
_SECURE = web.RequestKey("secure", bool)
_ALWAYS = frozenset({"/healthz", "/readyz", "/metrics"})
"""Paths that are answered even when the server is full, and without a known host name."""
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
    """The outermost part of a server."""

    def __init__(self, gate: Gate, names: OwnNames, *, public_is_secure: bool) -> None:
        """Take the server's gate and names, and whether its public address is an https one."""
        self._gate = gate
        self._names = names
        self._public_is_secure = public_is_secure

    async def protect(self, request: web.BaseRequest, response: web.StreamResponse) -> None:
        """For ``on_response_prepare``."""
        protect(response, secure=is_secure(request))

    def middleware(self) -> Middleware:
        """The doorway as aiohttp takes it."""

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
    """Answer failures with one line if no page explains them."""
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
    except Exception:  # noqa: BLE001 - it is logged, and who asked gets a line
        _log.exception("request_failed", path=request.path)
        return _line(500, _("Something broke here."))


def _line(status: int, text: str) -> web.Response:
    response = web.Response(status=status, text=f"{text}\n")
    if status in {421, 503}:
        response.force_close()
    return response
