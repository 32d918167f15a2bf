"""Reads the text of PDF files, with the extra ``quizbot[pdf]``.

A line's number is that of its page times 1000, and its own on that page: 3012 is line 12 on page 3.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

from bot.domain.drafts import Finding, FindingCode, ParsedDocument
from bot.domain.errors import BadFile
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.documents.handing import read_blocks
from bot.importers.documents.labels import choice_starts, typed_label
from bot.importers.documents.piece import Block, Piece
from bot.importers.format import CERTAIN, Format, Progress
from bot.importers.pdf.furniture import furniture
from bot.importers.pdf.pages import Extraction
from bot.importers.source import Source

MOST_BYTES = 32 * 1024 * 1024
MOST_PAGES = 1_000
_SIGNATURE = b"%PDF-"
_PER_PAGE = 1_000
_QUOTED = 80
_MOST_LISTED = 10


def likelihood(source: Source) -> float:
    """Certain if the file begins as a PDF does."""
    return CERTAIN if _SIGNATURE in source.data[:1024].lstrip()[:16] else 0


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read the text of a PDF.

    Raises:
        BadFile: the extra isn't installed, or the file is no PDF, damaged, encrypted, too large, or has no text.
    """
    if len(source.data) > MOST_BYTES:
        message = _("The PDF is larger than {limit} MiB. Split it into smaller ones.")
        raise BadFile(message.format(limit=MOST_BYTES >> 20))
    pages, sorted_ = _pages(source.data, progress)
    empty = [number for number, lines in enumerate(pages, start=1) if not any(lines)]
    if len(empty) == len(pages):
        message = _("There is no text in this PDF: its pages are pictures. Run a text recognition (OCR) over it first.")
        raise BadFile(message)
    removed = furniture(pages)
    document = read_blocks(FORMAT.name, [*_blocks(pages, removed)], lambda done: progress(0.6 + 0.3 * done), told=_told)
    findings = (*_doubts(empty, sorted_), *_furniture(removed), *document.findings)
    return ParsedDocument(
        format=FORMAT.name,
        questions=document.questions,
        notes=document.notes,
        findings=findings,
        title=document.title,
    )


def _blocks(pages: Sequence[Sequence[str]], removed: Mapping[tuple[int, int], str]) -> Iterator[Block]:
    """The lines of all pages, those with several choices split."""
    before = 0
    for number, lines in enumerate(pages):
        for at, line in enumerate(lines):
            if (number, at) in removed:
                continue
            starts = choice_starts(line, before)
            parts = [line[start:end].strip() for start, end in pairwise([0, *starts[1:], len(line)])]
            label = typed_label(parts[-1])
            before = label.ordinal if label else before if not line else 0
            yield from (Piece(text=part, spot=(number + 1) * _PER_PAGE + at + 1) for part in parts)


def _told(spot: int) -> str:
    return _("Page {number}").format(number=spot // _PER_PAGE)


def _pages(data: bytes, progress: Progress) -> tuple[list[list[str]], list[int]]:
    """The lines of each page, and the numbers of pages that were sorted into columns."""
    try:
        from pypdf import PdfReader  # noqa: PLC0415  # an extra
        from pypdf.errors import DependencyError, FileNotDecryptedError  # noqa: PLC0415
    except ImportError as error:
        message = _("Reading PDF takes an extra: pip install 'quizbot[pdf]'. Or save the file as plain text first.")
        raise BadFile(message) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every slip in a file
    try:
        return _extracted(PdfReader(BytesIO(data)), progress)
    except (BadFile, MemoryError):
        raise
    except (FileNotDecryptedError, DependencyError) as error:
        raise BadFile(_("The PDF is encrypted. Save it without a password first.")) from error
    except Exception as error:  # the library raises whatever it stumbles over
        raise BadFile(_("The PDF is damaged. Print it into a new PDF, or save it as plain text.")) from error


def _extracted(reader: Any, progress: Progress) -> tuple[list[list[str]], list[int]]:  # noqa: ANN401
    count = len(reader.pages)
    if count > MOST_PAGES:
        message = _("The PDF has {count} pages, more than {limit}. Split it into smaller ones.")
        raise BadFile(message.format(count=count, limit=MOST_PAGES))
    extraction = Extraction()
    pages, sorted_ = [], []
    for number in range(count):
        page = extraction.page(reader.pages[number])
        pages.append(page.lines)
        if page.is_sorted:
            sorted_.append(number + 1)
        progress(0.6 * (number + 1) / count)
    return pages, sorted_


def _doubts(empty: Sequence[int], sorted_: Sequence[int]) -> Iterator[Finding]:
    """What is doubtful about the text as a whole."""
    message = _(
        "Read from a PDF, which has no paragraphs, lists or formatting: look the questions through. "
        "Line 3012 is line 12 on page 3."
    )
    yield Finding(line=_PER_PAGE, code=FindingCode.SIMPLIFIED, message=message)
    if empty:
        message = _("Pages without text, which may be scanned, were left out: {pages}.").format(pages=_listed(empty))
        yield Finding(line=empty[0] * _PER_PAGE, code=FindingCode.SKIPPED, message=message)
    if sorted_:
        message = _("Pages were read column by column: {pages}. See whether the order is right.")
        text = message.format(pages=_listed(sorted_))
        yield Finding(line=sorted_[0] * _PER_PAGE, code=FindingCode.SIMPLIFIED, message=text)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:_MOST_LISTED])) + (", …" if len(numbers) > _MOST_LISTED else "")


def _furniture(removed: dict[tuple[int, int], str]) -> Iterator[Finding]:
    """One finding for each page with headers and footers that were skipped."""
    for (number, at), text in sorted(removed.items()):
        message = _("Skipped a page header or footer: “{text}”.").format(text=shortened(text, _QUOTED))
        line = (number + 1) * _PER_PAGE + at + 1
        yield Finding(line=line, code=FindingCode.PAGE_FURNITURE, message=f"{_told(line)}: {message}")


FORMAT = Format(
    name="pdf",
    about="the text of PDF files, with the extra quizbot[pdf]",
    likelihood=likelihood,
    parse=parse,
)
