"""What a test can ask the server: what was sent, written and seen; it can also wait for that."""

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
"""How often a condition is checked while waiting."""


class Watching:
    """The part of a `SlackServer` with which a test looks at what happened.

    Attributes:
        traffic: everything the bot sent: calls, posts to response_urls, acknowledgements, uploads.
        deliveries: everything the bot was told, or would have been told if nothing prevented it.
        written: every message ever written, also ephemeral and deleted ones.
        scopes_used: every scope that was needed so far.
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
        """Return the calls of one method."""
        return [one for one in self.requests if one.method == method]

    def refusals(self, error: str | None = None) -> list[Sent]:
        """Return what was answered with this error; without ``error``, with any error."""
        return [one for one in self.traffic if one.error and error in {None, one.error}]

    def occurrences(self, text: str, *, before: datetime | None = None) -> list[Sent]:
        """Return everything the bot sent that contains the text, in any form and channel."""
        return [one for one in self.traffic if (before is None or one.at < before) and one.says(text)]

    def pings(self) -> set[str]:
        """Return everybody whom any message has ever pinged."""
        return {one for message in self.written for one in pings(message)}

    def render(self, surface: Surface, tz: str = "UTC", *, unfolded: bool = False) -> str:
        """Return a message or view as a person sees it; see `tests.platforms.slack.rendering.render`."""
        return render(surface, tz, unfolded=unfolded)

    async def until(self, condition: Callable[[], Any], what: str = "it") -> Any:
        """Wait until ``condition`` returns something true, and return it; AssertionError where it never does."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not (value := condition()):  # noqa: ASYNC110 - no event tells of what the bot keeps to itself
                    await asyncio.sleep(_GLANCE_S)
                return value
        except TimeoutError:
            raise AssertionError(f"no sign of {what} within {PATIENCE_S:g} s") from None

    async def shown(self, text: str, messages: Callable[[], Iterable[Message]]) -> Message:
        """Wait until one of the messages shows a text, and return the newest that does."""

        def newest() -> Message | None:
            return next((one for one in reversed(list(messages())) if text in render(one)), None)

        try:
            return await self.until(newest, repr(text))
        except AssertionError as error:
            there = "\n---\n".join(render(one) for one in messages())
            raise AssertionError(f"{error}; there is\n{there}") from None
