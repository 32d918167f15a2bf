"""Reads an XML file element by element, so that a file full of pictures takes little memory.

Document types, entities and references to other files are refused: a small file could grow without limit with them.
"""

import re
from collections.abc import Callable, Collection, Iterator
from html.entities import html5

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.reading.text import MAX_BYTES
from bot.importers.source import Source
from bot.importers.xml.node import Node

MAX_NODES = 50_000
"""The most elements that one question may have; a calculated one with hundreds of data sets has some thousand."""

MAX_DEPTH = 50
"""How many levels deep elements may stand in each other; a question needs six, and twenty with Blackboard's frames."""

_CHUNK = 1 << 16
_SINGLE_BYTES = re.compile(
    rb"""<\?xml[^<>]{0,100}\bencoding\s{0,3}=\s{0,3}["'](iso-8859-[0-9]{1,2}|windows-125[0-9]|koi8-[ru])["']""",
    re.IGNORECASE,
)
_ROOT = re.compile(rb"[A-Za-z][A-Za-z0-9_.:-]{0,40}")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[\]]*+(?:\[[^\[\]]*+\][^<>\[\]]*+)?>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_UNUSABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML file may hold; text from slides and word processors has them all the same."""


def text_of(source: Source) -> str:
    """Return the text of a file; a declared encoding that can't be recognised from the bytes is trusted.

    Raises:
        BadFile: the file is empty, too large, or not text.
    """
    declared = _SINGLE_BYTES.match(source.head) if len(source.data) <= MAX_BYTES else None
    try:
        return source.data.decode(declared[1].decode()) if declared else source.text
    except (LookupError, UnicodeDecodeError):
        return source.text


def elements(
    text: str, whole: Collection[str], *, opened: Collection[str] = (), named: Callable[[str], str] = str
) -> Iterator[tuple[Node, float]]:
    """Yield elements of a file as soon as they are complete, each with the fraction of the file that is read.

    Args:
        text: the file.
        whole: names of elements to yield with everything in them; one inside another isn't yielded again.
        opened: names of elements to yield where they begin, without what is in them.
        named: makes the names of elements and attributes out of what the parser finds.

    Raises:
        BadFile: it isn't valid XML, or holds what is refused.
    """
    text = _with_characters(text)
    begin = len(text) - len(text.lstrip())
    target = _Target(text.count("\n", 0, begin), whole, opened, named)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    target.parser = parser.parser
    try:
        for start in range(begin, len(text), _CHUNK):
            parser.feed(_UNUSABLE.sub("", text[start : start + _CHUNK]))
            for element in target.taken():
                yield element, start / len(text)
        parser.close()
    except DefusedXmlException as error:
        message = _(
            "The file defines a document type or entities (<!DOCTYPE …>), which can't be read. Delete that part."
        )
        raise BadFile(message, line=target.line) from error
    except ParseError as error:
        problem = str(error).partition(":")[0]
        message = _(
            "This isn't valid XML: {problem}. Correct the line; in a text, write &lt; for < and &amp; for &, or put "
            "all of it into <![CDATA[ ]]>."
        )
        raise BadFile(message.format(problem=problem), line=error.position[0] + target.skipped) from error
    for element in target.taken():
        yield element, 1.0


def first_element(head: bytes) -> bytes:
    """Return the name of the first element in a file of XML, behind its declaration and comments; empty: it is none."""
    at = head.find(b"<")
    if at < 0 or head[:at].strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        return b""
    while head.startswith((b"<?", b"<!"), at):
        end = head.find(b"-->" if head.startswith(b"<!--", at) else b">", at)
        at = head.find(b"<", end) if end >= 0 else len(head)
    found = _ROOT.match(head, at + 1) if at >= 0 else None
    return found[0] if found else b""


def without_doctype(text: str) -> str:
    """Return a file without its document type, which says nothing that is needed; one that defines entities stays."""
    start = text.find("<!DOCTYPE", 0, _CHUNK)
    found = _DOCTYPE.match(text, start) if start >= 0 else None
    if found is None or "<!ENTITY" in found[0]:
        return text
    return text[:start] + "\n" * found[0].count("\n") + text[found.end() :]


def _with_characters(text: str) -> str:
    """Replace the names that HTML has for characters, such as ``&nbsp;``, where XML has none; not in marked texts."""
    if not any(_has_names(text, *limits) for limits in _unmarked(text)):
        return text
    told, reached = [], 0
    for start, end in _unmarked(text):
        told += [text[reached:start], _ENTITY.sub(_character, text[start:end])]
        reached = end
    return "".join([*told, text[reached:]])


def _unmarked(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a file begin and end that don't stand in ``<![CDATA[ ]]>``."""
    end = 0
    while end >= 0:
        start = text.find(_CDATA, end)
        yield end, len(text) if start < 0 else start
        end = text.find(_CDATA_END, start) if start >= 0 else -1


def _has_names(text: str, start: int, end: int) -> bool:
    return any(found[1] not in _OF_XML for found in _ENTITY.finditer(text, start, end))


def _character(found: re.Match[str]) -> str:
    return found[0] if found[1] in _OF_XML else html5.get(f"{found[1]};", found[0])


class _Target:
    """Takes what the parser finds, and makes elements of it."""

    def __init__(
        self, skipped: int, whole: Collection[str], opened: Collection[str], named: Callable[[str], str]
    ) -> None:
        self.skipped = skipped
        self.parser: object = None
        self._whole = whole
        self._opened = opened
        self._named = named
        self._open: list[Node] = []
        self._nodes = 0
        self._done: list[Node] = []
        self._depth = 0

    @property
    def line(self) -> int:
        """The 1-based line that the parser has reached."""
        return int(getattr(self.parser, "CurrentLineNumber", 1)) + self.skipped

    def taken(self) -> list[Node]:
        """Return the elements that are ready, each once."""
        done, self._done = self._done, []
        return done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            message = _("Elements are nested more than {limit} levels deep here. Is this a file of questions?")
            raise BadFile(message.format(limit=MAX_DEPTH), line=self.line)
        tag = self._named(tag)
        if not self._open and tag not in self._whole:
            if tag in self._opened:
                self._done.append(self._node(tag, attributes))
            return
        self._nodes += 1
        if self._nodes > MAX_NODES:
            message = _("This question has more than {limit} elements. Split it, or delete it.")
            raise BadFile(message.format(limit=MAX_NODES), line=self._open[0].line)
        node = self._node(tag, attributes)
        if self._open:
            self._open[-1].content.append(node)
        self._open.append(node)

    def end(self, _tag: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        node = self._open.pop()
        if not self._open:
            self._done.append(node)
            self._nodes = 0

    def _node(self, tag: str, attributes: dict[str, str]) -> Node:
        return Node(tag, {self._named(name): value for name, value in attributes.items()}, self.line)

    def data(self, text: str) -> None:
        if self._open:
            content = self._open[-1].content
            content.append(text)
