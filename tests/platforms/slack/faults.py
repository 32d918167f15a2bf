"""Makes answers fail, before or after the work is done, or take long, when a test asks for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from tests.platforms.slack.traffic import Sent

if TYPE_CHECKING:
    from tests.platforms.slack.server import SlackServer

Match = str | Callable[[Sent], bool]
"""Which calls are meant: a method's name, ``response_url``, ``*`` for all, or a function that says whether one is."""

DROPPED = "connection dropped"
"""An error for `Fault`: the connection ends without an answer."""


@dataclass(slots=True, eq=False)
class Fault:
    """A failure that replaces the next ``times`` answers."""

    server: "SlackServer"
    error: int | str
    times: int
    match: Match
    after_doing: bool
    retry_after: int

    async def answer(self, request: web.Request, sent: Sent) -> web.Response:
        """Return the failing answer."""
        if self.error == DROPPED:
            if request.transport is not None:
                request.transport.close()
            sent.answer = {"ok": False, "error": DROPPED}
            return web.Response()
        if self.error == 429:
            return self.server.too_many(sent, self.retry_after)
        if isinstance(self.error, int):
            sent.status, sent.answer = self.error, {"ok": False, "error": str(self.error)}
            return web.Response(status=self.error, text="<html>upstream error</html>", content_type="text/html")
        sent.status, sent.answer = 200, {"ok": False, "error": self.error}
        return web.json_response(sent.answer)


@dataclass(slots=True, eq=False)
class Faults:
    """The failures and delays that are planned."""

    server: "SlackServer"
    planned: list[Fault] = field(default_factory=list)
    slowed: list[tuple[Match, float]] = field(default_factory=list)
    stuck: list[tuple[Match, asyncio.Event]] = field(default_factory=list)

    def take(self, sent: Sent) -> Fault | None:
        """Return the failure that is planned for this call, and count it down; None if there is none."""
        for fault in self.planned:
            if _matches(fault.match, sent):
                fault.times -= 1
                if fault.times <= 0:
                    self.planned.remove(fault)
                return fault
        return None

    async def delay(self, sent: Sent) -> None:
        """Wait as long as this call is stuck or slowed down."""
        for match, goes_on in self.stuck:
            if _matches(match, sent):
                await goes_on.wait()
        for match, seconds in self.slowed:
            if _matches(match, sent):
                await asyncio.sleep(seconds)


def _matches(match: Match, sent: Sent) -> bool:
    if callable(match):
        return match(sent)
    return match in {"*", sent.method, sent.kind}
