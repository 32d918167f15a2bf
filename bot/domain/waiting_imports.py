"""Files that were read, and wait until whoever brought them decides what is stored."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.desk import Trace
from bot.domain.identity import ImportId, SpaceId
from bot.domain.readings import Example

LASTS = timedelta(days=1)
"""How long a file waits after its owner's last action."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingImport:
    """A file that waits.

    Attributes:
        account: the external id of the account in the space that brought it.
        at: when it was brought, or its questions were last mended.
        version: that of the desk on which its questions lie.
        file: the file's name.
        format: the name of the format that it is read in; None: as is found from its content.
        bank: the name of the bank that its questions are to be stored in.
        size: how many bytes it has.
        examples: those of its questions that its owner has shown as examples; empty: it is read without any.
        traces: what was made of its questions so far.
    """

    id: ImportId
    space_id: SpaceId
    account: str
    at: datetime
    version: int = 0
    file: str
    bank: str
    format: str | None = None
    size: int = 0
    examples: tuple[Example, ...] = ()
    traces: tuple[Trace, ...] = field(default=())
