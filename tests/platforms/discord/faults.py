"""Makes requests fail, or take long, when a test asks for it."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field

from tests.platforms.discord.errors import Refusal, Refused
from tests.platforms.discord.ratelimits import RateLimits
from tests.platforms.discord.recording import Request

CONNECTION_LOST = Refusal(0, 0, "the connection breaks off without an answer")
"""Give this to `Faults.fail_next` to break the connection off without an answer."""


@dataclass(slots=True)
class _Failure:
    refusal: Refusal
    times: int
    match: str
    after_work: bool
    scope: str = ""


@dataclass(frozen=True, slots=True)
class _Slowness:
    match: str
    seconds: float
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Faults:
    """Failures that are planned for requests to come; ``match`` is a regular expression for their "METHOD /path"."""

    def __init__(self, rate_limits: RateLimits) -> None:
        self._rate_limits = rate_limits
        self._failures: list[_Failure] = []
        self._slow: list[_Slowness] = []

    def fail_next(self, refusal: Refusal | int, times: int = 1, *, match: str = "", after_work: bool = False) -> None:
        """Refuse the next requests with a status or one of `errors`; with ``after_work``, do what they ask first."""
        if isinstance(refusal, int):
            refusal = Refusal(refusal, 0, f"{refusal}: on demand")
        self._failures.append(_Failure(refusal, times, match, after_work))

    def storm(self, times: int, *, retry_after: float = 0.05, match: str = "", scope: str = "shared") -> None:
        """Answer the next requests with 429, however few were sent; ``scope`` is shared, user or global."""
        refusal = Refusal(429, 0, "", more={"retry_after": retry_after})
        self._failures.append(_Failure(refusal, times, match, after_work=False, scope=scope))

    def slow(self, match: str, seconds: float) -> None:
        """Delay matching requests by so many seconds from now on; 0 ends that, also for requests that wait already."""
        for each in self._slow:
            if each.match == match:
                each.over.set()
        self._slow = [each for each in self._slow if each.match != match]
        if seconds:
            self._slow.append(_Slowness(match, seconds))

    def calm(self) -> None:
        """Cancel all planned failures and delays."""
        self._failures.clear()
        self._slow.clear()

    async def before(self, request: Request) -> None:
        """Delay a request or refuse it, before its work is done."""
        for each in self._slow:
            if re.search(each.match, request.line):
                with suppress(TimeoutError):
                    async with asyncio.timeout(each.seconds):
                        await each.over.wait()
        self._meet(request, after_work=False)

    def after(self, request: Request) -> None:
        """Refuse a request after its work is done."""
        self._meet(request, after_work=True)

    def _meet(self, request: Request, *, after_work: bool) -> None:
        for failure in self._failures:
            if failure.after_work is after_work and re.search(failure.match, request.line):
                failure.times -= 1
                if not failure.times:
                    self._failures.remove(failure)
                if failure.scope:
                    wait = float(failure.refusal.more["retry_after"])
                    raise self._rate_limits.refusal(request, wait, failure.scope)
                raise Refused(failure.refusal)
