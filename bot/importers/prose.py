"""Notes and articles without questions: sections under their headings."""

from collections.abc import Callable, Sequence

from bot.domain.drafts import ParsedDocument
from bot.importers.assembly import assemble
from bot.importers.furniture import part_furniture
from bot.importers.markup import front_matter_end, without_tags
from bot.importers.notes import Beside
from bot.importers.text import Line

Progress = Callable[[float], None]


def parse(lines: Sequence[Line], progress: Progress) -> ParsedDocument:
    """Everything that a document of this kind holds."""
    body, furniture = part_furniture(list(without_tags(lines[front_matter_end(lines) :])))
    beside = Beside()
    beside.take(body)
    progress(1.0)
    return assemble("prose", [], beside, furniture)
