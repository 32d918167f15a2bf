"""Recognises statements to judge where a format has only choices: the choices are True and False."""

from dataclasses import replace

from bot.domain.drafts import QuestionDraft

_FALSE_AND_TRUE = ["false", "true"]


def as_statement(draft: QuestionDraft) -> QuestionDraft:
    """Return a choice between True and False as a statement that is true or false, and any other draft as it is."""
    said = [choice.strip().casefold() for choice in draft.choices]
    if len(said) != 2 or sorted(said) != _FALSE_AND_TRUE or len(draft.key) > 1:
        return draft
    key, explained = draft.key, draft.choice_explanations
    if said == _FALSE_AND_TRUE:
        key = tuple(1 - position for position in key)
        explained = explained and explained[::-1]
    return replace(
        draft, kind="true_false", choices=("True", "False"), key=key, select=1, choice_explanations=explained
    )
