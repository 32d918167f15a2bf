"""Questions with blanks in the project's own format."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.accepted import MOST_ACCEPTED, InBlank, NearMiss
from bot.domain.drafts import QuestionDraft
from bot.domain.gaps import count_gaps, evened
from bot.domain.views import MOST_FIELDS
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.importers.bank.kinds.record import KindInBanks
from bot.importers.reading.compose import collapse


def _misfit(question: Mapping[str, Any]) -> tuple[str, str] | None:
    """Compare the gaps in the stem with what the question says of them."""
    number, accepted = count_gaps(question["stem"]), question.get("accepted")
    if not number:
        return "stem", _("This question has no gap to fill in. Write ___ (three underscores) where a text is missing.")
    if number > MOST_FIELDS:
        message = _("This question has {number} gaps (___), but at most {most} are allowed. Split it into two.")
        return "stem", message.format(number=number, most=MOST_FIELDS)
    if accepted is not None and len(accepted) != number:
        return "accepted", _mismatch(number, len(accepted))
    if sum(map(len, accepted or ())) > MOST_ACCEPTED:
        return "accepted", _("A question accepts at most {number} answers.").format(number=MOST_ACCEPTED)
    if any(near.get("blank", 1) > number for near in question.get("near_misses", ())):
        message = _("A near miss is for a blank that doesn't exist: the stem has {number} (___). Correct its “blank”.")
        return "near_misses", message.format(number=number)
    return None


def _mismatch(gaps: int, lists: int) -> str:
    stem = ngettext("The stem has {number} gap (___).", "The stem has {number} gaps (___).", gaps).format(number=gaps)
    told = ngettext("But here is {number} list of answers.", "But here are {number} lists of answers.", lists)
    advice = _("Give each gap its own list, in order, or correct the gaps.")
    return f"{stem} {told.format(number=lists)} {advice}"


def _read(draft: QuestionDraft, question: Mapping[str, Any]) -> QuestionDraft:
    return replace(
        draft,
        stem=evened(draft.stem),
        accepted=tuple(
            InBlank(blank, collapse(text)) for blank, texts in enumerate(question.get("accepted", ())) for text in texts
        ),
        exact=question.get("exact", False),
        near_misses=tuple(map(_near_miss, question.get("near_misses", ()))),
    )


def _near_miss(told: Mapping[str, Any]) -> NearMiss:
    return NearMiss(text=collapse(told["text"]), hint=told["hint"].strip(), blank=told.get("blank", 1) - 1)


def _write(draft: QuestionDraft) -> dict[str, Any]:
    return {name: value for name, value in _documented(draft).items() if value}


def _documented(draft: QuestionDraft) -> dict[str, Any]:
    """The accepted texts as a list for each blank; blanks are counted from 1."""
    texts: list[list[str]] = [[] for _gap in range(count_gaps(draft.stem) if draft.accepted else 0)]
    for one in draft.accepted:
        if isinstance(one, InBlank):
            texts[one.blank].append(one.text)
    near_misses = [{"blank": near.blank + 1, "text": near.text, "hint": near.hint} for near in draft.near_misses]
    return {"accepted": texts, "exact": draft.exact, "near_misses": near_misses}


IN_BANKS = KindInBanks(name="blanks", read=_read, write=_write, documented=_documented, misfit=_misfit)
