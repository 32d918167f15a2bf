"""Questions of kinds that are never asked in the project's own format: their fields are kept as they are written."""

import json
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from bot.domain.drafts import QuestionDraft
from bot.domain.kinds import KINDS
from bot.i18n import gettext as _
from bot.importers.bank.kinds.record import KindInBanks

MISSPELT = 0.8
"""How alike a kind must be to one that is asked, as `difflib` measures it, to be taken for a slip.

"shrot" just is; "matching" and "ordering", which are kinds elsewhere, are not.
"""

EVERY_KIND_HAS = frozenset(
    {
        "id",
        "formerly",
        "after",
        "topic",
        "section",
        "difficulty",
        "tags",
        "stem",
        "image",
        "image_alt",
        "kind",
        "explanation",
    }
)
"""The fields that mean the same in a question of any kind."""


def _misfit(question: Mapping[str, Any]) -> tuple[str, str] | None:
    """Ask about a kind that looks like a slip."""
    if not (meant := get_close_matches(question["kind"], KINDS, n=1, cutoff=MISSPELT)):
        return None
    message = _(
        "There is no kind “{kind}”. Did you mean “{meant}”? If not, give it a name that is less like “{meant}”, and "
        "it is kept without being asked."
    )
    return "kind", message.format(kind=question["kind"], meant=meant[0])


def _read(draft: QuestionDraft, question: Mapping[str, Any]) -> QuestionDraft:
    fields = {name: value for name, value in question.items() if name not in EVERY_KIND_HAS}
    return replace(draft, kept=json.dumps(fields, ensure_ascii=False) if fields else "")


def _write(draft: QuestionDraft) -> dict[str, Any]:
    return dict(json.loads(draft.kept)) if draft.kept else {}


def _documented(draft: QuestionDraft) -> dict[str, Any]:
    """The fields under a name of their own, since they may be called like any other."""
    return {"fields": _write(draft)}


IN_BANKS = KindInBanks(name="", read=_read, write=_write, documented=_documented, misfit=_misfit)
