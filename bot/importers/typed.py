"""Makes questions of texts that are short enough to be typed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from bot.domain.accepted import Accepted, AcceptedNumber, InBlank, check_accepted
from bot.domain.drafts import QuestionDraft
from bot.domain.gaps import count_gaps, evened
from bot.domain.views import LONGEST_TYPED, MOST_FIELDS

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_SHORT = 40
_FEW_WORDS = 5
_MOST_SHORT = 0.8
_BETWEEN_BLANKS = (";", "|", ",")


def is_short(answer: str) -> bool:
    """Whether an answer is short enough to be typed: one line with at most 40 characters and five words."""
    return "\n" not in answer and len(answer) <= _SHORT and len(answer.split()) <= _FEW_WORDS


def are_short(answers: Sequence[str]) -> bool:
    """Whether nearly all of some answers are short enough to be typed."""
    return sum(map(is_short, answers)) >= _MOST_SHORT * len(answers)


def can_be_typed(answer: str) -> bool:
    """Whether people can be asked to type an answer."""
    return "\n" not in answer and len(answer) <= LONGEST_TYPED


def typed(draft: QuestionDraft, answers: Sequence[str], told: str) -> QuestionDraft:
    """A question that is answered by typing one of some answers, best first.

    Args:
        draft: what is known so far.
        answers: the answers.
        told: all of them as the table has them; with several gaps in the stem, it may part into one for each.

    Raises:
        BadInput: they are too many, or one is too long.
    """
    known = tuple(dict.fromkeys(filter(None, answers)))
    gaps = count_gaps(draft.stem)
    if gaps == 1:
        check_accepted(known)
        blanks: tuple[Accepted, ...] = tuple(InBlank(0, answer) for answer in known)
        return replace(draft, kind="blanks", stem=evened(draft.stem), accepted=blanks)
    if 1 < gaps <= MOST_FIELDS and (parts := _in_blanks(told, gaps)):
        check_accepted(parts)
        return replace(
            draft,
            kind="blanks",
            stem=evened(draft.stem),
            accepted=tuple(InBlank(blank, text) for blank, text in enumerate(parts)),
        )
    if known and all(map(_NUMBER.fullmatch, known)):
        numbers: tuple[Accepted, ...] = tuple(AcceptedNumber(value=Fraction(answer)) for answer in known)
        return replace(draft, kind="number", accepted=numbers)
    check_accepted(known)
    return replace(draft, kind="short", accepted=known)


def _in_blanks(told: str, gaps: int) -> Sequence[str]:
    """The text of each gap, in order; empty if an answer doesn't part into as many."""
    for between in _BETWEEN_BLANKS:
        parts = [part.strip() for part in told.split(between)]
        if len(parts) == gaps and all(parts):
            return () if between != "|" and "|" in told else parts
    return ()
