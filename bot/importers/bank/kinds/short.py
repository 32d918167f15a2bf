"""Questions for a short text in the project's own format."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.accepted import NearMiss
from bot.domain.drafts import QuestionDraft
from bot.importers.bank.kinds.record import KindInBanks
from bot.importers.reading.compose import collapse


def _read(draft: QuestionDraft, question: Mapping[str, Any]) -> QuestionDraft:
    near_misses = question.get("near_misses", ())
    return replace(
        draft,
        accepted=tuple(map(collapse, question.get("accepted", ()))),
        exact=question.get("exact", False),
        near_misses=tuple(NearMiss(text=collapse(near["text"]), hint=near["hint"].strip()) for near in near_misses),
    )


def _write(draft: QuestionDraft) -> dict[str, Any]:
    return {name: value for name, value in _documented(draft).items() if value}


def _documented(draft: QuestionDraft) -> dict[str, Any]:
    near_misses = [{"text": near.text, "hint": near.hint} for near in draft.near_misses]
    return {"accepted": list(draft.accepted), "exact": draft.exact, "near_misses": near_misses}


IN_BANKS = KindInBanks(name="short", read=_read, write=_write, documented=_documented)
