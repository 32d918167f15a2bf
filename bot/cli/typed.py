"""What questions offer and accept, as commands print it."""

from collections.abc import Iterator
from typing import Any

from bot.domain.drafts import QuestionDraft
from bot.domain.questions import LETTERS
from bot.domain.revisions import accepted_answers
from bot.importers.writing.typed import as_documented


def typed_json(draft: QuestionDraft) -> dict[str, Any]:
    """Return the JSON fields that only typed questions have; empty for other kinds."""
    if draft.kind == "number":
        return {"accepted": as_documented(draft), "unit": draft.unit or None}
    if draft.kind == "short":
        near_misses = [{"text": near.text, "hint": near.hint} for near in draft.near_misses]
        return {"accepted": as_documented(draft), "exact": draft.exact, "near_misses": near_misses}
    return {}


def answer_lines(draft: QuestionDraft) -> Iterator[str]:
    """A line for each choice or accepted answer, with a star before those that are right.

    Choices have letters, for the key to name; true and false are named by their words.
    """
    for position, choice in enumerate(draft.choices):
        letter = LETTERS[position] if position < len(LETTERS) else "?"
        label = "" if draft.kind == "true_false" else f"{letter}) "
        yield f"  {'*' if position in draft.key else ' '} {label}{choice}"
    for text in accepted_answers(draft):
        yield f"  * {text}"
