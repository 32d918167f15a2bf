"""The interfaces of the core's surroundings: clock, ids and the answer writer."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.answers import AnswerOutcome, SubmitAnswer
from bot.domain.drafts import ParsedDocument
from bot.domain.formulas import LabelledFormula
from bot.domain.identity import SpaceId
from bot.domain.own_chart import OwnChart
from bot.domain.readings import Example, Reading
from bot.domain.series import Timetable
from bot.domain.sheets import Tile

NextFire = Callable[[Timetable, datetime], datetime]
"""Returns the first moment after a given one at which a timetable asks."""


FormulaPainter = Callable[[Sequence[LabelledFormula]], Awaitable[bytes | None]]
"""Paints formulas as a PNG, in bounded time even if they were made to take long; None if none can be shown.

An error says that they can't be painted now, but perhaps later.
"""


SheetPainter = Callable[[Sequence[Tile]], Awaitable[bytes | None]]
"""Paints a sheet as a PNG, in bounded time whatever is in its pictures. An error says that it can't be painted."""


ChartPainter = Callable[[Sequence[OwnChart]], Awaitable[bytes | None]]
"""Paints one chart as a PNG, in bounded time whatever its texts are. An error says that it can't be painted."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the current time, in UTC."""


class Ids(Protocol):
    """Makes ids that are unique across all processes on one database."""

    def next(self) -> int:
        """Return a new id: positive, below 2**63, and larger than earlier ones."""


class FileReader(Protocol):
    """Reads files that anybody may have sent."""

    async def read(
        self,
        data: bytes,
        *,
        name: str = "",
        format: str | None = None,  # noqa: A002 - the word of the command line
        space_id: SpaceId | None = None,
        kept: Mapping[str, Reading] | None = None,
    ) -> ParsedDocument:
        """Read the questions, notes and findings of a file, even one that was made to harm its reader.

        Args:
            data: the file's bytes.
            name: the file's name, if it has one.
            format: the name of a format; None to detect it.
            space_id: the space that it comes from, so that no space takes the turns of all others.
            kept: readings by example, by their names: the best is taken if the file isn't understood as well without.

        Raises:
            BadFile: it can't be read, or reading it takes more time or memory than one file may cost.
            Busy: too many files wait to be read, of all spaces or of this one.
        """

    async def read_like(
        self, data: bytes, examples: Sequence[Example], *, name: str = "", space_id: SpaceId | None = None
    ) -> ParsedDocument:
        """Read a file by example, like some of its questions, whose lines somebody has marked.

        Args:
            data: the file's bytes.
            examples: at least one question.
            name: the file's name, if it has one.
            space_id: as for `read`.

        Raises:
            BadFile: as for `read`; or the lines can't be a question, or no way of reading the file fits them.
            Busy: too many files wait to be read.
        """


class AnswerWriter(Protocol):
    """Stores answers; all answers go through it."""

    async def submit(self, submitted: SubmitAnswer) -> AnswerOutcome:
        """Store an answer, together with others that wait; return once it is on disk.

        If the caller is cancelled, the answer is stored all the same.

        Raises:
            Busy: too many answers wait already; this one wasn't stored.
            StorageUnavailable: the database refused; nothing was stored.
        """

    async def settle(self) -> None:
        """Wait until every answer that was submitted before is stored or refused."""
