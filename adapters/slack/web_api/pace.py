"""The gate that every call to Slack passes, so that it never has to say "too many".

Slack counts by method and workspace, in four tiers, and one message a second for each channel. Where it says "too
many" all the same, whoever comes next to the same counter waits, too.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.ports import RateLimited

_MOST_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Pace:
    """At most ``burst`` at once, then one every ``interval`` seconds."""

    interval: float
    burst: int = 1


POST = Pace(1.1)
"""A message to one channel: one a second, and a little air for the way there."""

_TIER_2, _TIER_3, _TIER_4 = Pace(4.0, 5), Pace(60 / 35, 15), Pace(1.0, 40)
"""20, 50 and 100 a minute: in no minute do a burst and what follows it come to more."""

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
"""How fast each method may be called; those that aren't here are called now and then only."""
_NO_PACE = Pace(0.0)

Counter = tuple[str, str, str]
"""What Slack counts by: method, workspace and, for messages, channel."""


class Gate:
    """Lets calls through as fast as Slack takes them, those of one counter in the order in which they came."""

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
            RateLimited: that takes longer than ``patience``, in seconds.
        """
        until = self._now() + patience
        while (wait := self._turn(counter, until)) > 0:
            await self._sleep(wait)
            if self._now() >= self._closed_until.get(counter, 0.0):  # else it was closed meanwhile
                return

    def _turn(self, counter: Counter, until: float) -> float:
        """Take the next turn; in how many seconds it comes."""
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
        """Let nobody through for so long: Slack said so."""
        now = self._now()
        self._closed_until[counter] = max(self._closed_until.get(counter, 0.0), now + seconds)
        if len(self._closed_until) > _MOST_KEPT:
            self._closed_until = {key: at for key, at in self._closed_until.items() if at > now}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """In seconds; what stands here suits Slack.

    Attributes:
        post: for a post that Slack doesn't answer; shorter than delivery's hold on a message, or another process would
            post it while this one still does.
        picture: for a picture, before its question comes without it.
        late_picture: before such a picture takes its place.
        name: for the name of somebody who reacts: Slack wants its acknowledgement within three seconds, and a name can
            be learnt later.
        first_count: after an answer, before the public count is shown: the first count waits for those who answer with
            the first one, as a question is answered in bursts.
        next_count: after a count, before the next.
        finish: at a stop, for what is under way.
    """

    post: float = 3.5
    picture: float = 1.5
    late_picture: float = 3.0
    name: float = 1.5
    first_count: float = 1.0
    next_count: float = 5.0
    finish: float = 3.0
