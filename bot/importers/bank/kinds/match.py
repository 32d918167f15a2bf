"""Questions with sides to match in the project's own format."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.drafts import QuestionDraft
from bot.i18n import gettext as _
from bot.importers.bank.kinds.record import KindInBanks
from bot.importers.reading.compose import collapse


def _misfit(question: Mapping[str, Any]) -> tuple[str, str] | None:
    """Find a left side that is there twice: nobody could tell which of its right sides is meant."""
    lefts = [collapse(left) for left, _right in question["pairs"]]
    for position, left in enumerate(lefts):
        if left in lefts[:position]:
            return "pairs", _("“{text}” is the left side of two pairs. Give it one right side.").format(text=left)
    return None


def _read(draft: QuestionDraft, question: Mapping[str, Any]) -> QuestionDraft:
    """The left sides, and then each right side once, however many left sides it belongs to."""
    pairs = [tuple(map(collapse, pair)) for pair in question["pairs"]]
    lefts = tuple(left for left, _right in pairs)
    rights = tuple(dict.fromkeys([*(right for _left, right in pairs), *map(collapse, question.get("distractors", ()))]))
    return replace(
        draft,
        choices=(*lefts, *rights),
        key=tuple(len(lefts) + rights.index(right) for _left, right in pairs),
        select=len(lefts),
    )


def _write(draft: QuestionDraft) -> dict[str, Any]:
    return {name: value for name, value in _sides(draft).items() if value}


def _sides(draft: QuestionDraft) -> dict[str, Any]:
    pairs = [[left, draft.choices[position]] for left, position in zip(draft.choices, draft.key, strict=False)]
    in_pairs = {*range(len(pairs)), *draft.key}
    distractors = [text for position, text in enumerate(draft.choices) if position not in in_pairs]
    return {"pairs": pairs, "distractors": distractors}


def _documented(draft: QuestionDraft) -> dict[str, Any]:
    return {"choices": [], "key": [], **_sides(draft)}


IN_BANKS = KindInBanks(name="match", read=_read, write=_write, documented=_documented, misfit=_misfit)
