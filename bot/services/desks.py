"""The desks of files that wait, kept so that a file isn't read again for every question that is mended."""

import asyncio
from sys import getsizeof

from cachetools import LRUCache

from bot.domain.desk import Desk
from bot.domain.identity import ImportId

ROOM = 128 * 1024**2
"""How many bytes of memory all desks of a process may take; a larger desk is made again whenever it is needed."""
_OF_A_QUESTION = 800
"""What a question and its portion take beside their texts, in bytes: measured with four choices."""


class Desks:
    """The latest desks of this process; whatever is on them is stored elsewhere, too."""

    def __init__(self) -> None:
        self._desks: LRUCache[ImportId, tuple[Desk, int]] = LRUCache(ROOM, getsizeof=lambda kept: kept[1])

    async def keep(self, import_id: ImportId, desk: Desk) -> None:
        """Keep the desk of a file, if there is room for it; it may push out others."""
        self.drop(import_id)
        size = await asyncio.to_thread(size_of, desk)
        if size <= ROOM:
            self._desks[import_id] = desk, size

    def find(self, import_id: ImportId, version: int) -> Desk | None:
        """Return the desk of a file in a version; None if it isn't kept."""
        desk, _size = self._desks.get(import_id) or (None, 0)
        return desk if desk and desk.version == version else None

    def drop(self, import_id: ImportId) -> None:
        """Forget the desk of a file."""
        self._desks.pop(import_id, None)


def size_of(desk: Desk) -> int:
    """Return about how many bytes of memory a desk takes; some texts take four for each character."""
    document = desk.document
    texts: list[str] = [*document.lines.values(), *(finding.message for finding in document.findings)]
    texts += [text for note in document.notes for text in (note.heading, note.text)]
    for draft in document.questions:
        texts += [draft.stem, draft.explanation, *draft.answers, *draft.tags, *(draft.choice_explanations or ())]
    for one in (one for portion in desk.portions.values() for one in portion.outcome or ()):
        texts += [one.stem, one.explanation, *one.choices, *(one.choice_explanations or ())]
    pictures = {id(file): len(file.data) for draft in document.questions for file in draft.files}
    return sum(map(getsizeof, texts)) + sum(pictures.values()) + _OF_A_QUESTION * len(document.questions)
