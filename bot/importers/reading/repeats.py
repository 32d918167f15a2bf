"""Leaves out choices that a question has twice: whoever picks the second one would be wrong for no reason."""

from dataclasses import replace

from bot.domain.drafts import QuestionDraft
from bot.domain.shortening import shortened
from bot.i18n import gettext as _

_QUOTED = 40


def without_repeats(draft: QuestionDraft) -> tuple[QuestionDraft, str]:
    """Return a draft with each choice once, and what to say about it; empty if nothing was left out.

    The draft has no pictures of choices. If it had, choices with the same text might differ.
    """
    first: dict[str, int] = {}
    for choice in draft.choices:
        first.setdefault(choice, len(first))
    if len(first) == len(draft.choices):
        return draft, ""
    repeated = next(choice for at, choice in enumerate(draft.choices) if choice in draft.choices[:at])
    explained = draft.choice_explanations
    if explained:
        told = {choice: text for choice, text in zip(draft.choices, explained, strict=True) if text}
        explained = tuple(told.get(choice, "") for choice in first)
    key = tuple(sorted({first[draft.choices[position]] for position in draft.key}))
    select = len(key) if draft.select == len(draft.key) and key else draft.select
    message = _("It has the choice “{text}” more than once; it is kept once.")
    kept = replace(draft, choices=tuple(first), key=key, select=select, choice_explanations=explained)
    return kept, message.format(text=shortened(repeated, _QUOTED))
