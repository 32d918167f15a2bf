"""What the core asks of its surroundings: time, ids, somewhere to keep answers."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.domain.answers import AnswerOutcome, SubmitAnswer
from bot.domain.drafts import ParsedDocument
from bot.domain.series import Timetable

NextFire = Callable[[Timetable, datetime], datetime]
"""The first moment after the given one at which a timetable asks."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, in UTC."""


class Ids(Protocol):
    """Makes ids that are unique over all processes of a group."""

    def next(self) -> int:
        """A new id: positive, below 2**63, later ones greater."""


class FileReader(Protocol):
    """Reads files that anybody may have sent."""

    async def read(self, data: bytes, *, name: str = "", format: str | None = None) -> ParsedDocument:  # noqa: A002 - the word of the command line
        """The questions, notes and findings of a file, whatever it was made to do to its reader.

        Args:
            data: the file's bytes.
            name: the file's name, if it has one.
            format: the name of a format; None to detect it.

        Raises:
            BadFile: it can't be read, or reading it takes more time or memory than one file may cost.
            Busy: too many files wait to be read.
        """


class AnswerWriter(Protocol):
    """The one way in for answers."""

    async def submit(self, submitted: SubmitAnswer) -> AnswerOutcome:
        """Store an answer together with others that wait; returns once it is on disk.

        A caller that is cancelled leaves its answer in the batch: it is stored all the same.

        Raises:
            Busy: too many wait already; nothing was stored.
            StorageUnavailable: the database refused; nothing was stored.
        """
