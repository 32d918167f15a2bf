"""Slack's rate limits, which a test switches on.

Tiers are from https://docs.slack.dev/apis/web-api/rate-limits: calls a minute of one method by one workspace's app.
"""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.ports import Clock

UNLISTED = {"conversations.history": 15, "conversations.replies": 15}
"""What an app outside the Marketplace may call once a minute, and how many objects it gets at once.

https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps
"""

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@dataclass(slots=True, eq=False)
class RateLimits:
    """How many calls are allowed, by the server's clock.

    Attributes:
        on: whether calls are counted and refused.
        unlisted: whether the app is distributed outside the Marketplace; its limits hold even if ``on`` isn't set.
        tiers: calls a minute for each tier; tier 1 is 5 instead of 1, because Slack lets small bursts pass.
        per_channel: messages a second in one channel.
        refused: how many calls were answered with 429, by method.
    """

    clock: Clock
    on: bool = False
    unlisted: bool = False
    tiers: dict[int, int] = field(default_factory=lambda: {1: 5, 2: 20, 3: 50, 4: 100})
    per_channel: int = 1
    refused: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    _calls: defaultdict[tuple[str, ...], deque[datetime]] = field(default_factory=lambda: defaultdict(deque))

    def most_objects(self, method: str, wanted: int) -> int:
        """Return how many objects a call of this method gets that asks for so many."""
        return min(wanted, UNLISTED.get(method, wanted)) if self.unlisted else wanted

    def wait_for(self, method: str, tier: int, team: str, channel: str | None = None) -> int:
        """Return the seconds until this call is allowed; 0: it is, and is counted. Tier 0: ``per_channel`` a second."""
        is_rare = self.unlisted and method in UNLISTED
        if not self.on and not is_rare:
            return 0
        allowed, span = (self.per_channel, SECOND) if tier == 0 else (1 if is_rare else self.tiers[tier], MINUTE)
        calls = self._calls[method, team, channel or "" if tier == 0 else ""]
        now = self.clock.now()
        while calls and now - calls[0] >= span:
            calls.popleft()
        if len(calls) < allowed:
            calls.append(now)
            return 0
        return max(1, math.ceil((calls[0] + span - now).total_seconds()))
