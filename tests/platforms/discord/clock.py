"""The server's time, and ids that carry it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

_DISCORD_EPOCH_MS = 1_420_070_400_000
_BITS_BELOW_TIME = 22


class ServerClock:
    """The wall clock, or a test's own, which a test may push forward.

    Args:
        wall: seconds since 1970; a clock that stands still is fine.
    """

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        self._started = time.monotonic()
        self._ahead = 0.0

    def now(self) -> float:
        """Seconds since 1970: what ids and timestamps show."""
        return self._wall() + self._ahead

    def elapsed(self) -> float:
        """Seconds since the server was made, for limits and delays; real ones even where the wall clock stands."""
        return time.monotonic() - self._started + self._ahead

    def advance(self, seconds: float) -> None:
        """Let time pass without waiting."""
        self._ahead += seconds


class Snowflakes:
    """Ids that rise, each with the moment it was made inside."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._last = 0

    def next(self) -> int:
        """A new id; within one millisecond they count up."""
        made_now = (int(self._now() * 1000) - _DISCORD_EPOCH_MS) << _BITS_BELOW_TIME
        self._last = max(made_now, self._last + 1)
        return self._last


def guild_snowflake(number: int) -> int:
    """The id of the n-th guild: made one millisecond after the one before, so that guilds spread over shards."""
    return ((157_766_400_000 + number) << _BITS_BELOW_TIME) + 1


def time_of(snowflake: int) -> datetime:
    """When an id was made."""
    return datetime.fromtimestamp(((snowflake >> _BITS_BELOW_TIME) + _DISCORD_EPOCH_MS) / 1000, UTC)
