"""Reads lists with a ruler (``---``) between questions; choices have no letters, right ones a ``(Correct)``."""

from collections.abc import Iterator, Sequence

from bot.domain.drafts import ParsedDocument
from bot.importers.format import Progress, format_of_lines
from bot.importers.reading.anatomy import RawQuestion
from bot.importers.reading.assembly import assemble
from bot.importers.reading.furniture import part_furniture
from bot.importers.reading.headings import strict_heading
from bot.importers.reading.items import item_of
from bot.importers.reading.lines import Line, ending_in
from bot.importers.reading.marks import RULES, is_ruler, question_mark
from bot.importers.reading.markup import front_matter_end, without_tags
from bot.importers.reading.notes import Beside
from bot.importers.reading.plain_block import read_plain
from bot.importers.reading.verdicts import verdict

_REPORT_EVERY = 1000


def blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the blocks of lines between rulers, without blank blocks."""
    block: list[Line] = []
    for line in lines[front_matter_end(lines) :]:
        if not is_ruler(line.text):
            block.append(line)
            continue
        if any(one.text.strip() for one in block):
            yield block
        block = []
    if any(one.text.strip() for one in block):
        yield block


def is_question(block: Sequence[Line]) -> bool:
    """Whether a block holds a stem and choices: one is marked as right, or a question is above two lines or more."""
    texts = [line.text.strip() for line in block if line.text.strip()]
    if any(verdict(text)[1] for text in texts[1:]):
        return True
    asks = next((position for position, text in enumerate(texts) if "?" in text or text.endswith((":", "___"))), None)
    return asks is not None and len(texts) - asks > 2


def likelihood(lines: Sequence[Line]) -> float:
    """The number of blocks that are questions without letters, if there is a ruler at all."""
    if not any(is_ruler(lines[at].text) for at in ending_in(lines, RULES)):
        return 0
    found = [is_question(block) and not _is_labelled(block) for block in blocks(lines)]
    return sum(found) if len(found) > 1 else 0


def _is_labelled(block: Sequence[Line]) -> bool:
    """Whether choices below the first line begin with letters, or with numbers that count from 1."""
    labels = [item for line in block[1:] if (item := item_of(line)) and item.positions]
    lettered = sum(item.style == "letter" for item in labels)
    return lettered > 1 or [item.positions[0][1] for item in labels[:2]] == [0, 1]


def parse(lines: Sequence[Line], progress: Progress) -> ParsedDocument:
    """Read a document in this format."""
    body, furniture = part_furniture(without_tags(lines), lines)
    parts = [*blocks(body)]
    raws: list[RawQuestion] = []
    beside = Beside()
    for position, part in enumerate(parts, start=1):
        begin = _end_of_headings(part)
        beside.take(part[:begin], question_follows=True)
        block = part[begin:]
        if not is_question(block):
            beside.take(block)
            continue
        raw, rest = _read(block)
        raw.section = beside.heading or None
        raws.append(raw)
        beside.take(rest)
        if position % _REPORT_EVERY == 0:
            progress(position / len(parts))
    return assemble(FORMAT.name, raws, beside, furniture)


def _end_of_headings(block: Sequence[Line]) -> int:
    """The index after the headings that a block begins with."""
    at = 0
    while at < len(block):
        found = strict_heading(block, at)
        if not found and block[at].text.strip():
            break
        at = found.end if found else at + 1
    return at


def _read(block: list[Line]) -> tuple[RawQuestion, Sequence[Line]]:
    mark = question_mark(block[0].text)
    if mark:
        block[0] = block[0].with_text(mark.rest)
    return read_plain(block, mark.number if mark else None)


FORMAT = format_of_lines(
    name="separated",
    about="lists with a ruler (---) between questions, right choices marked (Correct)",
    likelihood=likelihood,
    parse=parse,
)
