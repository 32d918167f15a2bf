"""Reads HTML pages: their lists, tables, forms and folded answers, and keys given by formatting.

Lines are those of the page's source. Scripts don't run, and nothing outside the file is fetched.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote_to_bytes

from bot.domain.drafts import Finding, FindingCode, ParsedDocument
from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.documents.handing import read_blocks
from bot.importers.documents.pictures import illustrated
from bot.importers.format import CERTAIN, Format, Progress
from bot.importers.reading.compose import collapse
from bot.importers.source import Source

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*+(?:<\?xml\b[^<>]{0,200}>\s*+)?(?:<!--(?:[^-]|-(?!->))*+-->\s*+){0,9}"
    rb"<(?:!doctype\s++html\b|html\b|head\b|body\b)",
    re.IGNORECASE,
)
_BLOCKS = rb"p|div|li|td|h[1-6]|br|ol|ul|table|section"
_TAG = re.compile(rb"<(?:%b|input)\b" % _BLOCKS, re.IGNORECASE)
_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_TAGGED = re.compile(rb"^\s*+</?(?:%b|th|tr|details|summary)\b" % _BLOCKS, re.IGNORECASE)
_MOSTLY = 0.8
_UNNAMED = 0.5
"""The likelihood if nearly all lines begin with a tag, but neither the file's name nor its head makes it a page."""
MOST_BYTES = 16 * 1024 * 1024
"""The largest page that is read, in bytes: what is made of it takes many times its size."""


def likelihood(source: Source) -> float:
    """Certain if the file begins as a page, or is one by name and has its tags; else whether it is all tags."""
    if _PAGE.match(source.head) or (source.suffix in _SUFFIXES and _TAG.search(source.head)):
        return CERTAIN
    lines = [line for line in source.head.splitlines() if line.strip()]
    return _UNNAMED if lines and sum(map(bool, map(_TAGGED.match, lines))) >= _MOSTLY * len(lines) else 0


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read a page.

    Raises:
        BadFile: it is too large, nested without end, or holds no text.
    """
    from lxml import etree  # noqa: PLC0415  # slow to load, and few files need it

    from bot.importers.page.charset import decoded  # noqa: PLC0415
    from bot.importers.page.walk import Walk  # noqa: PLC0415

    if len(source.data) > MOST_BYTES:
        message = _("The page is larger than {limit} MiB. Split it into smaller ones.")
        raise BadFile(message.format(limit=MOST_BYTES >> 20))
    text = decoded(source).replace("\0", "")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise BadFile(_("There is no text on this page. Choose a file with questions or notes in it."))
    if any("depth" in error.message.lower() for error in parser.error_log):
        raise BadFile(_("The page nests its elements too deeply. Save it as plain text first."))
    walk = Walk(root)
    progress(0.3)
    document = read_blocks(FORMAT.name, walk.blocks, lambda done: progress(0.3 + 0.6 * done))
    document = illustrated(
        document, lambda name: _inside(walk.pictures[name]) if name in walk.pictures else source.picture(name)
    )
    title = collapse(" ".join(root.xpath("string((//title)[1])").split()))
    findings = (*_lost(walk.lost, 0 if document.questions else walk.scripts), *document.findings)
    return replace(document, title=title or document.title, findings=findings)


def _inside(address: str) -> bytes | None:
    """A picture that is written into the page; None if its address is damaged."""
    kind, comma, data = address.partition(",")
    raw = unquote_to_bytes(data)
    if not comma or not kind.endswith("base64"):
        return raw if comma else None
    try:
        return base64.b64decode(raw)
    except ValueError:
        return None


def _lost(lost: dict[str, int], scripts: int) -> Iterator[Finding]:
    for tag, line in lost.items():
        message = _("The content of <{tag}> can't be read, here and further down.").format(tag=tag)
        yield Finding(line=line, code=FindingCode.SKIPPED, message=message)
    if scripts:
        message = _("No questions were found. If a script makes them, open the page in a browser and save it there.")
        yield Finding(line=1, code=FindingCode.SKIPPED, message=message)


FORMAT = Format(
    name="html",
    about="HTML pages: lists, tables, forms and folded answers; right choices may be bold or coloured",
    likelihood=likelihood,
    parse=parse,
)
