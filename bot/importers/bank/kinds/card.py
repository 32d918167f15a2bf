"""Cards in the project's own format."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.drafts import QuestionDraft
from bot.importers.bank.kinds.record import KindInBanks
from bot.importers.reading.compose import collapse


def _read(draft: QuestionDraft, question: Mapping[str, Any]) -> QuestionDraft:
    accepted = tuple(map(collapse, question.get("accepted", ())))
    return replace(draft, back=question.get("back", "").strip(), accepted=accepted)


def _write(draft: QuestionDraft) -> dict[str, Any]:
    return {name: value for name, value in _documented(draft).items() if value}


def _documented(draft: QuestionDraft) -> dict[str, Any]:
    return {"back": draft.back, "accepted": list(draft.accepted)}


IN_BANKS = KindInBanks(name="card", read=_read, write=_write, documented=_documented)
