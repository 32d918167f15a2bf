"""Discord's rate limits: a global one, and one for each route in each channel or guild."""

import hashlib
import math
from dataclasses import dataclass

from tests.platforms.discord.clock import ServerClock
from tests.platforms.discord.errors import Refusal, Refused
from tests.platforms.discord.recording import Request

_MAJOR = ("channel", "guild", "webhook", "token")
_PLENTY = 1000
_UNBOUND = ("/interactions/", "/webhooks/")
"""Endpoints of interactions, which the global limit doesn't bind:
https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints.
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many requests are accepted in how many seconds."""

    requests: int
    seconds: float


USUAL = Limit(10, 1.0)
GLOBAL = Limit(50, 1.0)
ROUTES = {
    "POST /channels/{channel}/messages": Limit(5, 5.0),
    "PATCH /channels/{channel}/messages/{message}": Limit(5, 5.0),
    "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me": Limit(1, 0.25),
    "POST /webhooks/{webhook}/{token}": Limit(5, 2.0),
}


@dataclass(slots=True)
class _Window:
    limit: Limit
    ends: float = 0.0
    used: int = 0

    def take(self, now: float) -> bool:
        """Count a request at ``now``; False if the limit is used up."""
        if now >= self.ends:
            self.ends, self.used = now + self.limit.seconds, 0
        if self.used >= self.limit.requests:
            return False
        self.used += 1
        return True


@dataclass(frozen=True, slots=True)
class Refused429:
    """A request that was answered with 429, and the scope of the limit."""

    request: Request
    scope: str


class RateLimits:
    """Counts requests, and refuses too many of them once it is switched on.

    Attributes:
        on: whether requests are refused; while it is off, response headers announce a high limit.
        refused: every request that was answered with 429, also in a storm.
        routes: the limits by method and route; a test may change them.
        shared: the names of buckets that several routes fill together, by method and route.
    """

    def __init__(self, clock: ServerClock) -> None:
        self._clock = clock
        self._windows: dict[str, _Window] = {}
        self._everything = _Window(GLOBAL)
        self.on = False
        self.refused: list[Refused429] = []
        self.routes = dict(ROUTES)
        self.shared: dict[str, str] = {}

    def admit(self, request: Request) -> dict[str, str]:
        """Count a request, and return the rate limit headers of its answer.

        Raises:
            Refused: there were too many requests; the answer is 429.
        """
        route = f"{request.method} {request.route}"
        bucket = hashlib.md5(self.shared.get(route, route).encode(), usedforsecurity=False).hexdigest()
        if not self.on:
            return _headers(bucket, _Window(Limit(_PLENTY, 1.0)), 1.0, self._clock.now())
        now = self._clock.elapsed()
        if not request.route.startswith(_UNBOUND) and not self._everything.take(now):
            raise self.refusal(request, self._everything.ends - now, "global")
        major = "+".join(request.params[name] for name in _MAJOR if name in request.params)
        window = self._windows.setdefault(f"{bucket}:{major}", _Window(self.routes.get(route, USUAL)))
        is_admitted = window.take(now)
        headers = _headers(bucket, window, window.ends - now, self._clock.now())
        if not is_admitted:
            raise self.refusal(request, window.ends - now, "user", headers)
        return headers

    def refusal(self, request: Request, seconds: float, scope: str, headers: dict[str, str] | None = None) -> Refused:
        """Record a 429, and return it to be raised."""
        self.refused.append(Refused429(request, scope))
        wait = math.ceil(seconds * 1000) / 1000
        more = {"Via": "1.1 google", "Retry-After": str(math.ceil(seconds)), "X-RateLimit-Scope": scope}
        if scope == "global":
            more["X-RateLimit-Global"] = "true"
        body = {"retry_after": wait, "global": scope == "global"}
        return Refused(Refusal(429, 0, "You are being rate limited.", more=body, headers={**(headers or {}), **more}))


def _headers(bucket: str, window: _Window, reset_after: float, now: float) -> dict[str, str]:
    return {
        "Via": "1.1 google",
        "X-RateLimit-Limit": str(window.limit.requests),
        "X-RateLimit-Remaining": str(max(0, window.limit.requests - window.used)),
        "X-RateLimit-Reset": f"{now + reset_after:.3f}",
        "X-RateLimit-Reset-After": f"{reset_after:.3f}",
        "X-RateLimit-Bucket": bucket,
    }
