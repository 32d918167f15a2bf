"""Slack's rate limits: switched on by a test that wants them, and always counted.

Tiers from https://docs.slack.dev/apis/web-api/rate-limits: calls of one method by one workspace's app in a minute.
"""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.ports import Clock

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@dataclass(slots=True, eq=False)
class RateLimits:
    """What is allowed, by the server's clock.

    Attributes:
        on: whether anything is refused.
        tiers: calls a minute; tier 1 allows more than its one here, since Slack lets small bursts pass.
        per_channel: messages that one channel takes in a second.
        refused: how often 429 was the answer, by method.
    """

    clock: Clock
    on: bool = False
    tiers: dict[int, int] = field(default_factory=lambda: {1: 5, 2: 20, 3: 50, 4: 100})
    per_channel: int = 1
    refused: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    _calls: defaultdict[tuple[str, ...], deque[datetime]] = field(default_factory=lambda: defaultdict(deque))

    def wait_for(self, method: str, tier: int, team: str, channel: str | None = None) -> int:
        """Seconds until this call would be allowed; 0: it is, and it counts. Tier 0 means one a second and channel."""
        if not self.on:
            return 0
        allowed, span = (self.per_channel, SECOND) if tier == 0 else (self.tiers[tier], MINUTE)
        calls = self._calls[method, team, channel or "" if tier == 0 else ""]
        now = self.clock.now()
        while calls and now - calls[0] >= span:
            calls.popleft()
        if len(calls) < allowed:
            calls.append(now)
            return 0
        return max(1, math.ceil((calls[0] + span - now).total_seconds()))
