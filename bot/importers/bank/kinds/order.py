"""Questions with items to put in order in the project's own format."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.drafts import QuestionDraft
from bot.i18n import gettext as _
from bot.importers.bank.kinds.record import KindInBanks
from bot.importers.reading.compose import collapse


def _misfit(question: Mapping[str, Any]) -> tuple[str, str] | None:
    """Look for an item that is there twice but for its spaces, which the schema takes for two."""
    items = list(map(collapse, question["items"]))
    return ("items", _("Each entry can be listed here only once.")) if len(set(items)) < len(items) else None


def _read(draft: QuestionDraft, question: Mapping[str, Any]) -> QuestionDraft:
    """The items as they stand: the right order is that of the file."""
    items = tuple(map(collapse, question["items"]))
    return replace(draft, choices=items, key=tuple(range(len(items))))


def _write(draft: QuestionDraft) -> dict[str, Any]:
    return {"items": [draft.choices[position] for position in draft.key or range(len(draft.choices))]}


IN_BANKS = KindInBanks(name="order", read=_read, write=_write, misfit=_misfit)
