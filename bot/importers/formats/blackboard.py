"""Reads the files that Blackboard takes questions from: a row for each, parted by tabs, that begins with its kind.

It reads what help.blackboard.com describes under "Upload questions".
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest

from bot.domain.accepted import InBlank, check_accepted
from bot.domain.drafts import Finding, ParsedDocument, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.gaps import GAP, count_gaps, evened
from bot.domain.views import MOST_FIELDS
from bot.i18n import gettext as _
from bot.importers.format import Progress, format_of_lines
from bot.importers.moodle.building import Building
from bot.importers.moodle.markup import Markup, on_one_line
from bot.importers.moodle.weighted import FULL, Weighted, quoted
from bot.importers.reading.compose import collapse
from bot.importers.reading.leaving import left_out
from bot.importers.reading.lines import Line, may_have
from bot.importers.table.kinds import kept
from bot.importers.table.records import Record, records

_TAB = "\t"
_JUDGED = {"correct": True, "incorrect": False}
_TRUTHS = {"true": True, "false": False}
_KEPT = {
    "ESS": "essay",
    "SR": "essay",
    "FIL": "file-upload",
    "OP": "poll",
    "QUIZ_BOWL": "quiz-bowl",
    "JUMBLED_SENTENCE": "jumbled-sentence",
}
"""Kinds that aren't asked, by what the file calls them."""
_VARIABLE = re.compile(r"\[[^\[\]]{1,100}\]")
_MOSTLY = 0.9
_FEWEST_CELLS = 3
_SAMPLE = 200
_REPORT_EVERY = 1000


class _ReadRow(Building):
    """The draft of a row, and the findings about it."""

    def __init__(self, line: int, stem: str, told: Sequence[str]) -> None:
        self._markup = Markup()
        self._told = told
        super().__init__(QuestionDraft(line=line, stem=evened(self._text(stem)), choices=()))

    def read(self, name: str) -> None:
        """Take the answers as a row of some kind has them.

        Raises:
            BadInput: they can't be kept, or the row asks nothing.
        """
        if not self.draft.stem or (name not in _TAKERS and name not in _KEPT):
            raise BadInput(_("There is no question in it."))
        if name in _KEPT:
            self.draft = kept(self.draft, _KEPT[name], [*filter(None, self._told)], "")
        else:
            _TAKERS[name](self)
        self.finish(self._markup.dropped)

    def take_judged(self, *, single: bool) -> None:
        """Take choices, each with a word that says whether it is right."""
        some = [
            Weighted(text=self._text(text), weight=FULL * _said(word, _JUDGED)) for text, word in _in_twos(self._told)
        ]
        self.take_choices(some, single=single)

    def take_statement(self) -> None:
        """Take whether a statement is true."""
        self.take_truth({"answer": _said("".join(self._told[:1]), _TRUTHS)}, right="", wrong="")

    def take_items(self) -> None:
        """Take items in their right order."""
        self.take_order([*map(self._text, filter(None, self._told))])

    def take_sides(self) -> None:
        """Take what belongs together."""
        self.take_pairs([*_in_twos([*map(self._text, self._told)])], ())

    def take_spellings(self) -> None:
        """Take what may be typed."""
        known = [Weighted(text=collapse(text), weight=FULL) for text in self._told if text]
        self.take_texts(known, in_gap=count_gaps(self.draft.stem) == 1)

    def take_variables(self) -> None:
        """Take what may be typed into each of several gaps, which have names in the stem."""
        groups = [[*cells] for is_told, cells in groupby(self._told, bool) if is_told]
        answers = {f"[{name}]": spellings for name, *spellings in groups}
        names = _VARIABLE.findall(self.draft.stem)
        is_filled = sorted(names) == sorted(answers) and all(answers.values()) and not count_gaps(self.draft.stem)
        if not is_filled or not 0 < len(names) <= MOST_FIELDS:
            self.draft = kept(self.draft, "blanks-by-name", [*filter(None, self._told)], "")
            return
        accepted = [InBlank(at, collapse(text)) for at, name in enumerate(names) for text in answers[name]]
        check_accepted(accepted)
        stem = _VARIABLE.sub(GAP, self.draft.stem)
        self.draft = replace(self.draft, kind="blanks", stem=stem, accepted=tuple(accepted))

    def take_tolerated(self) -> None:
        """Take a number, perhaps with how far an answer may be from it."""
        self.take_numbers([Weighted(text=":".join(filter(None, self._told[:2])), weight=FULL)])

    def _text(self, cell: str) -> str:
        return on_one_line(self._markup.tags(cell))


