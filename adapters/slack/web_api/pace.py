"""The gate that every call to Slack passes, so that Slack never has to say "too many".

Slack limits each method in each workspace, in four tiers, and messages to one a second for each channel. If it says
"too many" all the same, later calls of the same counter wait, too.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.ports import RateLimited

_MOST_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Pace:
    """At most ``burst`` calls at once, then one every ``interval`` seconds."""

    interval: float
    burst: int = 1


POST = Pace(1.1)
"""Messages to one channel: one a second, with a little slack for the network."""

_TIER_2, _TIER_3, _TIER_4 = Pace(4.0, 5), Pace(60 / 35, 15), Pace(1.0, 40)
"""Tiers of 20, 50 and 100 calls a minute, which a burst and the calls after it never exceed."""

PACES = {
    "chat_postMessage": POST,
    "chat_postEphemeral": _TIER_4,
    "chat_update": _TIER_3,
    "conversations_history": _TIER_3,
    "conversations_info": _TIER_3,
    "conversations_join": _TIER_3,
    "conversations_members": _TIER_4,
    "conversations_open": _TIER_3,
    "conversations_replies": _TIER_3,
    "reactions_add": _TIER_3,
    "reactions_get": _TIER_3,
    "usergroups_users_list": _TIER_2,
    "users_info": _TIER_4,
    "users_list": _TIER_2,
    "views_open": _TIER_4,
    "views_publish": _TIER_4,
}
"""How fast each method may be called; methods that aren't listed are called too rarely to need a pace."""
_NO_PACE = Pace(0.0)

Counter = tuple[str, str, str]
"""What Slack counts by: method, workspace and, for messages, channel."""


class Gate:
    """Lets calls through as fast as Slack takes them; those of one counter keep their order."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        paces: Mapping[str, Pace] = PACES,
    ) -> None:
        self._now = now
        self._sleep = sleep
        self._paces = paces
        self._free_at: dict[Counter, float] = {}
        self._closed_until: dict[Counter, float] = {}

    async def enter(self, counter: Counter, patience: float) -> None:
        """Wait until a call may be made.

        Raises:
            RateLimited: the wait would be longer than ``patience``, in seconds.
        """
        until = self._now() + patience
        while (wait := self._turn(counter, until)) > 0:
            await self._sleep(wait)
            if self._now() >= self._closed_until.get(counter, 0.0):  # else it was closed meanwhile
                return

    def _turn(self, counter: Counter, until: float) -> float:
        """Take the next turn; return how many seconds from now it comes."""
        now, closed_until = self._now(), self._closed_until.get(counter, 0.0)
        pace = self._paces.get(counter[0], _NO_PACE)
        lead = (pace.burst - 1) * pace.interval
        free_at = max(self._free_at.get(counter, 0.0), now, closed_until + lead)
        wait = max(free_at - lead - now, 0.0)
        if wait > max(until - now, 0.0):
            raise RateLimited(wait)
        if pace.interval:
            self._free_at[counter] = free_at + pace.interval
            if len(self._free_at) > _MOST_KEPT:
                self._free_at = {key: at for key, at in self._free_at.items() if at > now}
        return wait

    def close(self, counter: Counter, seconds: float) -> None:
        """Hold all calls of a counter for some seconds, because Slack said so."""
        now = self._now()
        self._closed_until[counter] = max(self._closed_until.get(counter, 0.0), now + seconds)
        if len(self._closed_until) > _MOST_KEPT:
            self._closed_until = {key: at for key, at in self._closed_until.items() if at > now}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """How long the adapter waits, in seconds; the defaults suit Slack.

    Attributes:
        post: for Slack's reply to a post; shorter than delivery's claim on the message, or another process would post
            it, too.
        picture: for a picture, before its question is posted without it.
        late_picture: before a late picture is added to its question.
        name: for the name of somebody who reacts: Slack wants its acknowledgement within three seconds, and the name
            can be learnt later.
        first_count: after a first answer, before the public count is shown: answers come in bursts.
        next_count: from one public count to the next.
        finish: when stopping, for work that is under way.
    """

    post: float = 3.5
    picture: float = 1.5
    late_picture: float = 3.0
    name: float = 1.5
    first_count: float = 1.0
    next_count: float = 5.0
    finish: float = 3.0
