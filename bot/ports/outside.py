"""The interfaces of the core's surroundings: clock, ids and the answer writer."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.domain.answers import AnswerOutcome, SubmitAnswer
from bot.domain.series import Timetable

NextFire = Callable[[Timetable, datetime], datetime]
"""Returns the first moment after a given one at which a timetable asks."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the current time, in UTC."""


class Ids(Protocol):
    """Makes ids that are unique across all processes on one database."""

    def next(self) -> int:
        """Return a new id: positive, below 2**63, and larger than earlier ones."""


class AnswerWriter(Protocol):
    """Stores answers; all answers go through it."""

    async def submit(self, submitted: SubmitAnswer) -> AnswerOutcome:
        """Store an answer, together with others that wait; return once it is on disk.

        If the caller is cancelled, the answer is stored all the same.

        Raises:
            Busy: too many answers wait already; this one wasn't stored.
            StorageUnavailable: the database refused; nothing was stored.
        """
