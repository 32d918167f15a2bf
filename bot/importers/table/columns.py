"""Finds the header of a table, and says which column holds what."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from string import ascii_lowercase

from bot.i18n import gettext as _
from bot.importers.table.records import Record
from bot.importers.table.words import Role, latin_letter, mark_of, names_choices, plain, role_of

_LOOKED_AT = 20
"""In how many rows a header is looked for: titles and advice may stand above it."""
_MOST_CHOICES = 26
MOST_COLUMNS = 200
MOST_NAMED = 12
_NUMBERED = re.compile(r"(?:is )?(?:correct|right)(?: [a-z]{2,10})? [a-z0-9]{1,2}")
INDEX = re.compile(r"\b(?:index|idx|indice|position)\b")
FLAGGED = frozenset({"is correct", "correct", "is right", "right", "is answer", "correctness"})
"""Names of columns that say of single choices whether they are right."""
_LETTERS = [*ascii_lowercase]
_NUMBERS = [str(number) for number in range(1, _MOST_CHOICES + 1)]
_RULE = re.compile("[:\\- ]{1,200}")
_QUIZIZZ = "Quizizz (Wayground)"
_ONE_IS_ENOUGH = ("Kahoot", "Blooket")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the columns of a table hold, each counted from 0.

    Attributes:
        roles: the columns of each role, in the order of the table; those for choices in the order of their names.
        names: what stands above the columns; empty if the table has no header.
        line: the 1-based line of the header, or of the first row.
        template: the program whose template the table follows; empty: none that is known.
        begins: how many rows stand above the first question.
        width: how many columns the table has.
        may_count_from_zero: whether a program wrote the table, so that numbers may mean choices that count from 0.
        are_in_order: whether the n-th column with choices is for the n-th choice, as far as their names tell.
    """

    roles: Mapping[Role, tuple[int, ...]]
    names: Sequence[str] = ()
    line: int = 1
    template: str = ""
    begins: int = 0
    width: int = field(default=0)
    may_count_from_zero: bool = False
    are_in_order: bool = True

    def first(self, role: Role) -> int | None:
        """The first column of a role; None if no column has it."""
        return next(iter(self.roles.get(role, ())), None)

    def all(self, role: Role) -> tuple[int, ...]:
        """All columns of a role."""
        return self.roles.get(role, ())

    def name(self, column: int) -> str:
        """What people call a column."""
        words = " ".join(self.names[column].split())[:60] if column < len(self.names) else ""
        return f"“{words}”" if words else _("column {number}").format(number=column + 1)

    @property
    def answers(self) -> tuple[int, ...]:
        """The columns with right answers: one, or several that are numbered alike."""
        columns = self.all(Role.ANSWER)
        words = {at: plain(self.names[at]) for at in columns if at < len(self.names)}
        numbered = [at for at, name in words.items() if _NUMBERED.fullmatch(name)]
        if len(numbered) > 1:
            return tuple(sorted(numbered, key=lambda at: (_rank(words[at].split()[-1]), at)))
        alike = numbered or [at for at, name in words.items() if name in FLAGGED]
        return tuple(sorted(alike)) if len(alike) > 1 else columns[:1]

    @property
    def reasons(self) -> tuple[int, ...]:
        """The columns that explain the choices, in the order of these; empty if some choice has none."""
        by_mark = {plain(self.names[at]).rpartition(" ")[2]: at for at in self.all(Role.REASON)}
        marks = [_mark(self.names[at]) for at in self.all(Role.CHOICE)] if by_mark else []
        return tuple(by_mark[mark] for mark in marks) if by_mark.keys() >= {*marks} else ()

    @property
    def are_cards(self) -> bool:
        """Whether the header says that the rows are cards."""
        return Role.FRONT in self.roles and Role.QUESTION not in self.roles

    @property
    def counts_from_one(self) -> bool:
        """Whether the template says that numbers of right answers are counted from 1."""
        return bool(self.template)

    @property
    def one_is_enough(self) -> bool:
        """Whether one of several right answers is enough where the template comes from."""
        return self.template in _ONE_IS_ENOUGH

    @property
    def is_indexed(self) -> bool:
        """Whether the right answer may be an index, which many programs count from 0, or a flag."""
        answer = self.first(Role.ANSWER)
        name = plain(self.names[answer]) if answer is not None and answer < len(self.names) else ""
        called = bool(INDEX.search(name)) or (name in FLAGGED and name.startswith("is "))
        return called or self.may_count_from_zero

    def described(self, kinds: str, unused: Collection[Role]) -> str:
        """Say in words which column was taken for what, what rows without choices became, and what was not used."""
        wanted = {
            _("question"): self.all(Role.QUESTION)[:1] or self.all(Role.FRONT)[:1],
            _("choices"): self.all(Role.CHOICE) or self.all(Role.LISTED)[:1],
            _("right answer"): self.answers or self.all(Role.BACK)[:1],
            _("wrong answers"): self.all(Role.WRONG),
            _("explanation"): (*self.all(Role.EXPLANATION), *self.reasons),
            _("topic"): self.all(Role.TOPIC)[:1],
            _("section"): self.all(Role.SECTION)[:1],
            _("difficulty"): () if Role.DIFFICULTY in unused else self.all(Role.DIFFICULTY)[:1],
            _("tags"): self.all(Role.TAGS),
            _("kind"): self.all(Role.TYPE)[:1],
            _("id"): () if Role.IDENTIFIER in unused else self.all(Role.IDENTIFIER)[:1],
            _("picture"): self.all(Role.PICTURE),
        }
        told = [f"{what}: {self._listed(columns)}" for what, columns in wanted.items() if columns]
        used = {column for columns in wanted.values() for column in columns} | {*self.all(Role.NUMBER)}
        named = [at for at in range(self.width) if not self.names or (at < len(self.names) and self.names[at].strip())]
        left = [at for at in named if at not in used]
        text = _("Taken from the table – {columns}.").format(columns="; ".join(told))
        if self.template:
            text = _("The table follows the template of {program}.").format(program=self.template) + " " + text
        if kinds:
            text += " " + kinds
        if left:
            text += " " + _("Not used: {columns}.").format(columns=self._listed(left))
        return text

    def _listed(self, columns: Sequence[int]) -> str:
        named = [self.name(column) for column in columns[:MOST_NAMED]]
        return ", ".join(named) + (", …" if len(columns) > MOST_NAMED else "")


