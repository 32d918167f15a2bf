"""The real surroundings: the system's clock, ids made from it, and files that only the bot's account can read."""

import os
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from typing_extensions import override

from bot.ports import Clock, Ids

_EPOCH_MS = 1_767_225_600_000  # 2026-01-01 UTC: later than any id, so that 41 bits last until 2095
_RANDOM_BITS = 22
_FOLDER, _FILE = 0o700, 0o600


class SystemClock(Clock):
    """`bot.ports.Clock` that reads the machine's clock."""

    @override
    def now(self) -> datetime:
        return datetime.now(UTC)


class TimeOrderedIds(Ids):
    """`bot.ports.Ids`: 41 bits of milliseconds, then 22 bits that start at random and count up.

    Two processes that make ids in the same millisecond meet with a chance of one in millions, and then
    a unique constraint refuses the second row.
    """

    def __init__(self, clock: Clock, random: Random) -> None:
        self._clock = clock
        self._random = random
        self._last = 0

    @override
    def next(self) -> int:
        milliseconds = max(0, int(self._clock.now().timestamp() * 1000) - _EPOCH_MS)
        fresh = milliseconds << _RANDOM_BITS | self._random.getrandbits(_RANDOM_BITS - 1)
        self._last = fresh if fresh >> _RANDOM_BITS > self._last >> _RANDOM_BITS else self._last + 1
        return self._last


def make_private_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(_FOLDER)


def make_private_file(path: Path) -> None:
    """Make an empty file.

    Raises:
        FileExistsError: there is one of this name.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE)
    try:
        os.fchmod(descriptor, _FILE)
    finally:
        os.close(descriptor)
