"""Recognises statements to judge by their choices or answers, which say true or false in one of many languages."""

import re
from dataclasses import replace

from bot.domain.drafts import QuestionDraft
from bot.importers.reading.anatomy import RawChoice, RawQuestion
from bot.importers.reading.lines import Line
from bot.importers.reading.words import truth_of

_SAYS = r"\s*\(\s*(?:true\s?(?:/|or)\s?false|t\s?/\s?f)\s*\)\s*"
_TRUTHS = re.compile(rf"^{_SAYS}|{_SAYS}$|(?<=[.!:])\s{{1,9}}(?:true\s?/\s?false|t\s?/\s?f)\s*$", re.IGNORECASE)
"""What says that a statement is to be judged; its choices say so, too."""
_BETWEEN_TRUTHS = re.compile(r"[\s.:)．：）]+")


def as_statement(draft: QuestionDraft) -> QuestionDraft:
    """Return a choice between True and False as a statement that is true or false, and any other draft as it is."""
    said = [truth_of(choice) for choice in draft.choices] if len(draft.choices) == 2 else []
    if {*said} != {True, False} or len(draft.key) > 1:
        return draft
    key, explained = draft.key, draft.choice_explanations
    if said == [False, True]:
        key = tuple(1 - position for position in key)
        explained = explained and explained[::-1]
    return replace(
        draft, kind="true_false", choices=("True", "False"), key=key, select=1, choice_explanations=explained
    )


def offer_truth(raw: RawQuestion) -> None:
    """Give a statement without choices the two that its answer, true or false, is one of."""
    truth = truth_of(raw.key) if raw.key else None
    if truth is not None:
        raw.labelled = False
        raw.choices = [RawChoice("", [Line(raw.line, word)], word == str(truth)) for word in ("True", "False")]
        raw.key = None
        raw.stem = [line.with_text(_TRUTHS.sub("", line.text)) for line in raw.stem if not _says_truth(line.text)]


def _says_truth(text: str) -> bool:
    """Whether a line says no more than true or false, once or twice: ``true. 正确``."""
    words = [word for word in _BETWEEN_TRUTHS.split(text) if word]
    return bool(words) and len(words) <= 2 and all(truth_of(word) is not None for word in words)
