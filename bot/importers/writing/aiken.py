"""Writes banks as Moodle's Aiken, which holds only questions with one right choice."""

import re
from collections.abc import Sequence

from bot.domain.questions import LETTERS, Question
from bot.domain.revisions import draft_of
from bot.importers.reading.compose import collapse

_KINDS = frozenset({"choice", "true_false"})
_MARK = re.compile(r"[A-Z][).]|ANSWER:")
"""How a line begins that Moodle takes for something else than a stem."""
_NEEDS_LINES = re.compile(r"^(?: {4}|\t| {0,3}(?:```|~~~|\|))", re.MULTILINE)
"""Code and tables, which make no sense on one line."""


def holds(question: Question) -> bool:
    """Whether a question has one right choice, no pictures, and texts that one line can hold."""
    draft = draft_of(question)
    stem, choices = collapse(draft.stem), [collapse(choice) for choice in draft.choices]
    return (
        draft.kind in _KINDS
        and draft.select == len(draft.key) == 1
        and not question.images
        and len(stem.encode()) > 1
        and not _MARK.match(stem)
        and len(choices) > 1
        and all(choices)
        and not any(_NEEDS_LINES.search(text) for text in (draft.stem, *draft.choices))
    )


def to_aiken(questions: Sequence[Question], _name: str, _title: str) -> str:
    """Each stem on one line, a line for each choice, and the letter of the right one."""
    return "\n".join(map(_item, questions))


def _item(question: Question) -> str:
    draft = draft_of(question)
    choices = [f"{letter}) {collapse(choice)}" for letter, choice in zip(LETTERS, draft.choices, strict=False)]
    return "\n".join([collapse(draft.stem), *choices, f"ANSWER: {LETTERS[draft.key[0]]}", ""])
