"""Reads Moodle's GIFT: stems with answers in braces, ``=`` before right ones and ``~`` before wrong ones.

It reads what Moodle's own importer reads, as docs.moodle.org describes it under "GIFT format".
"""

import re
from collections.abc import Sequence

from bot.domain.drafts import Finding, NoteSection, ParsedDocument, QuestionDraft
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.importers.format import Progress, format_of_lines
from bot.importers.gift.item import CATEGORY, Item, blocks, released, taken_apart
from bot.importers.gift.kinds import ReadItem
from bot.importers.gift.wording import Wording
from bot.importers.moodle.category import topic_of
from bot.importers.reading.leaving import left_out
from bot.importers.reading.lines import Line, may_have

_ANSWERS = re.compile(r"[~=]|#\s*[-+=.0-9]|(?:t|f|true|false)\s*(?:#|$)", re.IGNORECASE)
"""How the answers in braces begin; a program's code between braces hardly ever does."""
_REPORT_EVERY = 1000


def likelihood(lines: Sequence[Line]) -> float:
    """The number of items whose braces hold answers; those with a title may have nothing in their braces."""
    if not may_have(lines, "{"):
        return 0
    found = sum(_is_asked(block) for block in blocks(lines) if any("{" in line.text for line in block))
    return found + 0.5 if found else 0


def _is_asked(block: Sequence[Line]) -> bool:
    try:
        item = taken_apart(block)
    except BadInput:
        return False
    answers = item.answers
    return answers is not None and bool(_ANSWERS.match(answers) or (item.title and not answers))


def parse(lines: Sequence[Line], progress: Progress) -> ParsedDocument:
    """Read a document in this format."""
    questions: list[QuestionDraft] = []
    notes: list[NoteSection] = []
    findings: list[Finding] = []
    topic = None
    for position, block in enumerate(blocks(lines)):
        if position % _REPORT_EVERY == 0:
            progress(block[0].number / len(lines))
        if block[0].text.strip().startswith(CATEGORY):
            topic = topic_of(released(block[0].text.strip().removeprefix(CATEGORY)))
            continue
        try:
            item = taken_apart(block)
            if item.answers is None:
                notes.append(_note(item))
                continue
            read = ReadItem(item, topic)
        except BadInput as refusal:
            findings.append(_left_out(block, str(refusal)))
            continue
        questions.append(read.draft)
        findings += read.findings
    return ParsedDocument(format=FORMAT.name, questions=tuple(questions), notes=tuple(notes), findings=tuple(findings))


def _note(item: Item) -> NoteSection:
    """Return what an item without answers says: Moodle shows it between the questions.

    Raises:
        BadInput: it says nothing.
    """
    wording = Wording(item.stem)
    title = wording.typed(item.title)
    if not wording.stem and not title:
        raise BadInput(_("There is no text in it."))
    return NoteSection(line=item.line, heading=title if wording.stem else "", text=wording.stem or title)


def _left_out(block: Sequence[Line], reason: str) -> Finding:
    text = " ".join(line.text for line in block[:3])
    return left_out(block[0].number, released(text), reason)


FORMAT = format_of_lines(
    name="gift", about="Moodle's GIFT, with answers in braces: {=right ~wrong}", likelihood=likelihood, parse=parse
)
