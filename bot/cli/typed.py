"""What typed questions accept, as commands print it."""

from typing import Any

from bot.domain.drafts import QuestionDraft
from bot.importers.writing.typed import as_documented


def typed_json(draft: QuestionDraft) -> dict[str, Any]:
    """What JSON says of a question beside what all kinds have; nothing if it isn't answered by typing."""
    if draft.kind == "number":
        return {"accepted": as_documented(draft), "unit": draft.unit or None}
    if draft.kind == "short":
        near_misses = [{"text": near.text, "hint": near.hint} for near in draft.near_misses]
        return {"accepted": as_documented(draft), "exact": draft.exact, "near_misses": near_misses}
    return {}
