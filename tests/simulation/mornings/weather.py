"""What a seed lets go wrong, and when."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

POINTS = ("writes", "commits", "has written", "sends", "is posted")
"""Where fate may strike: before a round is recorded, before the commit, after it, before a post, after it."""

_STARTS = (
    datetime(2026, 3, 28, tzinfo=UTC),  # clocks change in Europe on the 29th
    datetime(2026, 10, 24, tzinfo=UTC),  # and back on the 25th
    datetime(2026, 3, 7, tzinfo=UTC),  # in America on the 8th
    datetime(2026, 6, 10, tzinfo=UTC),
)
_ZONES = ("Europe/Berlin", "Europe/Berlin", "America/New_York", "America/Havana", "Asia/Kolkata", "UTC")
_TIMES = (time(0, 0), time(0, 30), time(2, 30), time(9, 0), time(9, 0), time(23, 59))
_RESTARTS_S = (0.3, 1, 3, 8, 20, 90, 1_200)
_DOWNTIMES_S = (1_800, 6_900, 7_500, 5 * 3_600, 30 * 3_600)
_STALLS_S = (2, 5, 9, 20, 60, 180)
_JUMPS_S = (1, 5, 30, 600, 3_000, 3_600)


@dataclass
class Doom:
    """What happens to a process when it comes to a point for the ``nth`` time: it stalls so long, or dies (None)."""

    point: str
    nth: int
    stalls: float | None


class Weather:
    """See the module."""

    def __init__(self, seed: int) -> None:
        self.random = Random(f"{seed}: what goes wrong")
        pick = self.random.choice
        self.processes = pick((2, 2, 2, 4))
        self.starts = pick(_STARTS)
        self.lasts = timedelta(days=pick((1, 1, 2, 3)))
        self.tables = [(pick(_TIMES), pick(_ZONES)) for _ in range(pick((1, 1, 1, 2)))]
        self.faults = pick((0.0, 0.15, 0.4))
        self.deadly = pick((0.0, 0.4, 0.8))
        self.jumpy = pick((0.0, 0.0, 0.5))
        self.skewed = pick((0.0, 0.0, 6.0))
        """By how many seconds two clocks may differ."""

    def dooms(self) -> list[Doom]:
        """What lies in wait for a process around one moment at which something is due."""
        if self.random.random() >= self.deadly:
            return []
        stalls = self.random.choice(_STALLS_S) if self.random.random() < 0.35 else None
        return [Doom(self.random.choice(POINTS), self.random.randint(1, 4), stalls)]

    def out_of_nothing(self) -> float | None:
        """How many seconds after a due moment something befalls a process wherever it is; None: nothing does."""
        return self.random.uniform(-1, 9) if self.random.random() < self.deadly / 3 else None

    def stalls(self) -> float | None:
        return self.random.choice(_STALLS_S) if self.random.random() < 0.5 else None

    def restart(self) -> float:
        """How long a killed process stays away, in seconds."""
        return self.random.choice(_RESTARTS_S)

    def downtime(self) -> float | None:
        """How long all stay away who die around this moment, in seconds; None: everyone as long as it likes."""
        return self.random.choice(_DOWNTIMES_S) if self.random.random() < self.deadly / 4 else None

    def jump(self) -> timedelta | None:
        """By how much the clocks go wrong around this moment."""
        if self.random.random() >= self.jumpy:
            return None
        return timedelta(seconds=self.random.choice(_JUMPS_S) * self.random.choice((-1, 1)))

    def skew(self) -> timedelta:
        return timedelta(seconds=self.random.uniform(-self.skewed, self.skewed) / 2)
