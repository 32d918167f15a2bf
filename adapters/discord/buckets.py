"""Discord's rate limits by route: each request waits here for its turn, in order.

Discord counts requests in buckets; each allows a number of requests per period. discord.py's own limiter refuses a
request if the period is longer than its patience, even if requests are left. It also makes the request that uses up
the bucket sleep until the period ends, although Discord has already done what it asked for.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

import aiohttp
import discord
from discord.http import HTTPClient

PATIENCE_S = 30.0
"""How long a request waits at most; beyond that it is refused at once, and whoever made it tries again later."""

_ROUNDED_S = 0.002
"""Discord rounds to milliseconds, perhaps down."""
_IDLE_S = 300.0
_LONGEST_S = 86_400.0
"""The longest period that is believed."""
_FEW = 256
"""So many buckets are kept without looking for some to drop."""


class Bucket:
    """How many requests one of Discord's buckets takes, and until when; stands in for `discord.http.Ratelimit`.

    Before Discord has told the limit, requests go one by one.

    Attributes:
        remaining: how many more requests may be sent in this period.
    """

    def __init__(
        self,
        patience: float = PATIENCE_S,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Start with a bucket about which nothing is known yet; ``patience`` is in seconds."""
        self.remaining = 1
        self._patience = patience
        self._now = now
        self._sleep = sleep
        self._limit = 1
        self._lasts = 0.0
        self._ends: float | None = None
        self._is_known = False
        self._under_way = 0
        self._waiting = 0
        self._turn = asyncio.Lock()
        self._answered = asyncio.Event()
        self._used_at = now()

    def is_inactive(self) -> bool:
        """Whether nobody has used it for minutes and its period is over, so that it can be dropped."""
        now = self._now()
        is_over = self._ends is None or self._ends <= now
        return is_over and not (self._under_way or self._waiting) and now - self._used_at > _IDLE_S

    def update(self, response: aiohttp.ClientResponse, *, use_clock: bool = False) -> None:  # noqa: ARG002 - as there
        """Read what Discord's answer to a request tells about the bucket; headers that make no sense are ignored."""
        headers = response.headers
        try:
            limit, left = int(headers["X-RateLimit-Limit"]), int(headers["X-RateLimit-Remaining"])
            ends_after = float(headers["X-RateLimit-Reset-After"])
        except (KeyError, ValueError):
            return
        if not (0 <= left <= limit and limit and 0 <= ends_after <= _LONGEST_S):
            return
        if self._ends is None:
            self._lasts = ends_after
        self._limit = limit
        self._ends = self._now() + ends_after + _ROUNDED_S
        self.remaining = min(self.remaining, left) if self._is_known else left
        self._is_known = True

    async def __aenter__(self) -> Self:
        """Wait for a turn.

        Raises:
            discord.RateLimited: it would come too late.
        """
        self._used_at = self._now()
        if (wait := self._expected_wait()) > self._patience:
            raise discord.RateLimited(wait)
        self._waiting += 1
        try:
            async with self._turn:
                await self._room()
                self.remaining -= 1
                self._under_way += 1
        finally:
            self._waiting -= 1
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Note that a request was answered; if Discord refused it for long, hold back those that follow."""
        self._under_way -= 1
        if isinstance(error, discord.RateLimited):
            self.remaining, self._ends = 0, self._now() + min(error.retry_after, _LONGEST_S)
        self._answered.set()

    def _expected_wait(self) -> float:
        """Return how long a request that comes now waits: those before it may fill this period and more."""
        self._begin_anew()
        beyond = self._waiting - self.remaining
        if beyond < 0:
            return 0.0
        until_end = 0.0 if self._ends is None else self._ends - self._now()
        return until_end + beyond // self._limit * self._lasts

    async def _room(self) -> None:
        """Wait until a request may be sent."""
        while True:
            self._begin_anew()
            if self.remaining > 0:
                return
            if self._ends is None:
                self._answered.clear()
                await self._answered.wait()
            else:
                await self._sleep(self._ends - self._now())

    def _begin_anew(self) -> None:
        """End a period that is over; the next one begins with its first answer, and may include requests under way."""
        if self._ends is not None and self._now() >= self._ends:
            self._ends = None
        if self._ends is None:
            self.remaining = self._limit - self._under_way


def wait_by_route(http: HTTPClient, patience: float) -> None:
    """Let every request of discord.py wait at a `Bucket`, at most ``patience`` seconds."""
    buckets: dict[str, Bucket] = http._buckets  # type: ignore[assignment]  # noqa: SLF001 - see `library`
    most = _FEW

    def bucket_of(key: str) -> Bucket:
        nonlocal most
        if key not in buckets:
            if len(buckets) >= most:
                http._try_clear_expired_ratelimits()  # noqa: SLF001 - see `library`
                most = max(_FEW, 2 * len(buckets))  # looking through all of them for each new one would take too long
            buckets[key] = Bucket(patience)
        return buckets[key]

    http.get_ratelimit = bucket_of  # type: ignore[method-assign,assignment]
