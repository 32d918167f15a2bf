"""Reads a file like an example: each line that fits a pattern begins a question, a choice, an answer or an explanation.

All other lines go on with what stands above them or, below the choices, explain. Nothing is guessed, and what fits a
pattern where it can't belong is a finding, because something above it wasn't found.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from string import ascii_uppercase

from bot.domain.drafts import LineRole, ParsedDocument
from bot.domain.readings import Reading
from bot.importers.example.tagging import UNMARKED, Tag, tagged
from bot.importers.reading.anatomy import RawChoice, RawQuestion
from bot.importers.reading.assembly import assemble
from bot.importers.reading.doubts import answer_lost, numbers_lost
from bot.importers.reading.headings import strict_heading
from bot.importers.reading.lines import Line
from bot.importers.reading.lost import swallowed
from bot.importers.reading.meanings import settle_meanings
from bot.importers.reading.notes import Beside
from bot.importers.reading.starts import asks

FORMAT = "example"
"""What documents that were read like an example name as their format."""

_LONE_LABEL = re.compile(r"^\(?(?P<label>[A-Za-z]|\d{1,2})[.)]?$")
_ROLES = {
    "question": LineRole.STEM,
    "choice": LineRole.CHOICE,
    "right": LineRole.CHOICE,
    "answer": LineRole.KEY,
    "explanation": LineRole.EXPLANATION,
}


def read_like(lines: Sequence[Line], reading: Reading) -> ParsedDocument:
    """Return the questions of a file that is read like this.

    Raises:
        BadInput: a part of the reading isn't a pattern.
    """
    reader = _Reader(lines, tagged(lines, reading), answer_above=reading.answer_above)
    reader.read()
    if reading.choice == UNMARKED:
        _doubt_unmarked(reader.raws)
    return replace(assemble(FORMAT, reader.raws, reader.beside, ()), roles="".join(reader.roles))


def _doubt_unmarked(raws: Sequence[RawQuestion]) -> None:
    """Doubt unmarked choices that ask, or are more than most questions have: some may be lines of the stem."""
    counts = Counter(len(raw.choices) for raw in raws)
    usual = max(counts, key=counts.__getitem__, default=0)
    for raw in raws:
        asking = next((choice for choice in raw.choices if asks(choice.lines[0].text)), None)
        odd = raw.choices[usual] if len(raw.choices) > usual else asking
        if odd:
            raw.doubts.append(swallowed(odd.lines[0].number))


def _count_choices(raw: RawQuestion) -> None:
    """Label choices without labels if the answer is a lone label: letters, or numbers if it is a number."""
    if not raw.labelled and raw.key and (found := _LONE_LABEL.match(raw.key)):
        for position, choice in enumerate(raw.choices[: len(ascii_uppercase)]):
            choice.label = str(position + 1) if found["label"].isdigit() else ascii_uppercase[position]
        raw.labelled = len(raw.choices) <= len(ascii_uppercase)


class _Reader:
    """Takes the questions of a file apart, from top to bottom.

    Attributes:
        raws: the questions.
        beside: what stands between them.
        roles: what each line was taken for.
    """

    def __init__(self, lines: Sequence[Line], tags: Sequence[Tag], *, answer_above: bool) -> None:
        self.raws: list[RawQuestion] = []
        self.beside = Beside()
        self.roles = [_ROLES.get(tag.part, LineRole.BLANK) for tag in tags]
        self._lines, self._tags = lines, tags
        self._answer_above = answer_above
        self._ahead: Line | None = None
        """The line with the answer to the question below it."""
        self._apart: dict[int, list[Line]] = defaultdict(list)
        """The lines with answers to questions with these numbers that stand somewhere else."""

    def read(self) -> None:
        """Read the whole file."""
        starts = [at for at, tag in enumerate(self._tags) if tag.part == "question"]
        bounds = [*starts, len(self._lines)]
        above = range(bounds[0])
        for at in above:
            if self._tags[at].part == "answer":
                self._answer(at, None)
        self._leave([at for at in above if not self._tags[at].part], question_follows=bool(starts))
        for start, end in pairwise(bounds):
            self._question(start, end)
        self._settle_answers()
        for raw in self.raws:
            _count_choices(raw)
        settle_meanings(self.raws)
        self.beside.findings += numbers_lost(self._lines, self.raws, [(0, 0)] * (len(self.raws) + 1))

    def _question(self, start: int, end: int) -> None:
        """Read the question at ``start``, up to its end or to a heading below its choices."""
        number = self._tags[start].fields.number
        raw = RawQuestion(int(number) if number else None, self._lines[start].number, [])
        raw.section = self.beside.heading or None
        if self._ahead:
            raw.key, raw.keyed_by, self._ahead = self._ahead.text, "above", None
        self.raws.append(raw)
        into, role = raw.stem, LineRole.STEM
        for at in range(start, end):
            line, tag = self._lines[at], self._tags[at]
            if raw.choices and not tag.part and strict_heading(self._lines, at):
                self._leave(range(at, end), question_follows=end < len(self._lines))
                break
            if tag.part == "answer":
                self._answer(at, raw)
                into, role = (raw.explanation, LineRole.EXPLANATION) if raw.choices else (into, role)
                continue
            if tag.part == "stray":
                raw.doubts.append(swallowed(line.number))
            elif tag.is_choice:
                raw.choices.append(RawChoice(tag.fields.label.upper(), [], tag.part == "right"))
                into, role = raw.choices[-1].lines, LineRole.CHOICE
            elif raw.choices and (tag.part == "explanation" or not line.text.strip()):
                into, role = raw.explanation, LineRole.EXPLANATION
            into.append(line._replace(text=tag.fields.text, code=False) if tag.part in _ROLES else line)
            self.roles[at] = role if line.text.strip() else LineRole.BLANK
            raw.last_line = line.number
        raw.labelled = any(choice.label for choice in raw.choices)

    def _answer(self, at: int, raw: RawQuestion | None) -> None:
        """Give an answer to the question that it belongs to."""
        fields = self._tags[at].fields
        line = self._lines[at].with_text(fields.text)
        number = int(fields.number) if fields.number else None
        if self._answer_above:
            if self._ahead:
                self.beside.findings.append(answer_lost(self._ahead))
            self._ahead = line
        elif number is not None and (raw is None or (raw.number is not None and number != raw.number)):
            self._apart[number].append(line)
        elif raw is None:
            self.beside.findings.append(answer_lost(line))
        elif raw.key is None:
            raw.key, raw.keyed_by = line.text, "line"
        else:
            raw.doubts.append(swallowed(line.number))

    def _settle_answers(self) -> None:
        """Give answers that stand apart to the questions with their numbers."""
        if self._ahead:
            self.beside.findings.append(answer_lost(self._ahead))
        open_: dict[int, list[RawQuestion]] = defaultdict(list)
        for raw in self.raws:
            if raw.number is not None and raw.key is None:
                open_[raw.number].append(raw)
        for number, lines in self._apart.items():
            raws = open_[number]
            if len(raws) != len(lines):  # it isn't certain which answer is whose
                self.beside.findings += map(answer_lost, lines)
                continue
            for raw, line in zip(raws, lines, strict=True):
                raw.key, raw.keyed_by = line.text, "apart"

    def _leave(self, indexes: Sequence[int], *, question_follows: bool) -> None:
        """Leave lines beside the questions."""
        self.beside.take([self._lines[at] for at in indexes], question_follows=question_follows)
        for at in indexes:
            self.roles[at] = LineRole.NOTE if self._lines[at].text.strip() else LineRole.BLANK
