"""Reads QTI, in which learning platforms exchange questions: versions 1.2, 2 and 3, as packages or single files.

The questions of a package stand in many files, so their numbers stand for lines.
"""

from dataclasses import replace

from bot.domain.drafts import Finding, FindingCode, NoteSection, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile, BadInput
from bot.i18n import gettext as _
from bot.importers.bank.pictures import PictureFolder
from bot.importers.format import CERTAIN, Format, Progress
from bot.importers.qti import version1, version2
from bot.importers.qti.item import MARK
from bot.importers.qti.names import plain_name
from bot.importers.qti.package import ROOTS, Pictures, has_questions, paths_of, root_of
from bot.importers.qti.question import ReadItem
from bot.importers.qti.texts import Texts
from bot.importers.reading.compose import collapse
from bot.importers.source import Source
from bot.importers.xml.album import Album
from bot.importers.xml.node import Node
from bot.importers.xml.stream import elements, text_of, without_doctype

_READERS = {version1.TAG: version1.read_item, version2.TAG: version2.read_item}
_NOTES = frozenset({"presentation_material", "rubricBlock"})
_TITLED = frozenset({"assessment", "objectbank", "assessmentTest"})
_SECTIONS = frozenset({"section", "assessmentSection"})
_UNNAMED = frozenset({"", "main", "section", "section 1", "root_section", "questions", "part 1"})
_REPORT_EVERY = 100


def likelihood(source: Source) -> float:
    """Certain if the source is a package whose manifest names QTI, or XML whose first element is one of QTI's."""
    if source.files:
        return CERTAIN if has_questions(source.files) else 0
    return CERTAIN if b"<" in source.head and root_of(source.data) in ROOTS else 0


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read a package or a file.

    Raises:
        BadFile: it isn't QTI, is damaged, is made to exhaust whoever reads it, or holds no questions.
    """
    reading = _Reading()
    if not source.files:
        beside = PictureFolder(source.folder) if source.folder else None
        reading.take_file(source, Pictures({}, "", beside), progress, numbered=False)
        return reading.document()
    paths = paths_of(source.files)
    for position, path in enumerate(paths):
        progress(position / len(paths))
        try:
            file = Source(source.files[path], name=path)
            reading.take_file(file, Pictures(source.files, path), lambda _done: None, numbered=True)
        except BadFile as refusal:
            reading.leave_out(path, refusal)
    return reading.document()


class _Reading:
    """What has been read so far."""

    def __init__(self) -> None:
        self._questions: list[QuestionDraft] = []
        self._notes: list[NoteSection] = []
        self._findings: list[Finding] = []
        self._album = Album()
        self._ids: set[str] = set()
        self._title = ""
        self._topic: str | None = None
        self._number = 1

    def take_file(self, source: Source, pictures: Pictures, progress: Progress, *, numbered: bool) -> None:
        """Take the items of a file; if ``numbered``, their numbers stand for lines.

        Raises:
            BadFile: it isn't valid XML, or holds what is refused.
        """
        whole = {*_READERS, *_NOTES}
        self._topic = None
        for node, done in elements(
            without_doctype(text_of(source)), whole, opened={*_TITLED, *_SECTIONS}, named=plain_name
        ):
            if self._number % _REPORT_EVERY == 0:
                progress(done)
            line = self._number if numbered else node.line
            if node.tag in _TITLED:
                self._title = self._title or collapse(node.attributes.get("title", ""))
            elif node.tag in _SECTIONS:
                title = collapse(node.attributes.get("title", ""))
                self._topic = None if title.casefold() in _UNNAMED else title
            elif node.tag in _NOTES:
                self._take_note(version1.note_html(node), line, pictures)
            else:
                self._take_item(node, line, pictures)
                self._number += 1

    def leave_out(self, path: str, refusal: BadFile) -> None:
        """Say that a file of a package can't be read."""
        message = _("“{path}” was left out. {reason}").format(path=path[:100], reason=refusal)
        self._findings.append(Finding(line=self._number, code=FindingCode.BROKEN, message=message))

    def document(self) -> ParsedDocument:
        """Return all of it.

        Raises:
            BadFile: there are no questions.
        """
        if not self._questions and not self._notes and not self._findings:
            raise BadFile(_("There are no questions in this file. Export it again, with its questions."))
        return ParsedDocument(
            format=FORMAT.name,
            questions=tuple(self._questions),
            notes=tuple(self._notes),
            findings=tuple(self._findings),
            title=self._title or None,
        )

    def _take_item(self, node: Node, line: int, pictures: Pictures) -> None:
        item = _READERS[node.tag](node)
        if not item.interactions:
            self._take_note(item.html, line, pictures)
            return
        try:
            read = ReadItem(item, Texts(pictures.picture), self._album, line=line, topic=self._topic)
        except BadInput as refusal:  # a character in its text that no database stores
            message = _("“{name}” was left out. {reason}").format(
                name=item.title[:40] or item.ident[:40], reason=refusal
            )
            self._findings.append(Finding(line=line, code=FindingCode.BROKEN, message=message))
            return
        draft = read.draft
        if draft.source_id in self._ids:
            draft = replace(draft, source_id=None)
        if draft.source_id is not None:
            self._ids.add(draft.source_id)
        self._questions.append(draft)
        self._findings += read.findings

    def _take_note(self, html: str, line: int, pictures: Pictures) -> None:
        try:
            text = MARK.sub("", Texts(pictures.picture).text(html)).strip()
        except BadInput:
            return
        if text:
            self._notes.append(NoteSection(line=line, heading=self._topic or "", text=text))


FORMAT = Format(
    name="qti",
    about="QTI 1.2, 2 and 3: packages of Canvas, Blackboard and other learning platforms, and single files",
    likelihood=likelihood,
    parse=parse,
)
