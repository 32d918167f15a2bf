"""Lists whose questions a ruler (``---``) parts, their choices without letters, the right ones marked ``(Correct)``."""

from collections.abc import Callable, Sequence

from bot.domain.drafts import NoteSection, ParsedDocument
from bot.importers.anatomy import RawQuestion
from bot.importers.furniture import part_furniture
from bot.importers.headings import strict_heading
from bot.importers.marks import RULER, question_mark, verdict
from bot.importers.markup import front_matter_end, without_tags
from bot.importers.notes import sections
from bot.importers.numbered import assemble
from bot.importers.plain_block import read_plain
from bot.importers.text import Line

Progress = Callable[[float], None]


def blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """What stands between the rulers, without the blank ones."""
    found: list[list[Line]] = [[]]
    for line in lines[front_matter_end(lines) :]:
        if RULER.match(line.text):
            found.append([])
        else:
            found[-1].append(line)
    return [block for block in found if any(line.text.strip() for line in block)]


def is_question(block: Sequence[Line]) -> bool:
    """Whether a block holds a stem and choices: a verdict says so, or a question above two lines or more."""
    texts = [line.text.strip() for line in block if line.text.strip()]
    if any(verdict(text)[1] for text in texts[1:]):
        return True
    asks = next((place for place, text in enumerate(texts) if "?" in text or text.endswith((":", "___"))), None)
    return asks is not None and len(texts) - asks > 2


def parse(lines: Sequence[Line], progress: Progress) -> ParsedDocument:
    """Everything that a document of this kind holds."""
    body, furniture = part_furniture(list(without_tags(lines)))
    parts = blocks(body)
    raws: list[RawQuestion] = []
    notes: list[NoteSection] = []
    heading = ""
    for place, block in enumerate(parts, start=1):
        block, more, heading = _without_headings(block, heading)
        notes += more
        if not block:
            continue
        if not is_question(block):
            more, heading = sections(block, heading)
            notes += more
            continue
        raw, rest = _read(block)
        raw.section = heading or None
        raws.append(raw)
        more, heading = sections(rest, heading)
        notes += more
        if place % 1000 == 0:
            progress(place / len(parts))
    return assemble("separated", raws, notes, furniture)


def _without_headings(block: Sequence[Line], heading: str) -> tuple[list[Line], list[NoteSection], str]:
    """A block without the headings it begins with, and the heading in force."""
    at = 0
    while at < len(block):
        found = strict_heading(block, at)
        if found:
            heading, at = found.text, found.end
        elif block[at].text.strip():
            break
        else:
            at += 1
    return list(block[at:]), [], heading


def _read(block: list[Line]) -> tuple[RawQuestion, Sequence[Line]]:
    mark = question_mark(block[0].text)
    if mark:
        block[0] = block[0]._replace(text=mark.rest)
    return read_plain(block, mark.number if mark else None)
