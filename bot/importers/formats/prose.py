"""Reads notes and articles without questions as sections under their headings."""

import re
from collections.abc import Sequence

from bot.domain.drafts import ParsedDocument
from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.format import Progress, format_of_lines
from bot.importers.reading.assembly import assemble
from bot.importers.reading.doubts import answers_lost, fenced_lost
from bot.importers.reading.furniture import part_furniture
from bot.importers.reading.lines import Line
from bot.importers.reading.lost import cards_lost, lists_lost, members_lost, run_together, unanswered
from bot.importers.reading.markup import front_matter_end, without_tags
from bot.importers.reading.notes import Beside

_LEAST = 0.1
_JAVASCRIPT = re.compile(r"(?:export|const|let|var|import|module\.exports)\b[^={[]{0,80}[={[]")
_SQL = re.compile(r"insert into \S{1,100}\s{0,9}(?:\(|values\b|$)", re.IGNORECASE)
_ENDS_OF_CODE = frozenset("]};")


def likelihood(lines: Sequence[Line]) -> float:
    """Less than one question: any text is prose unless another format finds questions in it.

    Raises:
        BadFile: the text is data for programs, such as JSON.
    """
    if kind := _data_kind(lines):
        message = _("This is {kind}, which can't be read yet. Save its questions as plain text first.")
        raise BadFile(message.format(kind=kind))
    return _LEAST


def _data_kind(lines: Sequence[Line]) -> str | None:
    first, last = (next(filter(None, (line.text.strip() for line in some)), "") for some in (lines, reversed(lines)))
    if first.casefold().startswith(("<?xml", "<!doctype", "<html", "<quiz", "<questestinterop", "<item ")):
        return "XML or HTML"
    if first.startswith(("\\documentclass", "\\begin{")):
        return "LaTeX"
    if _JAVASCRIPT.match(first) and last[-1:] in _ENDS_OF_CODE:
        return "JavaScript"
    if _SQL.match(first):
        return "SQL"
    edges = first[:1] + last[-1:]
    return "JSON" if edges in {"{}", "[]"} and first.lstrip("{[ ")[:1] in {'"', "{", ""} else None


def parse(lines: Sequence[Line], progress: Progress) -> ParsedDocument:
    """Read a document in this format."""
    body, furniture = part_furniture(without_tags(lines[front_matter_end(lines) :]), lines)
    beside = Beside()
    beside.take(body)
    answers = [*answers_lost(body)]
    beside.findings += [*(answers or lists_lost(body)), *run_together(body), *cards_lost(body), *fenced_lost(body)]
    beside.findings += [*members_lost(lines), *([] if beside.findings else unanswered(body))]
    progress(1.0)
    return assemble(FORMAT.name, [], beside, furniture)


FORMAT = format_of_lines(name="prose", about="notes and articles without questions", likelihood=likelihood, parse=parse)
