"""Finds questions whose text was cut off, as happens at the end of a copied or damaged file."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.domain.kinds import kind_of
from bot.i18n import gettext as _
from bot.importers.reading.compose import ends_sentence

LONGEST_WORD = 60

_LAST_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*$")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_INFLECTIONS = frozenset({"s", "es", "d", "ed", "ing", "'s", "’s", "ly", "er", "r"})
_LEADS_ON = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "with",
        "by",
        "from",
        "and",
        "or",
        "but",
        "nor",
        "as",
        "than",
        "that",
        "which",
        "is",
        "are",
        "be",
        "if",
        "when",
        "into",
        "via",
    }
)


def cut_off(drafts: Sequence[QuestionDraft]) -> Iterator[tuple[int, Finding]]:
    """The position of each draft that breaks off, and its finding.

    A last choice breaks off if all the others end as sentences and it does not, and its last word leads on ("the",
    "with") or is only the beginning of a word that the bank writes out elsewhere. The last question of a bank breaks
    off if it has fewer choices than every other one, and no key though all the others have one.
    """
    suspects = [position for position, draft in enumerate(drafts) if _is_suspect(draft)]
    counts = Counter(_words(drafts)) if suspects else Counter[str]()
    vocabulary = sorted(counts)
    for position in suspects:
        text = drafts[position].choices[-1]
        if _leads_on(text) or _is_fragment(text, counts, vocabulary):
            message = _("The last choice breaks off: “…{end}”.").format(end=text[-40:])
            yield position, Finding(line=drafts[position].line, code=FindingCode.BROKEN, message=message)
    if len(drafts) > 3 and len(drafts) - 1 not in suspects and _falls_short(drafts[-1], drafts[:-1]):
        message = _("The file ends before this question does: it has fewer choices than all others, and no answer.")
        yield len(drafts) - 1, Finding(line=drafts[-1].line, code=FindingCode.BROKEN, message=message)


def _is_suspect(draft: QuestionDraft) -> bool:
    *others, last = draft.choices or ("",)
    return len(others) > 1 and not ends_sentence(last) and all(ends_sentence(choice) for choice in others)


def _words(drafts: Sequence[QuestionDraft]) -> Iterator[str]:
    for draft in drafts:
        for text in (draft.stem, *draft.choices, draft.explanation):
            yield from (word.casefold() for word in _WORD.findall(text))


def _leads_on(text: str) -> bool:
    found = _LAST_WORD.search(text[-LONGEST_WORD:])
    return text[-1:] in set(",-(/&") or bool(found and found[0].casefold() in _LEADS_ON)


def _is_fragment(text: str, counts: Counter[str], vocabulary: Sequence[str]) -> bool:
    """Whether the last word occurs nowhere else, while a word that begins with it does."""
    found = _LAST_WORD.search(text[-LONGEST_WORD:])
    if not found or counts[found[0].casefold()] > 1:
        return False
    word = found[0].casefold()
    following = bisect_right(vocabulary, word)
    longer = vocabulary[following] if following < len(vocabulary) else ""
    return longer.startswith(word) and longer.removeprefix(word) not in _INFLECTIONS


def _falls_short(last: QuestionDraft, others: Sequence[QuestionDraft]) -> bool:
    sizes = [len(draft.choices) for draft in others if kind_of(draft).fewest_choices]
    keyed = all(draft.is_keyed for draft in others)
    return 1 < len(last.choices) < min(sizes, default=0) and not last.key and keyed
