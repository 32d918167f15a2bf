"""What typed questions accept, as commands print it."""

from typing import Any

from bot.domain.drafts import QuestionDraft
from bot.importers.writing.typed import as_documented


def typed_json(draft: QuestionDraft) -> dict[str, Any]:
    """Return the JSON fields that only typed questions have; empty for other kinds."""
    if draft.kind == "number":
        return {"accepted": as_documented(draft), "unit": draft.unit or None}
    if draft.kind == "short":
        near_misses = [{"text": near.text, "hint": near.hint} for near in draft.near_misses]
        return {"accepted": as_documented(draft), "exact": draft.exact, "near_misses": near_misses}
    return {}
