"""Reads OpenTriviaQA: ``#Q`` before a question, ``^`` before its answer, then choices behind capitals.

It reads what the converter of the data set (github.com/uberspot/OpenTriviaQA) reads. Its files mix encodings, so each
line is decoded on its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.domain.accepted import check_accepted
from bot.domain.drafts import Finding, FindingCode, NoteSection, ParsedDocument, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.selection import selection
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.format import Format, Progress
from bot.importers.reading.compose import collapse, markdown
from bot.importers.reading.keys import not_a_choice, resolve
from bot.importers.reading.leaving import left_out
from bot.importers.reading.lines import Line, may_have
from bot.importers.reading.mixed import read_mixed
from bot.importers.reading.repeats import without_repeats
from bot.importers.reading.statements import as_statement
from bot.importers.source import Source

_ASKS = re.compile(r"#Q(?![A-Za-z])[.:]?(?P<text>.*)")
_CHOICE = re.compile(r"(?P<letter>[A-Z])(?:[ \t](?P<text>.*))?")
_ANSWER = "^"
_REPORT_EVERY = 1000
_QUOTED = 80


@dataclass(slots=True)
class _Item:
    """One question, as lines.

    Attributes:
        answer: the text behind ``^``; None if there is none.
        stray: lines right below the answer or a choice that are no choices.
        rest: what follows after a blank line.
    """

    stem: list[Line]
    answer: str | None = None
    choices: list[str] = field(default_factory=list)
    stray: list[Line] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The number of its stem's first line."""
        return next((line.number for line in self.stem if line.text.strip()), self.stem[0].number)

    def take(self, line: Line) -> None:
        """Take the next line: whatever stands above the answer belongs to the stem."""
        if self.answer is None:
            if line.text.startswith(_ANSWER):
                self.answer = collapse(line.text.removeprefix(_ANSWER))
            else:
                self.stem.append(line)
            return
        found = _CHOICE.fullmatch(line.text)
        if found and ord(found["letter"]) - ord("A") == len(self.choices):
            self.choices.append(collapse(found["text"] or ""))
        elif self.rest or not line.text.strip():
            self.rest.append(line)
        else:
            self.stray.append(line)


def likelihood(source: Source) -> float:
    """The number of questions with an answer, plus a half, because nothing else begins lines with ``#Q``."""
    found, asked = 0, False
    if not may_have(source.lines_as_written, "#Q"):
        return 0
    for line in source.lines_as_written:
        if line.text[:1] == "#" and _ASKS.match(line.text):
            asked = True
        elif asked and line.text[:1] == _ANSWER:
            found, asked = found + 1, False
    return found + 0.5 if found else 0


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read a document in this format."""
    reading = read_mixed(source)
    before, items = _items(reading.lines)
    questions: list[QuestionDraft] = []
    notes = _notes(before)
    findings = [*reading.findings]
    for position, item in enumerate(items):
        if position % _REPORT_EVERY == 0:
            progress(item.line / len(reading.lines))
        try:
            read = _ReadItem(item)
        except BadInput as refusal:
            findings.append(left_out(item.line, _stem(item.stem), str(refusal)))
        else:
            questions.append(read.draft)
            findings += read.findings
        notes += _notes(item.rest)
    return ParsedDocument(format=FORMAT.name, questions=tuple(questions), notes=tuple(notes), findings=tuple(findings))


def _items(lines: Sequence[Line]) -> tuple[list[Line], list[_Item]]:
    """The lines above the first question, and the questions."""
    before: list[Line] = []
    items: list[_Item] = []
    for line in lines:
        if found := _ASKS.fullmatch(line.text):
            items.append(_Item([Line(line.number, found["text"], line.figure)]))
        elif items:
            items[-1].take(line)
        else:
            before.append(line)
    return before, items


class _ReadItem:
    """The draft of a question, and the findings about it.

    Raises:
        BadInput: it has no choices, and its answer is too long to be typed.
    """

    def __init__(self, item: _Item) -> None:
        self._item = item
        self.findings: list[Finding] = []
        draft = QuestionDraft(line=item.line, stem=_stem(item.stem), choices=tuple(item.choices))
        if item.choices:
            draft = self._with_key(draft)
        elif item.answer:
            check_accepted([item.answer])
            draft = replace(draft, kind="short", accepted=(item.answer,))
        for line in item.stray:
            message = _("“{text}” stands below its answer, but isn't the next choice.")
            self._note(FindingCode.BROKEN, message.format(text=shortened(line.text, _QUOTED)))
        codes = tuple(dict.fromkeys(finding.code for finding in self.findings))
        draft = as_statement(draft)
        self.draft = replace(draft, findings=codes) if codes else draft

    def _with_key(self, draft: QuestionDraft) -> QuestionDraft:
        answer = self._item.answer
        key: tuple[int, ...] = ()
        if answer and answer in draft.choices:
            key = (draft.choices.index(answer),)
        elif answer:
            found = resolve(answer, draft.choices)
            key = found.positions[:1]
            if not found.literal or len(found.positions) != 1:
                self._note(FindingCode.KEY_NOT_A_CHOICE, not_a_choice(answer, found.positions))
        draft, repeated = without_repeats(replace(draft, key=key, select=selection(draft.stem, len(key))))
        if repeated:
            self._note(FindingCode.SIMPLIFIED, repeated)
        return draft

    def _note(self, code: FindingCode, message: str) -> None:
        self.findings.append(Finding(line=self._item.line, code=code, message=message))


def _stem(lines: Sequence[Line]) -> str:
    """A stem with its lines, which may be those of a song, and its paragraphs."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.text.strip():
            paragraphs[-1].append(collapse(line.text))
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs if paragraph)


def _notes(lines: Sequence[Line]) -> list[NoteSection]:
    text = markdown(lines) if lines else ""
    first = next((line.number for line in lines if line.text.strip()), 0)
    return [NoteSection(line=first, heading="", text=text)] if text else []


FORMAT = Format(
    name="opentriviaqa",
    about="OpenTriviaQA: #Q before a question, ^ before its answer, then choices",
    likelihood=likelihood,
    parse=parse,
)
