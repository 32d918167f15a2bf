"""Takes a REST request to its handler and its answer back: checks token and rate limits, applies faults."""

import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.platforms.discord.clock import ServerClock
from tests.platforms.discord.errors import NOT_FOUND, UNAUTHORIZED, Refused
from tests.platforms.discord.faults import CONNECTION_LOST, Faults
from tests.platforms.discord.ratelimits import RateLimits
from tests.platforms.discord.recording import Recording, Request, read

PREFIX = "/api/v10"

Handler = Callable[[Request], Any]
"""Handles a request; what it returns is answered as JSON, None as 204."""


class Api:
    """The REST interface. A handler never awaits, so none sees another's work half done."""

    def __init__(
        self,
        *,
        token: Callable[[], str],
        clock: ServerClock,
        recording: Recording,
        faults: Faults,
        rate_limits: RateLimits,
        done: Callable[[], None],
    ) -> None:
        self._token = token
        self._clock = clock
        self._recording = recording
        self._faults = faults
        self._rate_limits = rate_limits
        self._done = done

    def add(self, app: web.Application, routes: dict[str, Handler], *, public: bool = False) -> None:
        """Serve each ``"METHOD /route"`` with its handler; ``public`` routes have their token in the path."""
        for line, handler in routes.items():
            method, route = line.split(" ")
            app.router.add_route(method, PREFIX + route, self._served(route, handler, public=public))

    def add_rest(self, app: web.Application) -> None:
        """Answer requests to all other routes with 404, and record them, too."""
        app.router.add_route("*", PREFIX + "/{rest:.*}", self._served("/{rest}", _not_found, public=False))

    def _served(self, route: str, handler: Handler, *, public: bool) -> Callable[[web.Request], Any]:
        async def serve(http: web.Request) -> web.StreamResponse:
            request = await read(http, route, http.path.removeprefix(PREFIX), self._clock.elapsed())
            self._recording.requests.append(request)
            response = await self._answer(request, handler, public=public)
            if response is None:
                if http.transport is not None:
                    http.transport.abort()
                return web.Response()
            request.status = response.status
            self._done()
            return response

        return serve

    async def _answer(self, request: Request, handler: Handler, *, public: bool) -> web.Response | None:
        headers: dict[str, str] = {}
        try:
            if not public:
                self._check(request.token)
            headers = self._rate_limits.admit(request)
            await self._faults.before(request)
            body = handler(request)
            self._faults.after(request)
        except Refused as refused:
            refusal = refused.refusal
            if refusal is CONNECTION_LOST:
                return None
            return _json(refusal.body(), {**headers, **refusal.headers}, status=refusal.status)
        if body is None:
            return web.Response(status=204, headers=headers)
        return _json(body, headers)

    def _check(self, token: str) -> None:
        if token != self._token():
            raise Refused(UNAUTHORIZED)


def _json(body: Any, headers: dict[str, str], status: int = 200) -> web.Response:
    """Return a JSON response with the bare media type: with a charset after it, discord.py would read it as text."""
    headers = {**headers, "Content-Type": "application/json"}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=headers)


def _not_found(_request: Request) -> None:
    raise Refused(NOT_FOUND)
