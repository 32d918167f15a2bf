"""Writes banks as tables for spreadsheets and other quiz programs."""

import csv
import re
from collections.abc import Sequence
from io import StringIO

from bot.domain.accepted import Accepted, InBlank
from bot.domain.gaps import count_gaps
from bot.domain.kinds import kind_of
from bot.domain.questions import LETTERS, Question
from bot.domain.revisions import draft_of
from bot.importers.writing.text import as_markdown, choice_text

_FEWEST_OPTIONS = 4
_FORMULA = re.compile(r"[=+\-@]")
_NUMBER = re.compile(r"[-+]?[0-9]{1,40}(?:[.,][0-9]{1,40})?")
_TYPES = {
    "choice": "multiple choice",
    "true_false": "true or false",
    "number": "short answer",
    "short": "short answer",
    "blanks": "short answer",
    "card": "card",
}


def to_csv(questions: Sequence[Question], _name: str, _title: str) -> str:
    """A row for each question, with its right answers as letters, as the format `csv` reads them."""
    options = [_options(question) for question in questions]
    most = max(_FEWEST_OPTIONS, *map(len, options)) if options else _FEWEST_OPTIONS
    table = StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(
        [
            *("Question", "Type"),
            *(f"Option {letter}" for letter in LETTERS[:most]),
            *("Correct answer", "Explanation", "Topic", "Section", "Difficulty", "Tags"),
        ]
    )
    for question, texts in zip(questions, options, strict=True):
        cells = [
            _stem(question),
            _TYPES.get(question.kind, question.kind),
            *texts,
            *[""] * (most - len(texts)),
            _answer(question),
            _explanation(question),
            question.topic or "",
            question.section or "",
            question.difficulty or "",
            "; ".join(question.tags),
        ]
        rows.writerow(map(_harmless, cells))
    return table.getvalue()


def _options(question: Question) -> list[str]:
    """The texts to choose from, to put in order, or to match."""
    return [choice_text(choice) for choice in question.choices]


def _stem(question: Question) -> str:
    return f"{question.stem}\n\n{as_markdown(question.image)}" if question.image else question.stem


def _explanation(question: Question) -> str:
    """Why the key is right, and what is said to single choices."""
    explained = [f"{choice.text}: {choice.explanation}" for choice in question.choices if choice.explanation]
    return "\n\n".join(filter(None, [question.explanation, *explained]))


def _answer(question: Question) -> str:
    draft = draft_of(question)
    if kind_of(question).picks:
        letters = [LETTERS[at] for at in draft.key]
        is_ambiguous = len(letters) == 1 and any(text in LETTERS for text in map(str.upper, _options(question)))
        return f"Option {letters[0]}" if is_ambiguous else ", ".join(letters)
    if question.choices:
        return ", ".join(question.key.spelled(question.order))
    if question.kind == "blanks" and (gaps := count_gaps(question.stem)) > 1:
        return "; ".join(next((str(one) for one in draft.accepted if _is_in(one, gap)), "") for gap in range(gaps))
    return draft.back or " | ".join(map(str, draft.accepted))


def _is_in(accepted: Accepted, blank: int) -> bool:
    return isinstance(accepted, InBlank) and accepted.blank == blank


def _harmless(cell: str) -> str:
    """A cell that spreadsheets don't take for a formula: an apostrophe stands before it."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
