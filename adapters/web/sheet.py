"""The form that mends one question at the import desk, beside the lines that it was read from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.web.door import Visit
from bot.domain.desk import At, Desk, Laid
from bot.domain.excerpts import ROLES
from bot.domain.lines import several_lines
from bot.domain.questions import LETTERS, MAX_CHARACTERS, MAX_CHOICES
from bot.services.banks.mending import Edit, split_lines

_LONGEST = 4 * MAX_CHARACTERS
"""How many characters of a field are looked at: more than a whole question may have, so that nothing is cut unseen."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the file; ``role`` says in words what it was taken for, ``sign`` is that as a letter."""

    number: int
    sign: str
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one choice; ``letter`` is empty where choices are words."""

    number: int
    letter: str
    text: str
    why: str
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What was filled in for one question; ``edit`` is None if the form has no texts."""

    at: At
    edit: Edit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MendingForm:
    """The form of one question.

    Attributes:
        picks: ``one``, ``many`` or ``all``: how many choices are to be picked.
        lines: the lines of the file to compare it with.
        has_lines: whether its file has lines at all: if so, and ``lines`` is empty, they are too many to be kept.
        parts_at: the lines at which it can be split.
        is_last: whether no question follows it.
        wrong: why it couldn't be taken; empty: nothing was wrong.
    """

    laid: Laid
    stem: str
    rows: tuple[Row, ...]
    explanation: str
    picks: str
    lines: tuple[SourceLine, ...]
    has_lines: bool
    parts_at: tuple[SourceLine, ...]
    is_last: bool
    wrong: str = ""

    @property
    def name(self) -> str:
        """What the ids of its elements end in."""
        return f"{self.laid.at.portion}-{self.laid.at.position}"


def sheet_of(desk: Desk, laid: Laid, wrong: tuple[Filled, str] | None) -> MendingForm:
    """Return the form of a question: as it is or, if that couldn't be taken, as it was filled in.

    Args:
        desk: where it lies.
        laid: the question.
        wrong: what was filled in, and why it couldn't be taken.
    """
    draft, filled = laid.draft, wrong[0].edit if wrong else None
    lines = tuple(_lines(desk, laid))
    at = split_lines(desk, laid)
    picks = "all" if draft.select == "all" else "one" if draft.select == 1 and len(draft.key) < 2 else "many"
    if filled:
        picks = "all" if filled.select == "all" else "one" if filled.select == 1 else "many"
    return MendingForm(
        laid=laid,
        stem=filled.stem if filled else draft.stem,
        rows=_rows(laid, filled),
        explanation=filled.explanation if filled else draft.explanation,
        picks=picks,
        lines=lines,
        has_lines=bool(desk.document.roles),
        parts_at=tuple(line for line in lines if line.number in at and line.text.strip()),
        is_last=laid.following is None,
        wrong=wrong[1] if wrong else "",
    )


def _rows(laid: Laid, filled: Edit | None) -> tuple[Row, ...]:
    draft = laid.draft
    texts, key = (filled.choices, filled.key) if filled and laid.is_choice else (draft.choices, draft.key)
    key = filled.key if filled else key
    told = (filled.choice_explanations if filled and laid.is_choice else draft.choice_explanations) or ()
    rows = len(texts) + 1 if laid.is_choice else len(texts)  # an empty row, for one more choice
    return tuple(
        Row(
            number=at,
            letter=LETTERS[at] if laid.is_choice else "",
            text=texts[at] if at < len(texts) else "",
            why=told[at] if at < len(told) else "",
            is_right=at in key,
        )
        for at in range(min(rows, MAX_CHOICES))
    )


def _lines(desk: Desk, laid: Laid) -> Iterator[SourceLine]:
    document = desk.document
    for number in laid.lines(document):
        if number in document.lines:
            sign = document.roles[number - 1]
            yield SourceLine(number, "b" if sign == "." else sign, str(ROLES[sign]), document.lines[number])


def filled_in(visit: Visit) -> Filled:
    """Return what a form says; what a browser wouldn't send counts as nothing."""
    at = At(_number(visit.text("portion")), _number(visit.text("position")))
    return Filled(at=at, edit=_edit(visit) if "stem" in visit.form else None)


def _edit(visit: Visit) -> Edit:
    right = {_number(text) for text in visit.texts("right")}
    rows = [number for number in range(MAX_CHOICES) if _text(visit, f"choice-{number}")]
    kept = rows or sorted(right)  # the two words of a statement have no fields
    picks = visit.text("picks")
    return Edit(
        stem=_text(visit, "stem"),
        choices=tuple(_text(visit, f"choice-{number}") for number in rows),
        key=tuple(at for at, number in enumerate(kept) if number in right) if rows else tuple(kept)[:1],
        explanation=_text(visit, "explanation"),
        choice_explanations=tuple(_text(visit, f"why-{number}") for number in rows),
        rows=tuple(rows),
        select="all" if picks == "all" else 1 if picks == "one" else None,
    )


def _text(visit: Visit, field: str) -> str:
    return several_lines(visit.text(field)[:_LONGEST]).strip()


def _number(text: str) -> int:
    """Return the number in a field; one that no question or choice has if there is none."""
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 10**9