def headed(rows: Sequence[Record]) -> Columns | None:
    """Return the columns of a table that has a header in one of its first rows; None if it has none."""
    for at, row in enumerate(rows[:_LOOKED_AT]):
        if not (roles := _roles(row.cells)):
            continue
        below = rows[at + 1 :]
        if below and all("-" in cell and _RULE.fullmatch(cell) for cell in below[0].cells if cell):
            return None  # it is a table in Markdown
        begins = at + 1
        names = [cell.replace("\n", " ") for cell in row.cells]
        template = _template(names, roles, rows[:at])
        if template == _QUIZIZZ and below and below[0].cells[0].casefold().startswith("text of the question"):
            begins += 1  # that template explains its columns in the row below
        marks = [_mark(names[column]) for column in roles.get(Role.CHOICE, ())]
        return Columns(
            roles=roles,
            names=names,
            line=row.line,
            template=template,
            begins=begins,
            width=len(row.cells),
            are_in_order=marks in (_LETTERS[: len(marks)], _NUMBERS[: len(marks)]) or len({*marks}) == 1,
        )
    return None


def fits(columns: Columns, row: Record) -> bool:
    """Whether a row can be one of the table's: something stands in its column for questions, and beside it.

    A number there, and no choices, are the answer to a question elsewhere.
    """
    asked = columns.first(Role.QUESTION)
    column = columns.first(Role.FRONT) if asked is None else asked
    text = "" if column is None else row.cell(column)
    is_key = text.isdecimal() and not columns.all(Role.CHOICE)
    return bool(text) and not is_key and sum(map(bool, row.cells)) > 1


