"""Multiple choice in the project's own format."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.drafts import QuestionDraft
from bot.importers.bank.kinds.record import KindInBanks
from bot.importers.reading.compose import collapse
from bot.importers.reading.selection import selection
from bot.rendering.words import literal


def _read(draft: QuestionDraft, question: Mapping[str, Any]) -> QuestionDraft:
    choices = question["choices"]
    explained = tuple(choice.get("explanation", "").strip() for choice in choices)
    key = tuple(position for position, choice in enumerate(choices) if choice.get("right"))
    return replace(
        draft,
        choices=tuple(map(_text, choices)),
        key=key,
        select=question.get("select") or selection(draft.stem, len(key)),
        choice_explanations=explained if any(explained) else None,
    )


def _text(choice: Mapping[str, Any]) -> str:
    """What a choice says, as Markdown; one that is only a picture, which may not be there, says what it shows."""
    return collapse(choice["text"]) if "text" in choice else literal(collapse(choice["image_alt"]))


def _write(draft: QuestionDraft) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if draft.select != selection(draft.stem, len(draft.key)):
        told["select"] = draft.select
    explained = draft.choice_explanations or ("",) * len(draft.choices)
    told["choices"] = [
        _choice(text, explanation, right=position in draft.key)
        for position, (text, explanation) in enumerate(zip(draft.choices, explained, strict=True))
    ]
    return told


def _choice(text: str, explanation: str, *, right: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"text": text}
    if right:
        told["right"] = True
    if explanation:
        told["explanation"] = explanation
    return told


IN_BANKS = KindInBanks(name="choice", read=_read, write=_write)
