"""Reads a ZIP package, or a packed folder, of files in any of the other formats.

Each file is read by itself, in the order of their paths, and each may name pictures that are in the package.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.checks.judging import judged
from bot.importers.companions import Companions, is_inside
from bot.importers.detect import detect
from bot.importers.documents.pictures import illustrated
from bot.importers.format import Format, Progress
from bot.importers.package import MAX_UNPACKED, SIGNATURE, Package
from bot.importers.reading.compose import collapse
from bot.importers.source import Source

MAX_READ = 500
"""The most files of a package that are read; pictures don't count."""

_OTHER_PACKAGES = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml")
"""Files that make a package a document or a program of some kind."""
_HIDDEN = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".tif", ".tiff", ".ico"})
_MOST_FINDINGS = 50
_LONGEST_PATH = 100


def of(others: Sequence[Format]) -> Format:
    """The format of packages whose files are in other formats."""

    def parse(source: Source, progress: Progress) -> ParsedDocument:
        """Read all files of a package.

        Raises:
            BadFile: it isn't a package, has too many files, or none that can be read.
        """
        return _Reading(source, others).document(progress)

    return Format(
        name="folder",
        about="a ZIP file or a folder of files in any of these formats, with their pictures",
        likelihood=likelihood,
        parse=parse,
    )


def likelihood(source: Source) -> float:
    """One question, for every other format knows its own packages for certain; 0 for packages of other programs."""
    files = source.files
    return 1 if any(map(_is_read, files)) and not any(name in files for name in _OTHER_PACKAGES) else 0


def _is_read(path: str) -> bool:
    """Whether a file may hold questions: it is neither hidden nor a picture."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    hidden = any(part in _HIDDEN or (part.startswith(".") and part.strip(".")) for part in parts)
    return bool(parts) and not hidden and PurePosixPath(path).suffix.lower() not in _PICTURES


class _Reading:
    """What is read of a package so far."""

    def __init__(self, source: Source, others: Sequence[Format]) -> None:
        if not source.files:
            raise BadFile(_("This isn't a ZIP file. Put the files into one."))
        self._files = source.files
        self._others = others
        self._room = MAX_UNPACKED
        self._paths = sorted(path for path in self._files if _is_read(path))
        if not self._paths:
            raise BadFile(_("The file holds no text. Choose a file with questions or notes in it."))
        if len(self._paths) > MAX_READ:
            message = _("The package has {count} files, more than {limit}. Split it into smaller ones.")
            raise BadFile(message.format(count=len(self._paths), limit=MAX_READ))
        self._ids: set[str] = set()
        self._left_out: list[Finding] = []

    def document(self, progress: Progress) -> ParsedDocument:
        """All files as one document.

        Raises:
            BadFile: none could be read.
        """
        documents = []
        for number, path in enumerate(self._paths):
            try:
                documents.append(self._labelled(path, self._read(path)))
            except BadFile as refusal:
                self._leave_out(path, refusal)
            progress((number + 1) / len(self._paths))
        if not documents:
            raise BadFile(self._left_out[0].message)
        return ParsedDocument(
            format="folder",
            questions=tuple(question for document in documents for question in document.questions),
            notes=tuple(note for document in documents for note in document.notes),
            findings=(*self._told(), *(finding for document in documents for finding in document.findings)),
        )

    def _read(self, path: str) -> ParsedDocument:
        if not is_inside(path):
            raise BadFile(_("Its path leads out of the package. Pack it again."))
        source = Source(self._files[path], name=PurePosixPath(path).name, beside=Companions(self._files, path))
        document = self._format(source).parse(source, lambda _fraction: None)
        # Judged here as well as with the others, so that all it finds names the file.
        return judged(illustrated(document, source.picture), lambda _fraction: None)

    def _format(self, source: Source) -> Format:
        """The format of one file; a document that is a package itself takes its share of what may be unpacked."""
        is_package = source.data.startswith(SIGNATURE)
        if is_package:
            self._room -= sum(map(source.files.size, source.files)) if isinstance(source.files, Package) else 0
            if self._room < 0:
                message = _("Unpacked, the documents are larger than {limit} MiB together.")
                raise BadFile(message.format(limit=MAX_UNPACKED >> 20))
        try:
            found = detect(source, self._others)
        except BadFile:
            if not is_package:
                raise
        else:
            if found.likelihood(source):
                return found
        if is_package:
            raise BadFile(_("A package inside a package isn't opened. Unpack it, and add its files to the others."))
        raise BadFile(_("It isn't in any format that Quizbot can read."))

    def _labelled(self, path: str, document: ParsedDocument) -> ParsedDocument:
        """A document whose findings name its file, and whose questions have a section."""
        name = shortened(collapse(PurePosixPath(path.replace("\\", "/")).stem), _LONGEST_PATH)
        taken = self._ids.intersection(question.source_id for question in document.questions if question.source_id)
        findings = [
            replace(finding, message=f"{shortened(path, _LONGEST_PATH)}: {finding.message}")
            for finding in document.findings
        ]
        questions = []
        for question in document.questions:
            own, finding = self._own(question, path)
            if own.after in taken:
                own, more = _without_order(own, path)
                finding = [*finding, more]
            questions.append(own if own.section else replace(own, section=name))
            findings += finding
        return replace(document, questions=tuple(questions), findings=tuple(findings))

    def _own(self, question: QuestionDraft, path: str) -> tuple[QuestionDraft, list[Finding]]:
        """A question without an id that one of another file has."""
        if question.source_id is None or question.source_id not in self._ids:
            self._ids.update(filter(None, [question.source_id]))
            return question, []
        message = _("{path}: Another file already has a question with the id “{id}”, so this one is read without it.")
        own, finding = _told_of(replace(question, source_id=None), path, message, question.source_id)
        return own, [finding]

    def _leave_out(self, path: str, refusal: BadFile) -> None:
        message = _("“{path}” was left out. {reason}").format(path=shortened(path, _LONGEST_PATH), reason=refusal)
        self._left_out.append(Finding(line=refusal.line or 1, code=FindingCode.SKIPPED, message=message))

    def _told(self) -> Iterator[Finding]:
        """The findings about files that were left out, the first of them one by one."""
        yield from self._left_out[:_MOST_FINDINGS]
        if (more := len(self._left_out) - _MOST_FINDINGS) > 0:
            message = _("Further files were left out: {count}.").format(count=more)
            yield Finding(line=1, code=FindingCode.SKIPPED, message=message)


def _without_order(question: QuestionDraft, path: str) -> tuple[QuestionDraft, Finding]:
    """A question that follows none: the id of the one that it followed now means a question of another file."""
    message = _("{path}: It was to be asked after “{id}”, but another file has a question with that id, too.")
    return _told_of(replace(question, after=None), path, message, question.after or "")


def _told_of(question: QuestionDraft, path: str, message: str, id_: str) -> tuple[QuestionDraft, Finding]:
    told = message.format(path=shortened(path, _LONGEST_PATH), id=id_)
    codes = dict.fromkeys((*question.findings, FindingCode.SIMPLIFIED))
    finding = Finding(line=question.line, code=FindingCode.SIMPLIFIED, message=told)
    return replace(question, findings=tuple(codes)), finding
