"""Reads and writes Moodle's Aiken: a stem on one line, choices behind capitals, and ``ANSWER:`` with the right one.

It reads what Moodle's own importer reads, as docs.moodle.org describes it under "Aiken format". Where that one would
refuse a question or take another answer, this one says so.
"""

from collections.abc import Sequence

from bot.domain.drafts import Finding, FindingCode, NoteSection, ParsedDocument, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.aiken.item import Item, ReadItem
from bot.importers.aiken.marks import ANSWER, FIRST, answer, choice, is_exact_answer, says_nothing
from bot.importers.format import Progress, Writing, format_of_lines
from bot.importers.reading.compose import one_line
from bot.importers.reading.inline import one_choice_a_line
from bot.importers.reading.leaving import left_out
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import question_mark
from bot.importers.writing.aiken import holds, to_aiken

_REPORT_EVERY = 1000
_QUOTED = 40
_FEW = 10
"""How many questions there are for each whose text begins like a number."""


def likelihood(lines: Sequence[Line]) -> float:
    """The number of questions and of Moodle's errors, plus a half, if every line is as the format has it; otherwise 0.

    Wrapped lines, headings and explanations are no part of the format: `numbered` reads such files. It also reads those
    with numbers before their stems, unless so few begin like that that it must be their text ("3. Liga …").
    """
    whole = broken = choices = numbers = 0
    has_stem = after_blank = False
    for line in lines:
        text = line.text.strip()
        if not text:
            after_blank = True
            continue
        marked = choice(text)
        if (told := answer(text)) is not None:
            if has_stem and told and not is_exact_answer(text):
                return 0
            is_whole = has_stem and choices > 1 and told != "" and ord(told[0]) - ord(FIRST) < choices
            whole, broken = whole + is_whole, broken + (not is_whole)
            has_stem, choices = False, 0
        elif marked:
            if ord(marked[0]) - ord(FIRST) != choices or len([*one_choice_a_line([line])]) > 1:
                return 0
            choices += 1
            broken += not has_stem
        else:
            if (has_stem and not (choices and after_blank)) or says_nothing(text):
                return 0
            numbers += question_mark(text) is not None
            broken += has_stem
            has_stem, choices = True, 0
        after_blank = False
    is_aiken = whole > _FEW * numbers and (choices or not has_stem)
    return whole + broken + 0.5 if is_aiken else 0


def parse(lines: Sequence[Line], progress: Progress) -> ParsedDocument:
    """Read a document in this format."""
    reader = _Reader()
    marks = _marks_ahead(lines)
    for at, line in enumerate(lines):
        if at % _REPORT_EVERY == 0:
            progress(at / len(lines))
        reader.take(line, marks[at])
    reader.close(None)
    return ParsedDocument(
        format=FORMAT.name,
        questions=tuple(reader.questions),
        notes=tuple(reader.notes),
        findings=tuple(reader.findings),
    )


def _marks_ahead(lines: Sequence[Line]) -> list[str]:
    """For each line, the next mark below it: the letter of a choice, `ANSWER`, or nothing at the end."""
    marks, ahead = [], ""
    for line in reversed(lines):
        marks.append(ahead)
        text = line.text.strip()
        marked = choice(text)
        ahead = ANSWER if answer(text) is not None else marked[0] if marked else ahead
    return marks[::-1]


class _Reader:
    """Takes the lines of a document one by one."""

    def __init__(self) -> None:
        self.questions: list[QuestionDraft] = []
        self.notes: list[NoteSection] = []
        self.findings: list[Finding] = []
        self._item: Item | None = None
        self._after_blank = False

    def take(self, line: Line, ahead: str) -> None:
        """Take the next line; ``ahead`` is the next mark below it."""
        text = line.text.strip()
        if not text:
            self._after_blank = True
            return
        told, marked = answer(text), choice(text)
        if told is not None:
            self._answer(line, told)
        elif marked and self._is_choice(marked[0], ahead):
            self._choice(line, *marked)
        elif says_nothing(text):
            message = _("“{text}” was skipped: a line needs more than one character.")
            self.findings.append(Finding(line=line.number, code=FindingCode.SKIPPED, message=message.format(text=text)))
        else:
            self._text(line, ahead)
        self._after_blank = False

    def close(self, told: str | None) -> None:
        """Make a question of the lines taken last; ``told`` is its answer, if it has one."""
        item, self._item = self._item, None
        if item is None:
            return
        if told is None and not item.choices:
            self._keep_as_note(item.stem)
            return
        try:
            read = ReadItem(item, told or "")
        except BadInput as refusal:
            lines = [*item.lines]
            self.findings.append(left_out(lines[0].number, one_line(lines[:3]), str(refusal)))
            return
        self.questions.append(read.draft)
        self.findings += read.findings

    def _is_choice(self, letter: str, ahead: str) -> bool:
        """Whether a line that looks like a choice is one: above a first choice, "U.S. law …" begins a stem."""
        return ahead != FIRST or (self._item is not None and letter == self._item.next_letter)

    def _answer(self, line: Line, told: str) -> None:
        if self._item is None:
            self.findings.append(left_out(line.number, one_line([line]), _("There is no question above it.")))
        self.close(told)

    def _choice(self, line: Line, letter: str, text: str) -> None:
        if self._item is None:
            self.findings.append(left_out(line.number, one_line([line]), _("There is no question above it.")))
        else:
            self._item.choices.append((letter, [line.with_text(text)]))

    def _text(self, line: Line, ahead: str) -> None:
        """Take a line without a mark: it begins a question, unless the one above it goes on."""
        if self._item and not self._item.choices and not self._after_blank:
            self._item.stem.append(line)
        elif self._item and self._item.choices and ahead not in {FIRST, ""}:
            self._item.choices[-1][1].append(line)
        else:
            self.close(None)
            self._item = Item([line])

    def _keep_as_note(self, lines: Sequence[Line]) -> None:
        text = one_line(lines)
        self.notes.append(NoteSection(line=lines[0].number, heading="", text=text))
        message = _("“{text}” has no choices below it; it was kept as a note.").format(text=shortened(text, _QUOTED))
        self.findings.append(Finding(line=lines[0].number, code=FindingCode.SKIPPED, message=message))


FORMAT = format_of_lines(
    name="aiken",
    about="Moodle's Aiken: a stem, lettered choices, then ANSWER: B",
    likelihood=likelihood,
    parse=parse,
    writings=(
        Writing(
            name="aiken",
            about="Moodle's Aiken, for questions with one right choice",
            extension="txt",
            write=to_aiken,
            holds=holds,
        ),
    ),
)
