"""The server's time, and ids that contain it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

_DISCORD_EPOCH_MS = 1_420_070_400_000
_BITS_BELOW_TIME = 22


class ServerClock:
    """The wall clock or a test's own clock, which the test can move forward.

    Args:
        wall: returns seconds since 1970; it may stand still.
    """

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        self._started = time.monotonic()
        self._ahead = 0.0

    def now(self) -> float:
        """Return seconds since 1970, as ids and timestamps show them."""
        return self._wall() + self._ahead

    def elapsed(self) -> float:
        """Return seconds since the server was made, for limits and delays; ``wall`` may stand still."""
        return time.monotonic() - self._started + self._ahead

    def advance(self, seconds: float) -> None:
        """Move both times forward without waiting."""
        self._ahead += seconds


class Snowflakes:
    """Makes ids that keep growing; each contains the moment when it was made."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._last = 0

    def next(self) -> int:
        """Return a new id; ids of the same millisecond count up."""
        made_now = (int(self._now() * 1000) - _DISCORD_EPOCH_MS) << _BITS_BELOW_TIME
        self._last = max(made_now, self._last + 1)
        return self._last


def guild_snowflake(number: int) -> int:
    """Return the id of the n-th guild: one millisecond after the previous one, so that guilds spread over shards."""
    return ((157_766_400_000 + number) << _BITS_BELOW_TIME) + 1


def time_of(snowflake: int) -> datetime:
    """Return when an id was made."""
    return datetime.fromtimestamp(((snowflake >> _BITS_BELOW_TIME) + _DISCORD_EPOCH_MS) / 1000, UTC)
