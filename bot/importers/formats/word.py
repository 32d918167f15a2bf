"""Reads Word documents (``.docx``, ``.docm``): their lists, tables and pictures, and keys given by formatting.

A paragraph's number stands for its line. Macros and whatever lies outside the file are never looked at.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.domain.drafts import Finding, FindingCode, ParsedDocument
from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.importers.documents.handing import read_blocks
from bot.importers.documents.pictures import illustrated
from bot.importers.format import CERTAIN, Format, Progress
from bot.importers.source import Source

_CONTENT = "[Content_Types].xml"
_USUAL = "word/document.xml"
_MAIN_PART = re.compile(r"word/document[0-9]?\.xml")
"""Word for the web numbers the part that others call document.xml."""
_MAIN = "officeDocument"


def likelihood(source: Source) -> float:
    """Certain if the source is a package with a Word document in it."""
    return CERTAIN if _CONTENT in source.files and any(map(_MAIN_PART.fullmatch, source.files)) else 0


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read a document.

    Raises:
        BadFile: it isn't a Word document, is damaged or too large, or holds no text.
    """
    # Loads lxml, which few files need.
    from bot.importers.word.body import Body  # noqa: PLC0415
    from bot.importers.word.numbering import Numbering  # noqa: PLC0415
    from bot.importers.word.styles import Styles  # noqa: PLC0415
    from bot.importers.word.xml import child, part, targets  # noqa: PLC0415

    if not source.files:
        raise BadFile(_("This isn't a Word document (.docx). Save it as one."))
    files = source.files
    roots = targets(files, "")
    main = next((path for kind, path in roots.values() if kind == _MAIN), _USUAL)
    content = child(part(files, main), "body")
    if content is None:
        raise BadFile(_("There is no Word document in this package. Save it as .docx again."))
    related = targets(files, main)
    by_kind = dict(related.values())
    styles = Styles(part(files, by_kind.get("styles", "")))
    numbering = Numbering(part(files, by_kind.get("numbering", "")), styles)
    pictures = {name: path for name, (kind, path) in related.items() if kind == "image"}
    body = Body(styles, numbering, pictures)
    blocks = body.blocks(content)
    progress(0.3)
    document = read_blocks(FORMAT.name, blocks, lambda done: progress(0.3 + 0.6 * done), told=_told)
    document = illustrated(document, lambda name: _picture(files, name))
    return replace(document, findings=(*_lost(body.hidden, body.formulas, body.drawn), *document.findings))


def _told(spot: int) -> str:
    return _("Paragraph {number}").format(number=spot)


def _picture(files: Mapping[str, bytes], name: str) -> bytes | None:
    return files[name] if name in files else None  # noqa: SIM401  # a package has no `get` that unpacks nothing


def _lost(hidden: Mapping[int, None], formulas: Mapping[int, None], drawn: Mapping[int, None]) -> Iterator[Finding]:
    """What a document holds that can't be read as it is."""
    if hidden:
        message = _("Hidden text was left out, first in paragraph {number}.").format(number=min(hidden))
        yield Finding(line=min(hidden), code=FindingCode.SKIPPED, message=message)
    if formulas:
        message = ngettext(
            "A formula was written on one line, in paragraph {number}. Look at it.",
            "{count} formulas were written on one line, first in paragraph {number}. Look at them.",
            len(formulas),
        )
        text = message.format(count=len(formulas), number=min(formulas))
        yield Finding(line=min(formulas), code=FindingCode.SIMPLIFIED, message=text)
    for spot in drawn:
        message = _("A symbol, shape, chart or object in paragraph {number} can't be read.").format(number=spot)
        yield Finding(line=spot, code=FindingCode.NEEDS_FIGURE, message=message)


FORMAT = Format(
    name="word",
    about="Word documents: lists, tables, pictures; right choices may be bold, coloured or highlighted",
    likelihood=likelihood,
    parse=parse,
)
