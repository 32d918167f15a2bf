"""Reads text2qti: numbered questions whose choices, numbers or texts say by their signs what is right.

It reads what the program of that name (github.com/gpoore/text2qti) reads. It doesn't run programs in the file.
"""

from collections.abc import Sequence

from bot.domain.drafts import Finding, FindingCode, NoteSection, ParsedDocument, QuestionDraft
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.importers.format import Format, Progress
from bot.importers.reading.compose import markdown, one_line
from bot.importers.reading.leaving import left_out
from bot.importers.reading.lines import Line
from bot.importers.source import Source
from bot.importers.text2qti.elements import ANSWERS, Element, elements
from bot.importers.text2qti.item import AnswerElement, Item, ReadItem

_DECISIVE = frozenset({"right", "ticked", "quiz title", "quiz description", "text title", "group"})
_RIGHT = ANSWERS - {"wrong", "unticked"}
_NAMES_THE_FORMAT = frozenset({"quiz title", "quiz description", "group"})
"""Elements that no other format has; in a file with one of them, a line that can't be read is a slip."""
_REPORT_EVERY = 1000


def likelihood(source: Source) -> float:
    """The number of questions with a right answer, plus a half, if some elements are of this format only.

    Every line must be an element, and no question may have two choices with a star. If the file names the format, a few
    may be slips.
    """
    found = unknown = starred = 0
    is_asked = is_named = is_decided = False
    for element in elements(source.lines_as_written):
        starred = 0 if element.sign == "question" else starred + (element.sign == "right")
        unknown += element.sign == "unknown" or starred > 1
        if unknown and not is_named:
            return 0
        is_named |= element.sign in _NAMES_THE_FORMAT
        is_decided |= element.sign in _DECISIVE
        if element.sign == "question":
            is_asked = True
        elif is_asked and element.sign in _RIGHT:
            found, is_asked = found + 1, False
    return found + 0.5 if found > unknown and is_decided else 0


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read a document in this format."""
    lines = source.lines_as_written
    reader = _Reader()
    for position, element in enumerate(elements(lines)):
        if position % _REPORT_EVERY == 0:
            progress(element.line / len(lines))
        reader.take(element)
    reader.close()
    return ParsedDocument(
        format=FORMAT.name,
        questions=tuple(reader.questions),
        notes=tuple(reader.notes),
        findings=(*source.repairs, *reader.findings),
        title=reader.title,
    )


class _Reader:
    """Takes the elements of a document one by one."""

    def __init__(self) -> None:
        self.questions: list[QuestionDraft] = []
        self.notes: list[NoteSection] = []
        self.findings: list[Finding] = []
        self.title: str | None = None
        self._item: Item | None = None
        self._question_title = self._heading = ""

    def take(self, element: Element) -> None:
        """Take the next element."""
        sign = element.sign
        if sign in ANSWERS or sign in {"feedback", "praise", "reproach", "solution"}:
            self._take_of_question(element)
        elif sign == "unknown":
            self._take_unknown(element)
        else:
            self.close()
            self._take_other(element)

    def close(self) -> None:
        """Make a draft of the question whose elements were taken last."""
        item, self._item = self._item, None
        if item is None:
            return
        try:
            read = ReadItem(item)
        except BadInput as refusal:
            self._leave_out(item.stem, str(refusal))
            return
        self.questions.append(read.draft)
        self.findings += read.findings

    def _take_of_question(self, element: Element) -> None:
        item = self._item
        if item is None:
            self._leave_out(element.lines, _("There is no question above it."))
        elif element.sign in ANSWERS:
            item.answers.append(AnswerElement(element))
        elif element.sign in {"praise", "reproach"}:
            item.judged.append(element.lines)
        elif element.sign == "feedback" and item.answers:
            item.answers[-1].feedback += element.lines
        else:
            item.told.append(element.lines)

    def _take_unknown(self, element: Element) -> None:
        if self._item:
            self._item.stray += element.lines
        else:
            self._leave_out(element.lines, _("It stands outside of questions."))

    def _take_other(self, element: Element) -> None:
        text = one_line(element.lines)
        match element.sign:
            case "question":
                self._item, self._question_title = Item(element.lines, self._question_title), ""
            case "title":
                self._question_title = text
            case "quiz title":
                self.title = text
            case "text title":
                self._heading = text
            case "text" | "quiz description":
                note = NoteSection(line=element.line, heading=self._heading, text=markdown(element.lines))
                self.notes.append(note)
                self._heading = ""
            case "group":
                message = _("The source asks only some questions of a group at a time; here each is asked on its own.")
                self.findings.append(Finding(line=element.line, code=FindingCode.SIMPLIFIED, message=message))
            case "code":
                self._leave_out(element.lines, _("It is a program that writes questions; programs aren't run here."))
            case _:
                pass  # points and settings of the quiz

    def _leave_out(self, lines: Sequence[Line], reason: str) -> None:
        self.findings.append(left_out(lines[0].number, one_line(lines[:3]), reason))


FORMAT = Format(
    name="text2qti",
    about="text2qti's quizzes for Canvas: *a) before a right choice, [*] before several, = before a number",
    likelihood=likelihood,
    parse=parse,
)
