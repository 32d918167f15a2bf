"""Slack's rate limits, which a test switches on.

Tiers are from https://docs.slack.dev/apis/web-api/rate-limits: calls a minute of one method by one workspace's app.
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
    """How many calls are allowed, by the server's clock.

    Attributes:
        on: whether calls are counted and refused.
        tiers: calls a minute for each tier; tier 1 is 5 instead of 1, because Slack lets small bursts pass.
        per_channel: messages a second in one channel.
        refused: how many calls were answered with 429, by method.
    """

    clock: Clock
    on: bool = False
    tiers: dict[int, int] = field(default_factory=lambda: {1: 5, 2: 20, 3: 50, 4: 100})
    per_channel: int = 1
    refused: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    _calls: defaultdict[tuple[str, ...], deque[datetime]] = field(default_factory=lambda: defaultdict(deque))

    def wait_for(self, method: str, tier: int, team: str, channel: str | None = None) -> int:
        """Return the seconds until this call is allowed; 0: it is, and is counted. Tier 0: ``per_channel`` a second."""
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
