"""The desks of files that wait, kept so that a file isn't read again for every question that is mended."""

from cachetools import FIFOCache

from bot.domain.desk import Desk
from bot.domain.identity import ImportId

_KEPT = 8


class Desks:
    """The latest desks of this process; whatever is on them is stored elsewhere, too."""

    def __init__(self) -> None:
        self._desks: FIFOCache[ImportId, Desk] = FIFOCache(_KEPT)

    def keep(self, import_id: ImportId, desk: Desk) -> None:
        """Keep the desk of a file."""
        self._desks[import_id] = desk

    def find(self, import_id: ImportId, version: int) -> Desk | None:
        """Return the desk of a file in a version; None if it isn't kept."""
        desk = self._desks.get(import_id)
        return desk if desk and desk.version == version else None

    def drop(self, import_id: ImportId) -> None:
        """Forget the desk of a file."""
        self._desks.pop(import_id, None)
