"""One thing that Slack tells the bot, and how the bot responds to it."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.patience import kept_waiting
from tests.platforms.slack import blockkit
from tests.platforms.slack.surfaces import Json, Message, View

if TYPE_CHECKING:
    from tests.platforms.slack.people import User
    from tests.platforms.slack.response_urls import ResponseUrl
    from tests.platforms.slack.server import SlackServer
    from tests.platforms.slack.workspace import Team

TO_ACKNOWLEDGE_S = 3.0


@dataclass(slots=True, eq=False)
class Attempt:
    """One attempt to send a delivery.

    Attributes:
        number: 0 for the first attempt, then the number of the retry.
        after: its `age` when the bot acknowledged it; None until then.
        payload: what the acknowledgement carried.
        had_waited: what `kept_waiting` returned when the attempt was made.
        status: the HTTP status of the bot's answer, in HTTP mode.
        failure: why the bot can't acknowledge it any more: ``no_connection``, ``http_error``, ``connection_failed``.
    """

    number: int
    envelope_id: str
    reason: str = ""
    after: float | None = None
    payload: Any = None
    status: int | None = None
    failure: str | None = None
    sent: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    had_waited: float = field(default_factory=kept_waiting)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def age(self) -> float:
        """Seconds since it was sent, without those in which the bot had no processor."""
        return asyncio.get_running_loop().time() - self.sent - (kept_waiting() - self.had_waited)

    def acknowledge(self, payload: Any = None) -> None:
        """Record that the bot has acknowledged the attempt."""
        if self.after is None:
            self.after = self.age
            self.payload = payload
            self.ended.set()

    def fail(self, reason: str) -> None:
        """Record that the attempt has failed."""
        self.failure = reason
        self.ended.set()


@dataclass(slots=True, eq=False, repr=False)
class Delivery:
    """Something to tell the bot.

    Attributes:
        kind: ``events_api``, ``interactive`` or ``slash_commands``, as in Socket Mode's envelopes.
        withheld: why Slack doesn't send it at all: not subscribed, scope missing, not installed …; None if Slack does.
        attempts: every attempt to send it, in order.
        replies: the messages that came through its acknowledgement or response_url.
        complaints: what Slack would refuse in the acknowledgement's payload.
    """

    server: "SlackServer"
    kind: str
    payload: Json
    team: "Team"
    user: "User | None" = None
    response_url: "ResponseUrl | None" = None
    view: View | None = None
    withheld: str | None = None
    attempts: list[Attempt] = field(default_factory=list)
    replies: list[Message] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    _ephemerals_before: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.user is not None:
            self._ephemerals_before = list(self.user.ephemerals)

    @property
    def ephemerals(self) -> list[Message]:
        """The messages since the act that only the person who acted sees."""
        return [one for one in self.user.ephemerals if one not in self._ephemerals_before] if self.user else []

    @property
    def ack(self) -> Attempt | None:
        """The attempt that was acknowledged, the first if there are several; None if there is none."""
        return next((one for one in self.attempts if one.after is not None), None)

    async def send(self) -> "Delivery":
        """Send the delivery for the first time; an event that nobody acknowledges is repeated."""
        if self.withheld:
            raise AssertionError(f"Slack doesn't send this: {self.withheld}")
        await self.again()
        if self.kind == "events_api":
            self.server.spawn(self._insist())
        return self

    async def again(self, reason: str = "http_timeout") -> Attempt:
        """Send the delivery once more, whatever became of earlier attempts."""
        attempt = Attempt(len(self.attempts), self.server.next_id("env-"), reason)
        self.attempts.append(attempt)
        await self.server.transport.send(self, attempt)
        return attempt

    async def acked(self, within: float = TO_ACKNOWLEDGE_S) -> Attempt:
        """Wait for the acknowledgement; AssertionError if it took longer than ``within`` seconds from its sending."""
        if self.withheld:
            raise AssertionError(f"Slack doesn't send this: {self.withheld}")
        if not self.attempts:
            raise AssertionError("it is held back: send() it first")
        once = self.kind != "events_api"  # an event is sent again, so one failure says nothing yet
        await self.server.until(lambda: self.ack or (once and self.attempts[-1].failure), "an acknowledgement")
        if self.ack is None:
            raise AssertionError(f"not acknowledged: {self.attempts[-1].failure} {self.attempts[-1].status or ''}")
        if (self.ack.after or 0.0) > within:
            raise AssertionError(f"acknowledged only after {self.ack.after:.3f} s")
        if self.complaints:
            raise AssertionError(f"acknowledged with {self.complaints}")
        return self.ack

    async def refused(self) -> Attempt:
        """Wait until the first attempt has failed, because the bot refused it or wasn't there."""
        await self.server.until(lambda: self.attempts[0].failure, "a refusal")
        return self.attempts[0]

    async def reply(self, *, number: int = 1) -> Message:
        """Wait for the bot's n-th reply, in the acknowledgement or at the response_url; ``number`` counts from 1."""
        await self.server.until(lambda: len(self.replies) >= number, f"{number} replies")
        return self.replies[number - 1]

    def take(self, attempt: Attempt, payload: Any) -> None:
        """Record an acknowledgement; if it is the first, do what its payload asks for."""
        first = self.ack is None
        attempt.acknowledge(payload)
        if first and payload:
            self._obey({"text": payload} if isinstance(payload, str) else payload)
        elif first and self.view is not None:
            self.view.open = False

    def _obey(self, payload: Json) -> None:
        self.complaints += blockkit.problems(payload.get("blocks") or [])
        self.complaints += blockkit.view_problems(payload["view"]) if "view" in payload else []
        if self.view is not None:
            self.complaints += self.server.views.complaints(self.view, payload)
        if self.complaints:
            return
        if self.view is not None:
            self.server.views.obey(self.view, payload)
        elif self.kind == "slash_commands" and self.response_url is not None:
            self.response_url.show(payload)

    async def _insist(self) -> None:
        for delay in self.server.retry_delays:
            last = self.attempts[-1]
            try:
                await asyncio.wait_for(last.ended.wait(), self.server.ack_timeout)
            except TimeoutError:
                last.failure = "http_timeout"
            if self.ack is not None or last.failure == "no_retry":
                return
            await asyncio.sleep(delay)
            if self.ack is None:
                await self.again(last.failure or "http_timeout")
