"""Recognises statements to judge by their choices, which say true and false in one of many languages."""

from dataclasses import replace

from bot.domain.drafts import QuestionDraft
from bot.importers.reading.words import truth_of


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
