"""True or false statements in the project's own format."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.drafts import QuestionDraft
from bot.importers.bank.kinds.record import KindInBanks

_KEYS: Mapping[bool | None, tuple[int, ...]] = {None: (), True: (0,), False: (1,)}
"""The position of the right word, by what the file says of the statement."""


def _read(draft: QuestionDraft, question: Mapping[str, Any]) -> QuestionDraft:
    return replace(draft, choices=("True", "False"), key=_KEYS[question.get("answer")])


def _write(draft: QuestionDraft) -> dict[str, Any]:
    return {"answer": draft.key == (0,)} if draft.key else {}


IN_BANKS = KindInBanks(name="true_false", read=_read, write=_write)