_TAKERS: Mapping[str, Callable[[_ReadRow], None]] = {
    "MC": lambda row: row.take_judged(single=True),
    "MA": lambda row: row.take_judged(single=False),
    "TF": _ReadRow.take_statement,
    "ORD": _ReadRow.take_items,
    "MAT": _ReadRow.take_sides,
    "FIB": _ReadRow.take_spellings,
    "FIB_PLUS": _ReadRow.take_variables,
    "NUM": _ReadRow.take_tolerated,
}


def _in_twos(cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield cells in pairs; the last one has an empty partner if it has none."""
    return zip_longest(cells[::2], cells[1::2], fillvalue="")


def _said(word: str, known: Mapping[str, bool]) -> bool:
    """What a word says of an answer.

    Raises:
        BadInput: it says neither.
    """
    said = known.get(word.casefold())
    if said is None:
        raise BadInput(_("The answer “{answer}” is neither true nor false.").format(answer=quoted(word)))
    return said


def _name(row: Record) -> str:
    """What a row calls its kind."""
    return row.cells[0].upper()


def _is_row(row: Record) -> bool:
    """Whether a row begins with its kind, and says of its answers what rows of this kind say."""
    name, told = _name(row), row.cells[2:]
    if row.width < _FEWEST_CELLS and name not in _KEPT:
        return False
    if name in {"MC", "MA"}:
        return bool(told[1:]) and told[1].casefold() in _JUDGED
    return (name in _TAKERS or name in _KEPT) and (name != "TF" or told[0].casefold() in _TRUTHS)


def likelihood(lines: Sequence[Line]) -> float:
    """The number of rows that begin with their kind, plus a half, if nearly all do, the first among them.

    Some may say of their answers what no row says: they are told of, one by one, as a text without questions isn't.
    """
    if not may_have(lines, _TAB):
        return 0
    rows = [*_rows(lines[:_SAMPLE])]
    found = sum(map(_is_row, rows))
    named = sum(_name(row) in _TAKERS or _name(row) in _KEPT for row in rows)
    if not found or not _is_row(rows[0]) or 2 * found < len(rows) or named < _MOSTLY * len(rows):
        return 0
    return named * max(len(lines) / _SAMPLE, 1.0) + 0.5


def _rows(lines: Sequence[Line]) -> Iterator[Record]:
    return records([line.text for line in lines], _TAB)


def parse(lines: Sequence[Line], progress: Progress) -> ParsedDocument:
    """Read a document in this format."""
    questions: list[QuestionDraft] = []
    findings: list[Finding] = []
    for count, row in enumerate(_rows(lines)):
        if count % _REPORT_EVERY == 0:
            progress(row.line / len(lines))
        read = _ReadRow(row.line, row.cell(1), row.cells[2 : row.width])
        try:
            read.read(_name(row))
        except BadInput as refusal:
            findings.append(left_out(row.line, collapse(" ".join(filter(None, row.cells))), str(refusal)))
            continue
        questions.append(read.draft)
        findings += read.findings
    return ParsedDocument(format=FORMAT.name, questions=tuple(questions), findings=tuple(findings))


FORMAT = format_of_lines(
    name="blackboard",
    about="Blackboard's files for uploading questions: MC, a stem, answers, each behind a tab",
    likelihood=likelihood,
    parse=parse,
)
