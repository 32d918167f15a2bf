"""Reads packages of H5P, interactive content that authoring tools and learning platforms export as ``.h5p``.

It reads questions wherever they stand in the content: in question sets, columns, books, presentations and videos. The
questions of a package have no lines, so their numbers stand for these.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.drafts import Finding, FindingCode, NoteSection, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile, BadInput
from bot.i18n import gettext as _
from bot.importers.format import CERTAIN, Format, Progress
from bot.importers.h5p.kinds import KINDS
from bot.importers.h5p.task import PackedPictures, Task, string
from bot.importers.package import Package
from bot.importers.reading.compose import collapse
from bot.importers.reading.html import taken_out
from bot.importers.reading.hypertext import Hypertext
from bot.importers.reading.json_data import read_json
from bot.importers.reading.shape import as_text, refuse_large
from bot.importers.reading.text import decode
from bot.importers.source import Source

_MANIFEST, _CONTENT = "h5p.json", "content/content.json"
_DEEPEST = 60
"""How many levels deep content may nest: a question set in a column in a book needs twenty."""
_LIBRARY = re.compile(r"H5P\.([A-Za-z0-9]{1,60})(?: |$)")
_NAMED = re.compile(r'"library"\s{0,9}:\s{0,9}"H5P\.')
_BEFORE_JSON = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ON_VIDEO = "InteractiveVideo"
_TEXTS = frozenset({"AdvancedText", "Text"})
_MOST_NAMES = 8
_REPORT_EVERY = 100


def likelihood(source: Source) -> float:
    """Certain if the source is a package with H5P's two files, or JSON that names one of H5P's libraries."""
    if source.files:
        return CERTAIN if _MANIFEST in source.files and _CONTENT in source.files else 0
    is_content = source.head.lstrip(_BEFORE_JSON)[:1] == b"{" and _NAMED.search(source.text)
    return CERTAIN if is_content else 0


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read a package.

    Raises:
        BadFile: it isn't a package of H5P, is damaged, is made to exhaust whoever reads it, or holds no questions.
    """
    if source.files and not likelihood(source):
        raise BadFile(_("This isn't an H5P package: it needs {names} in it.").format(names=f"{_MANIFEST}, {_CONTENT}"))
    files = source.files or {_MANIFEST: b"{}", _CONTENT: source.data}
    manifest, content = (_json(files, name) for name in (_MANIFEST, _CONTENT))
    if not isinstance(manifest, dict) or not isinstance(content, dict):
        raise BadFile(_("Its content isn't what H5P writes. Export it again."))
    reader = _Reader(PackedPictures(source.files))
    main = string(manifest.get("mainLibrary"))
    root = {"library": main, "params": content, "metadata": manifest}
    for name, node, parent in _tasks(content if "library" in content else root):
        reader.take(name, node, parent)
        if len(reader.questions) % _REPORT_EVERY == 0:
            progress(min(0.3 + len(reader.questions) / 10_000, 1.0))
    if not reader.questions and not reader.findings and not reader.notes:
        raise BadFile(_("There are no questions in this content ({name}).").format(name=as_text(main[:60])))
    title = collapse(Hypertext().typed(as_text(string(manifest.get("title")))))
    return ParsedDocument(
        format=FORMAT.name,
        questions=tuple(reader.questions),
        notes=tuple(reader.notes),
        findings=(*reader.findings, *reader.not_read()),
        title=title or None,
    )


def _json(files: Mapping[str, bytes], name: str) -> Any:  # noqa: ANN401  # JSON
    # A packed file that is too large is never unpacked: a few kilobytes can hold a gigabyte of spaces.
    refuse_large(files.size(name) if isinstance(files, Package) else len(files[name]))
    try:
        return read_json(decode(files[name]).text, deepest=_DEEPEST)
    except BadFile as refusal:
        raise BadFile(f"{name}: {refusal}") from refusal


def _tasks(root: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Yield the name of each task's library, the task, and the name of what it is in, in the content's order."""
    waiting: list[tuple[Any, str]] = [(root, "")]
    while waiting:
        node, parent = waiting.pop()
        if isinstance(node, list):
            waiting += [(one, parent) for one in reversed(node)]
        elif isinstance(node, dict):
            found = _LIBRARY.match(string(node.get("library")))
            if found and isinstance(node.get("params"), dict):
                yield found[1], node, parent
                if found[1] not in KINDS:
                    waiting.append((node["params"], found[1]))
            else:
                waiting += [(one, parent) for one in reversed(node.values())]


class _Reader:
    """Collects what the tasks of a package hold."""

    def __init__(self, pictures: PackedPictures) -> None:
        self.questions: list[QuestionDraft] = []
        self.notes: list[NoteSection] = []
        self.findings: list[Finding] = []
        self._pictures = pictures
        self._others: dict[str, None] = {}
        self._parents: set[str] = set()
        self._ids: set[str] = set()
        self._number = 1

    def take(self, name: str, node: Mapping[str, Any], parent: str) -> None:
        """Take the questions or the text of a task."""
        params, metadata = node["params"], node.get("metadata")
        self._parents.add(parent)
        if name in KINDS:
            title = string(metadata.get("title")) if isinstance(metadata, dict) else ""
            self._take_questions(Task(name, params, self._pictures, title), string(node.get("subContentId")))
        elif name in _TEXTS:
            self._take_note(string(params.get("text")))
        else:
            self._others["Video" if name == _ON_VIDEO else name] = None
        if name == "QuestionSet" and isinstance(intro := params.get("introPage"), dict):
            self._take_note(string(intro.get("introduction")))

    def not_read(self) -> Iterator[Finding]:
        """Name what was left out."""
        if names := [name for name in self._others if name not in self._parents]:
            listed = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
            message = _("Some content that has no questions wasn't read: {names}.").format(names=listed)
            yield Finding(line=1, code=FindingCode.SKIPPED, message=message)

    def _take_questions(self, task: Task, source_id: str) -> None:
        task.number = self._number
        drafts = []
        try:
            for made in KINDS[task.name](task):
                if isinstance(made, BadInput):
                    self._leave_out(task, made)
                else:
                    drafts.append(self._finished(task, made))
                self._number += 1
                task.number = self._number
        except BadInput as refusal:
            self._leave_out(task, refusal)
            self._number += 1
        if len(drafts) == 1 and _ID.fullmatch(source_id) and source_id not in self._ids:
            self._ids.add(source_id)
            drafts = [replace(drafts[0], source_id=source_id)]
        self.questions += drafts

    def _leave_out(self, task: Task, refusal: BadInput) -> None:
        """Say why there is no question, and forget what there was to tell about it."""
        task.words.dropped.clear()
        task.findings = []
        message = _("A task ({kind}) was left out. {reason}").format(kind=task.name, reason=refusal)
        self.findings.append(Finding(line=self._number, code=FindingCode.BROKEN, message=message))

    def _finished(self, task: Task, draft: QuestionDraft) -> QuestionDraft:
        """Add the findings about a question to it."""
        if task.words.dropped:
            task.note(FindingCode.SIMPLIFIED, taken_out(task.words.dropped))
            task.words.dropped.clear()
        codes = dict.fromkeys(finding.code for finding in task.findings)
        self.findings += task.findings
        task.findings = []
        return replace(draft, findings=tuple(codes))

    def _take_note(self, raw: str) -> None:
        try:
            text = Hypertext().text(raw)
        except BadInput:
            return
        if text:
            self.notes.append(NoteSection(line=self._number, heading="", text=text))


FORMAT = Format(
    name="h5p",
    about="H5P packages: question sets, single tasks, books and others",
    likelihood=likelihood,
    parse=parse,
)
