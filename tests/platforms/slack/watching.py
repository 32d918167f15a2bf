"""What a test can ask of the server: what was sent, written and seen, and when it will be."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from tests.patience import PATIENCE_S
from tests.platforms.slack.delivery import Delivery
from tests.platforms.slack.mrkdwn import pings
from tests.platforms.slack.rendering import render
from tests.platforms.slack.surfaces import Message, Surface
from tests.platforms.slack.traffic import Sent

_GLANCE_S = 0.01
"""How often a wait looks."""


class Watching:
    """The eyes of a test.

    Attributes:
        traffic: everything the bot sent: calls, posts to response_urls, acknowledgements, uploads.
        deliveries: everything it was told, or wasn't for a reason.
        written: every message there ever was, ephemeral and deleted ones, too.
        scopes_used: every scope that a call needed.
    """

    def __init__(self) -> None:
        self.traffic: list[Sent] = []
        self.deliveries: list[Delivery] = []
        self.written: list[Message] = []
        self.scopes_used: set[str] = set()

    @property
    def requests(self) -> list[Sent]:
        """Every Web API call, refused ones too."""
        return [one for one in self.traffic if one.kind == "api"]

    def calls(self, method: str) -> list[Sent]:
        """The calls of one method."""
        return [one for one in self.requests if one.method == method]

    def refusals(self, error: str | None = None) -> list[Sent]:
        """What was answered with an error, or with this one."""
        return [one for one in self.traffic if one.error and error in {None, one.error}]

    def occurrences(self, text: str, *, before: datetime | None = None) -> list[Sent]:
        """Whatever the bot sent that holds the text, in any form and channel."""
        return [one for one in self.traffic if (before is None or one.at < before) and one.says(text)]

    def pings(self) -> set[str]:
        """Whom any message has ever pinged."""
        return {one for message in self.written for one in pings(message)}

    def render(self, surface: Surface, tz: str = "UTC") -> str:
        """A message or view as a person sees it."""
        return render(surface, tz)

    async def until(self, condition: Callable[[], Any], what: str = "it", within: float = PATIENCE_S) -> Any:
        """Wait until a condition holds; what it returned. AssertionError after so many real seconds."""
        try:
            async with asyncio.timeout(within):
                while not (value := condition()):  # noqa: ASYNC110 - no event tells of what the bot keeps to itself
                    await asyncio.sleep(_GLANCE_S)
                return value
        except TimeoutError:
            raise AssertionError(f"no sign of {what} within {within} s") from None

    async def shown(self, text: str, messages: Callable[[], Iterable[Message]], within: float) -> Message:
        """Wait until one of the messages shows a text; the newest that does."""

        def newest() -> Message | None:
            return next((one for one in reversed(list(messages())) if text in render(one)), None)

        try:
            return await self.until(newest, repr(text), within)
        except AssertionError as error:
            there = "\n---\n".join(render(one) for one in messages())
            raise AssertionError(f"{error}; there is\n{there}") from None
