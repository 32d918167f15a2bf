"""Questions with sides to match in the project's own format."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.drafts import QuestionDraft
from bot.importers.bank.kinds.record import KindInBanks
from bot.importers.reading.compose import collapse


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


IN_BANKS = KindInBanks(name="match", read=_read, write=_write, documented=_documented)
