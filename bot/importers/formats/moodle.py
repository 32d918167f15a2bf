"""Reads Moodle's XML, which its question banks are exported as, and writes banks as such."""

import re
from collections import Counter
from dataclasses import replace

from bot.domain.drafts import Finding, FindingCode, NoteSection, ParsedDocument, QuestionDraft
from bot.i18n import gettext as _
from bot.importers.format import CERTAIN, Format, Progress, Writing
from bot.importers.moodle.category import topic_of
from bot.importers.moodle.weighted import quoted
from bot.importers.moodlexml.keeping import ELEMENT
from bot.importers.moodlexml.question import ReadQuestion
from bot.importers.moodlexml.texts import Texts, words
from bot.importers.source import Source
from bot.importers.writing.moodle import to_moodle
from bot.importers.xml.album import Album
from bot.importers.xml.node import Node
from bot.importers.xml.stream import elements, first_element, text_of

_TYPED = re.compile(rb"<question\s[^<>]*\btype\s*=")
_REPORT_EVERY = 200
_LEAST_REMARK = 40
"""The shortest remark, in characters, that says more than whether an answer is right."""


def likelihood(source: Source) -> float:
    """Certain if the first element is a quiz, and has questions with a type."""
    return CERTAIN if first_element(source.head) == b"quiz" and _TYPED.search(source.head) else 0


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read a document in this format.

    Raises:
        BadFile: it isn't valid XML, or too large; with the line.
    """
    reading = _Reading()
    for position, (question, fraction) in enumerate(elements(text_of(source), {ELEMENT})):
        if position % _REPORT_EVERY == 0:
            progress(fraction)
        reading.take(question)
    return reading.document()


class _Reading:
    """What has been read of a file so far."""

    def __init__(self) -> None:
        self._read: list[tuple[QuestionDraft, tuple[str, ...]]] = []
        self._notes: list[NoteSection] = []
        self._findings: list[Finding] = []
        self._remarks: Counter[str] = Counter()
        self._ids: set[str] = set()
        self._album = Album()
        self._topic: str | None = None

    def take(self, question: Node) -> None:
        """Take the next question, category or description."""
        type_ = question.attributes.get("type", "").strip()
        if type_ == "category":
            self._take_category(question)
        elif question.value("hidden") in {"1", "true"}:
            message = _("“{name}” is hidden in Moodle, so it was left out.")
            self._tell(question, FindingCode.SKIPPED, message.format(name=_name(question)))
        elif not type_:
            message = _("“{name}” has no type, so it was left out.")
            self._tell(question, FindingCode.BROKEN, message.format(name=_name(question)))
        elif not words(question.first("questiontext")) and not words(question.first("name")):
            self._tell(question, FindingCode.BROKEN, _("A question without any text was left out."))
        elif type_ == "description":
            self._take_description(question)
        else:
            self._take_question(question)

    def document(self) -> ParsedDocument:
        """Return all of it; remarks that only one question has become part of its explanation."""
        drafts = []
        for draft, remarks in self._read:
            telling = [text for text in remarks if self._remarks[text] == 1 and len(text) > _LEAST_REMARK]
            explained = "\n\n".join(filter(None, dict.fromkeys([draft.explanation, *telling])))
            drafts.append(replace(draft, explanation=explained) if telling else draft)
        return ParsedDocument(
            format=FORMAT.name,
            questions=tuple(drafts),
            notes=tuple(self._notes),
            findings=tuple(self._findings),
        )

    def _take_category(self, question: Node) -> None:
        category = question.first("category")
        self._topic = topic_of(category.value("text") or category.text)
        if said := Texts(question).text(question.first("info")):
            self._notes.append(NoteSection(line=question.line, heading=self._topic or "", text=said))

    def _take_description(self, question: Node) -> None:
        texts = Texts(question)
        text, name = texts.text(question.first("questiontext")), texts.typed(question.first("name"))
        if text or name:
            note = NoteSection(line=question.line, heading=name if text else "", text=text or name)
            self._notes.append(note)
        if texts.lost:
            message = _("The pictures of the description “{name}” were left out.")
            self._tell(question, FindingCode.SKIPPED, message.format(name=_name(question)))

    def _take_question(self, question: Node) -> None:
        read = ReadQuestion(question, self._topic, self._album)
        draft = read.draft
        if draft.source_id in self._ids:
            message = _("Another question further up has its id number “{id}” already, so it is read without one.")
            read.simplify(message.format(id=draft.source_id))
            draft = replace(
                draft, source_id=None, findings=(*dict.fromkeys((*draft.findings, FindingCode.SIMPLIFIED)),)
            )
        if draft.source_id is not None:
            self._ids.add(draft.source_id)
        self._read.append((draft, read.remarks))
        self._remarks.update(read.remarks)
        self._findings += read.findings

    def _tell(self, question: Node, code: FindingCode, message: str) -> None:
        self._findings.append(Finding(line=question.line, code=code, message=message))


def _name(question: Node) -> str:
    texts = Texts(question)
    return quoted(texts.typed(question.first("name")) or texts.text(question.first("questiontext")))


FORMAT = Format(
    name="moodle",
    about="Moodle's XML: question banks with their pictures",
    likelihood=likelihood,
    parse=parse,
    writings=(Writing(name="moodle", about="Moodle's XML, for its question bank", extension="xml", write=to_moodle),),
)
