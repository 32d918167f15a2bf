"""The lines of a file around its questions, as far as they are kept."""

from collections.abc import Sequence

from bot.domain.drafts import ParsedDocument
from bot.domain.excerpts import is_ready, lines_around
from bot.importers.reading.lines import Line

MOST = 400_000
"""How many characters of a file's lines are kept; questions that need somebody go first."""

_LONGEST = 1_000
"""How many characters of a line are kept."""


def kept_lines(document: ParsedDocument, lines: Sequence[Line]) -> dict[int, str]:
    """Return the text of the lines around a document's questions by their numbers, as far as there is room.

    ``lines`` are all lines of the file; if they aren't those that ``document`` accounts for, none is kept.
    """
    if not document.questions or len(lines) != len(document.roles):
        return {}
    starts = [draft.line for draft in document.questions]
    following = dict(zip(starts, [*starts[1:], None], strict=True))
    kept: dict[int, str] = {}
    room = MOST
    for draft in sorted(document.questions, key=is_ready):
        for number in lines_around(draft.line, following[draft.line], document.roles):
            if number not in kept:
                kept[number] = lines[number - 1].text[:_LONGEST]
                room -= len(kept[number]) + 1
        if room < 0:
            break
    return kept
