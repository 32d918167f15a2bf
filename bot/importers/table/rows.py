"""Makes drafts of the rows of a table."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import ascii_uppercase

from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.selection import selection
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.importers.format import Progress
from bot.importers.reading.compose import collapse
from bot.importers.reading.html import taken_out
from bot.importers.reading.leaving import left_out
from bot.importers.table import choices as choices_of
from bot.importers.table import kinds
from bot.importers.table.columns import Columns
from bot.importers.table.grouped import FLAGS
from bot.importers.table.keys import Found, Keys, Told, by_letter, lacking_choices, read_keys
from bot.importers.table.records import Record
from bot.importers.table.row import Row
from bot.importers.table.wording import Wording
from bot.importers.table.words import Role
from bot.importers.typed import are_short, can_be_typed, typed

_REPORT_EVERY = 1000
_QUOTED = 60
_LONGEST_ID = 100
_FEWEST_REPEATED = 10
_DIFFICULTIES = {
    word: level
    for level, words in {
        "easy": "easy beginner simple leicht einfach fácil facile łatwy легко легкий лёгкий 쉬움 简单 容易",
        "medium": "medium moderate intermediate normal mittel medio moyen średni средний 보통 中等 普通",
        "hard": "hard difficult advanced expert schwer schwierig difícil difficile trudny сложно сложный 어려움 困难",
    }.items()
    for word in words.split()
}
_BETWEEN_TAGS = re.compile("[,;|]")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
"""What may be a thousand or one, in a table of a spreadsheet that writes decimals with a comma."""
_TYPING = "typing"
"""What Blooket's table says in its last column, which has no name, of a question that is answered by typing."""