def _roles(cells: Sequence[str]) -> Mapping[Role, tuple[int, ...]]:
    """The columns of each role; empty if these cells are no header of questions: a row with a 0 counts or judges."""
    if (
        not 1 < len(cells) <= MOST_COLUMNS
        or "0" in cells
        or not any(role_of(cell) in {Role.QUESTION, Role.FRONT, Role.BACK} for cell in cells)
    ):
        return {}
    found: dict[Role, list[int]] = {}
    alone = {at for run in (ascii_lowercase, "123456789") for at in _named_by(cells, run)}
    alone |= {at for at, cell in enumerate(cells) if cells.count(cell) > 1 and names_choices(cell)}
    for at, cell in enumerate(cells):
        if role := Role.CHOICE if at in alone else role_of(cell):
            found.setdefault(role, []).append(at)
    return {role: tuple(columns) for role, columns in _settled(cells, found).items()}


def _named_by(cells: Sequence[str], run: str) -> list[int]:
    """The columns that are named with the first bare letters or numbers, in any order: A, B, C or А, Б, В."""
    named = [latin_letter(plain(cell)) for cell in cells]
    columns = [named.index(sign) for sign in takewhile(named.__contains__, run)]
    return columns if len(columns) > 1 else []


def _mark(name: str) -> str:
    """The letter or number of the choice that a column is for."""
    return mark_of(name) or latin_letter(plain(name))


def _rank(mark: str) -> tuple[int, str]:
    """What letters or numbers of choices are sorted by: 2 stands before 10."""
    return len(mark), mark


def _asks_less(name: str) -> int:
    """How little a column's name says that it asks: "text" or "task" says less than "question", a title less still."""
    return 0 if name.startswith(("question", "frage", "stem", "prompt")) and not name.endswith("title") else 1


def _answers_less(name: str) -> int:
    """How little a column's name says that it has the one right answer: "correct answers" may list what else counts."""
    return (not name.startswith(("correct", "right", "richtig", "best"))) * 2 + name.endswith("answers")


def _settled(cells: Sequence[str], found: dict[Role, list[int]]) -> dict[Role, list[int]]:
    """The roles after words with several meanings found theirs; empty if no question is asked with them."""
    asked = found.get(Role.QUESTION, [])
    if len(asked) > 1:  # a column "text" or "task" beside one that says "question" is none
        asked.sort(key=lambda at: (_asks_less(plain(cells[at])), at))
    if not asked and Role.FRONT not in found and found.get(Role.BACK, [0]) != [0]:
        found[Role.FRONT] = [0]  # what is defined or translated has many names
    if not asked and (Role.FRONT not in found or not {Role.BACK, Role.ANSWER} & found.keys()):
        return {}
    answers = found.get(Role.ANSWER, [])
    answers.sort(key=lambda at: (_answers_less(plain(cells[at])), at))
    choices = found.get(Role.CHOICE, [])
    if len(choices) == 1 and not answers and mark_of(cells[choices[0]]) == "1":  # "Answer 1" is all there is
        found[Role.ANSWER] = found.pop(Role.CHOICE)
    elif sum(plain(cells[at]) in FLAGGED for at in answers) < 2:  # flags without numbers go by the table's order
        choices.sort(key=lambda at: (_rank(_mark(cells[at])), at))
    told = {Role.ANSWER, Role.BACK, Role.WRONG, Role.LISTED} & found.keys()
    if not told and len(found.get(Role.CHOICE, [])) < 2:
        return {}
    return found if len(found.get(Role.CHOICE, [])) <= _MOST_CHOICES else {}


def _template(names: Sequence[str], roles: Mapping[Role, Sequence[int]], above: Sequence[Record]) -> str:
    """The program whose template has such a header."""
    words = {plain(name) for name in names}
    advised = {" ".join(name.casefold().split()) for name in names}
    title = " ".join(cell for row in above for cell in row.cells).casefold()
    if any(name.startswith("question - max") for name in advised) or "kahoot" in title:
        return "Kahoot"
    if "blooket" in title or (
        {"question number", "question text"} <= words and any("answer #" in one for one in advised)
    ):
        return "Blooket"
    if {"question text", "question type", "option 1", "correct answer"} <= words:
        return _QUIZIZZ
    if "gimkit" in title or {"question", "correct answer", "incorrect answer 1", "incorrect answer 2"} == words - {
        "incorrect answer 3"
    }:
        return "Gimkit"
    if {"question number", "question text", "answer 1", "correct answer", "time limit"} <= words:
        return "Blooket"
    plainly = {"question", "answer 1", "answer 2", "time limit", "correct answer"}
    return "Kahoot" if plainly <= words and Role.CHOICE in roles else ""
