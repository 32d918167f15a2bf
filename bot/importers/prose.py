"""Notes and articles without questions: sections under their headings."""

from collections.abc import Callable, Sequence

from bot.domain.drafts import ParsedDocument
from bot.importers.markup import front_matter_end, without_tags
from bot.importers.notes import sections
from bot.importers.text import Line

Progress = Callable[[float], None]


def parse(lines: Sequence[Line], progress: Progress) -> ParsedDocument:
    """Everything that a document of this kind holds."""
    notes, _last = sections(list(without_tags(lines[front_matter_end(lines) :])))
    progress(1.0)
    return ParsedDocument(format="prose", notes=tuple(notes))