class Table:
    """The drafts of a table's rows, and the findings about them.

    Attributes:
        drafts: one for each row that asks something.
        findings: what was noticed, first about the table.
    """

    def __init__(self, columns: Columns, records: Sequence[Record], delimiter: str, progress: Progress) -> None:
        self._columns = columns
        self._delimiter = delimiter
        self._first = {role: found[0] for role, found in columns.roles.items()}
        self.drafts: list[QuestionDraft] = []
        self.findings: list[Finding] = []
        rows = self._rows([record for record in self._joined(records) if self._is_whole(record)])
        self._gives_cards = columns.are_cards or not are_short(
            [row.answer for row in rows if row.answer and not row.has_choices and not row.wrong]
        )
        self._identified = self._are_identified(rows)
        self._repeated = self._repeated_answer(rows)
        for number, row in enumerate(rows):
            if number % _REPORT_EVERY == 0:
                progress(number / len(rows))
            self._take(row)
        unused = set() if self._identified else {Role.IDENTIFIER}
        if not any(draft.difficulty for draft in self.drafts):
            unused.add(Role.DIFFICULTY)
        told = columns.described(self._typed_kind(), unused)
        self.findings.insert(0, Finding(line=columns.line, code=FindingCode.SIMPLIFIED, message=told))

    def _typed_kind(self) -> str:
        """Say what rows without choices were taken for."""
        if not any(draft.kind in {"card", "short", "number", "blanks"} for draft in self.drafts):
            return ""
        if self._gives_cards:
            return _("Rows without choices became cards.")
        return _("Rows without choices became questions whose answer is typed.")

    def _joined(self, records: Sequence[Record]) -> Iterator[Record]:
        """The rows; in a table of pairs that tabs part, a line without a tab goes on with the cell above it."""
        if self._columns.names or self._delimiter != "\t":
            yield from records
            return
        held: list[Record] = []
        for record in (*records, None):
            if record is not None and held and record.width == 1:
                held.append(record)
                continue
            if held:
                *before, last = held[0].cells
                more = [one.cells[0] for one in held[1:]]
                yield held[0]._replace(cells=(*before, "\n".join((last, *more))))
                if more:
                    self._note(
                        held[1].line, FindingCode.SIMPLIFIED, _("This line has no tab; it was added to the row above.")
                    )
            held = [record] if record is not None else []

    def _is_whole(self, record: Record) -> bool:
        """Whether a row can be read; a finding says why not, unless there is nothing in it."""
        columns = self._columns
        asked = self._first.get(Role.QUESTION, self._first.get(Role.FRONT))
        if self._delimiter and record.width > max(columns.width, 1) and not self._is_typing(record):
            message = ngettext(
                "The row has {count} cells, but the table has {width} column. Put texts with “{sign}” in quotes.",
                "The row has {count} cells, but the table has {width} columns. Put texts with “{sign}” in quotes.",
                columns.width,
            )
            self._leave_out(record, message.format(count=record.width, width=columns.width, sign=self._delimiter))
            return False
        if asked is not None and record.cell(asked):
            return True
        told = (Role.CHOICE, Role.LISTED, Role.ANSWER, Role.BACK, Role.WRONG, Role.EXPLANATION, Role.PICTURE)
        if any(record.cell(column) for role in told for column in columns.all(role)):
            self._leave_out(record, _("There is no question in it."))
        return False

    def _is_typing(self, record: Record) -> bool:
        return self._columns.template == "Blooket" and record.cells[record.width - 1].casefold() == _TYPING

    def _leave_out(self, record: Record, reason: str) -> None:
        quoted = shortened(collapse(" ".join(filter(None, record.cells))[:500]), _QUOTED)
        self.findings.append(left_out(record.line, quoted, reason))

    def _note(self, line: int, code: FindingCode, message: str) -> None:
        self.findings.append(Finding(line=line, code=code, message=message))

    def _rows(self, records: Sequence[Record]) -> list[Row]:
        """The rows with their keys."""
        columns = self._columns
        type_ = columns.first(Role.TYPE)
        some, wrong = choices_of.listed(columns, records), choices_of.wrong(columns, records)
        named = [
            "short" if self._is_typing(record) else kinds.kind_of_type(record.cell(type_)) if type_ is not None else ""
            for record in records
        ]
        answers = [self._answer(record) for record in records]
        keyed = [
            at for at, one in enumerate(some) if sum(map(bool, one)) > 1 and named[at] in {"", "choice", "true_false"}
        ]
        told = [self._told(answers[at], some[at]) for at in keyed]
        keys = read_keys(told, from_one=columns.counts_from_one, indexed=columns.is_indexed)
        if self._are_further_choices(told, keys):
            for at, one in zip(keyed, told, strict=True):
                some[at] = [one.key, *one.choices]
            keys = replace(keys, found=[Found(positions=(0,) if one.key else ()) for one in told])
            message = _("The right answer is never one of the choices, so it was taken for one more.")
            self._note(columns.line, FindingCode.SIMPLIFIED, message)
        elif keys.is_assumed:
            message = _(
                "The right answers are numbers, which were counted from 1. No row proves that: if the table counts "
                "from 0, write letters instead."
            )
            self._note(columns.line, FindingCode.SIMPLIFIED, message)
        elif keys.base == 0:
            message = _("The right answers are numbers, which were counted from 0, because some of them are 0.")
            self._note(columns.line, FindingCode.SIMPLIFIED, message)
        found = dict(zip(keyed, keys.found, strict=True))
        unknown = self._unknown_choices(answers)
        most = unknown or max(map(len, some), default=0)
        for at, texts in enumerate(some):
            if named[at] in {"", "choice"} and answers[at] and not any(texts) and not wrong[at]:
                in_columns = Role.CHOICE in columns.roles or bool(unknown)
                no_key = lacking_choices(answers[at], most, told, in_columns=in_columns)
                if no_key:
                    found[at] = no_key
                    answers[at] = ""
        self._has_choices = bool(keyed) or Role.CHOICE in columns.roles or any(map(choices_of.is_unread, some))
        return [
            Row(
                record=record,
                kind=named[at],
                choices=some[at],
                wrong=wrong[at],
                answer=answers[at],
                found=found.get(at, Found()),
            )
            for at, record in enumerate(records)
        ]

    def _unknown_choices(self, answers: Sequence[str]) -> int:
        """How many columns without a known name may hold choices, because all answers are letters of them; or 0."""
        roles = self._columns.roles
        known = {column for columns in roles.values() for column in columns}
        some = ["?"] * (self._columns.width - len(known))
        filled = [answer for answer in answers if answer]
        named = len(filled) > 1 and all(by_letter(answer, some) for answer in filled)
        return len(some) if named and not {Role.CHOICE, Role.LISTED, Role.WRONG} & roles.keys() else 0

    def _told(self, key: str, some: Sequence[str]) -> Told:
        """What a row says of its key."""
        if not choices_of.are_out_of_order(some):
            return Told(key=key, choices=some, is_counted=self._columns.are_in_order)
        own = Role.CHOICE in self._columns.roles  # then a letter may mean the column
        return Told(key=key, choices=some, is_counted=False, letters="" if own else choices_of.letters_of(some))

    def _answer(self, record: Record) -> str:
        """The cell with the right answer; of several, what they say together."""
        columns = self._columns.answers or self._columns.all(Role.BACK)[:1]
        cells = [record.cell(column) for column in columns]
        if len(cells) < 2:
            return cells[0] if cells else ""
        flags = [FLAGS.get(cell.casefold()) for cell in cells]
        if None in flags:
            return "|".join(filter(None, cells))
        return ", ".join(letter for letter, flag in zip(ascii_uppercase, flags, strict=False) if flag)

    @staticmethod
    def _are_further_choices(told: Sequence[Told], keys: Keys) -> bool:
        """Whether the answers are choices themselves: none is among the others, and hardly two are the same."""
        texts = [one.key.casefold() for one in told if one.key]
        if len(texts) < 2 or any(one.positions for one in keys.found):
            return False
        worded = sum(any(map(str.isalpha, text)) and len(text) > 1 for text in texts)
        most = max(len(one.choices) for one in told)
        return most > 1 and len({*texts}) > len(texts) // 2 and (2 * worded >= len(texts) or len({*texts}) > most + 1)

    def _repeated_answer(self, rows: Sequence[Row]) -> str:
        """The answer of most questions that have no choices, if it is the same: it answers none of them."""
        answers = Counter(row.answer for row in rows if row.answer and not row.has_choices and not row.wrong)
        answer, count = next(iter(answers.most_common(1)), ("", 0))
        is_word = kinds.told_truth(answer) is not None
        return answer if count >= _FEWEST_REPEATED and 2 * count > answers.total() and not is_word else ""

    def _are_identified(self, rows: Sequence[Row]) -> bool:
        """Whether the table's ids name questions, and don't only count the rows."""
        column = self._columns.first(Role.IDENTIFIER)
        if column is None or not rows:
            return False
        ids = [row.record.cell(column) for row in rows]
        if not all(0 < len(one) <= _LONGEST_ID for one in ids) or len({*ids}) < len(ids):
            return False
        numbers = [int(one) for one in ids if one.isdecimal() and len(one) < 10]
        return len(numbers) < len(ids) or numbers != [*range(numbers[0], numbers[0] + len(numbers))]

    def _take(self, row: Row) -> None:
        """Add the draft of a row, and what is noticed about it."""
        began = len(self.findings)
        wording = Wording("\n".join(row.record.cells))
        draft = self._common(row.record, wording)
        try:
            draft = self._answered(draft, row, wording)
        except BadInput as refusal:
            self._leave_out(row.record, str(refusal))
            return
        self._doubt(row, wording)
        codes = dict.fromkeys(finding.code for finding in self.findings[began:])
        self.drafts.append(replace(draft, findings=tuple(codes)) if codes else draft)

    def _doubt(self, row: Row, wording: Wording) -> None:
        """Note what the row says and the draft can't, and whatever may be wrong with it."""
        record, columns = row.record, self._columns
        if row.found.problem:
            self._note(record.line, FindingCode.KEY_NOT_A_CHOICE, row.found.problem)
        if len(row.found.positions) > 1 and columns.one_is_enough:
            message = _(
                "In {program}, one of the {count} right choices may be enough; here all of them are to be chosen."
            )
            told = message.format(program=columns.template, count=len(row.found.positions))
            self._note(record.line, FindingCode.SIMPLIFIED, told)
        if wording.dropped:
            self._note(record.line, FindingCode.SIMPLIFIED, taken_out(wording.dropped))
        if picture := next(filter(None, map(record.cell, columns.all(Role.PICTURE))), ""):
            message = _("Its picture isn't in the file: “{name}”.").format(
                name=shortened(collapse(picture[:500]), _QUOTED)
            )
            self._note(record.line, FindingCode.NEEDS_FIGURE, message)
        if self._repeated and row.answer == self._repeated:
            message = _("Most questions have this answer, so it is hardly right: “{answer}”.")
            told = message.format(answer=shortened(collapse(row.answer[:500]), _QUOTED))
            self._note(record.line, FindingCode.BROKEN, told)
        if record.is_torn:
            message = _("A quotation mark in this row isn't closed, so its cells may be parted wrongly.")
            self._note(record.line, FindingCode.BROKEN, message)
        elif any(self._holds_rows(cell) for cell in record.cells if "\n" in cell):
            message = _("A cell in quotes seems to hold other rows. Is a quotation mark missing?")
            self._note(record.line, FindingCode.BROKEN, message)

    def _holds_rows(self, cell: str) -> bool:
        parts = max(self._columns.width - 1, 3)
        return bool(self._delimiter) and any(line.count(self._delimiter) >= parts for line in cell.split("\n"))

    def _common(self, record: Record, wording: Wording) -> QuestionDraft:
        """What a draft of any kind has."""
        columns, first = self._columns, self._first

        def cell(role: Role) -> str:
            return record.cell(first[role]) if role in first else ""

        explained = filter(None, (wording.text(record.cell(column)) for column in columns.all(Role.EXPLANATION)))
        tags = (tag.strip() for column in columns.all(Role.TAGS) for tag in _BETWEEN_TAGS.split(record.cell(column)))
        return QuestionDraft(
            line=record.line,
            stem=wording.text(cell(Role.QUESTION) or cell(Role.FRONT)),
            choices=(),
            explanation="\n\n".join(explained),
            topic=wording.line(cell(Role.TOPIC)) or None,
            section=wording.line(cell(Role.SECTION)) or None,
            difficulty=_DIFFICULTIES.get(cell(Role.DIFFICULTY).casefold()),
            tags=tuple(dict.fromkeys(filter(None, tags))),
            source_id=cell(Role.IDENTIFIER) if self._identified else None,
        )

    def _answered(self, draft: QuestionDraft, row: Row, wording: Wording) -> QuestionDraft:
        """The draft with what is right.

        Raises:
            BadInput: an answer can't be kept.
        """
        if row.kind not in kinds.ASKED:
            return kinds.kept(draft, row.kind, [*filter(None, row.choices)], row.answer)
        if row.found.problem and not row.has_choices:
            return typed(draft, (), "")
        if self._has_choices and row.is_lone:
            raise BadInput(_("It has only one choice."))
        if row.kind in {"short", "card"} or not (any(row.choices) or row.wrong):
            return self._typed(draft, row, wording)
        if row.wrong:
            return self._with_choices(draft, [row.answer, *row.wrong], (0,) if row.answer else (), wording)
        if row.has_choices or row.kind in {"choice", "true_false"}:
            return self._explained(self._with_choices(draft, row.choices, row.found.positions, wording), row, wording)
        return self._typed(draft, row, wording)

    def _with_choices(
        self, draft: QuestionDraft, some: Sequence[str], key: Sequence[int], wording: Wording
    ) -> QuestionDraft:
        """A question to choose in; empty cells between the choices are left out."""
        filled = [at for at, choice in enumerate(some) if choice]
        truths = [kinds.TRUTHS.get(some[at].casefold()) for at in filled]
        if len(truths) == 2 and {*truths} == {True, False} and len(key) < 2:
            return kinds.true_or_false(draft, said=truths[filled.index(key[0])] if key else None)
        return replace(
            draft,
            choices=tuple(wording.line(some[at]) for at in filled),
            key=tuple(sorted(filled.index(at) for at in key)),
            select=selection(draft.stem, len(key)),
        )

    def _explained(self, draft: QuestionDraft, row: Row, wording: Wording) -> QuestionDraft:
        """The draft with what the row says of each choice; true and false may stand in another order."""
        told = [wording.text(row.record.cell(column)) for column in self._columns.reasons]
        if len(row.choices) == len(told) + 1:
            told.insert(0, "")  # the right answer stood beside the choices, and is now the first of them
        if not any(told) or draft.kind != "choice" or len(row.choices) != len(told):
            return draft
        filled = zip(row.choices, told, strict=True)
        return replace(draft, choice_explanations=tuple(reason for choice, reason in filled if choice))

    def _typed(self, draft: QuestionDraft, row: Row, wording: Wording) -> QuestionDraft:
        """A statement, a question for something typed, or a card."""
        answers = [row.answer] if row.answer else [*filter(None, row.choices)]
        said = kinds.TRUTHS.get(row.answer.casefold())
        if row.kind == "true_false":
            said = kinds.told_truth(row.answer)
            if row.answer and said is None:
                message = _("The answer “{answer}” is neither true nor false.")
                told = message.format(answer=shortened(collapse(row.answer[:500]), _QUOTED))
                self._note(row.record.line, FindingCode.KEY_NOT_A_CHOICE, told)
            return kinds.true_or_false(draft, said=said)
        if row.kind == "short" and row.choices:
            answers = [*filter(None, row.choices)] or answers
        is_card = row.kind == "card" or (row.kind != "short" and self._gives_cards)
        if is_card or not all(map(can_be_typed, answers)):
            return kinds.card(draft, wording.text("\n\n".join(answers)))
        if said is not None and not row.kind:
            return kinds.true_or_false(draft, said=said)
        spelled = [wording.line(one) for answer in answers for one in kinds.spellings(answer)]
        draft = typed(draft, spelled, wording.line(row.answer))
        if draft.kind == "number" and self._delimiter == ";" and any(map(_THOUSANDS.fullmatch, spelled)):
            return replace(draft, kind="short", accepted=tuple(dict.fromkeys(filter(None, spelled))))
        return draft
