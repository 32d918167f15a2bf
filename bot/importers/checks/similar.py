"""Finds questions that a bank holds twice, word for word or nearly.

Two questions are nearly the same if they ask the same thing in nearly the same words, even with other choices. A shared
topic, shared choices or a shared scenario is not enough: two stems may be equal except that one asks for "the largest"
and the other for "the smallest". So what counts is which words differ, and whether both show the same pictures.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.i18n import gettext as _

ADDED_WORDS = 2
"""How many words one stem may have that the other lacks, if the choices are the same."""

TYPO = 80.0
"""Two words of at least four letters that are this alike (0 to 100), or more, count as one word with a typo."""

FEW_WORDS = 8
"""A stem with fewer words than this ("Which statement is true?") says too little, so choices must be similar, too."""

RAREST = 4
"""How many of its rarest words a stem is looked up by: two stems are compared if they share one of these words."""

CROWD = 20
"""A word in more stems than this is not looked up; of stems with the same text, only this many are compared."""

_WORD = re.compile(r"\w+(?:[.'’-]\w+)*")
_EMPTY_WORDS = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "with",
        "by",
        "from",
        "as",
        "is",
        "are",
        "be",
        "been",
        "was",
        "were",
        "do",
        "does",
        "did",
        "will",
        "would",
        "should",
        "can",
        "could",
        "may",
        "might",
        "you",
        "your",
        "they",
        "their",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "which",
        "what",
        "who",
        "how",
        "following",
        "one",
        "and",
        "or",
        "if",
        "when",
        "choose",
        "select",
        "option",
        "options",
        "answer",
        "answers",
    }
)
_CONTRASTS = frozenset(
    {"not", "no", "never", "except", "least", "without", "cannot", "false", "incorrect", "isn't", "doesn't", "don't"}
)


class _Stem(NamedTuple):
    """The parts of a question that are compared."""

    text: str
    words: frozenset[str]
    choices: frozenset[str]
    pictures: frozenset[str]


def find_repeats(
    drafts: Sequence[QuestionDraft], progress: Callable[[float], None] | None = None
) -> Iterator[tuple[int, Finding]]:
    """The position of each question that repeats an earlier one, and its finding."""
    words, texts = _looked_up(drafts)
    frequency = Counter(chain.from_iterable(words))
    several = {one for one, other in pairwise(sorted(texts)) if one == other}
    by_text: dict[int, list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)
    exact: dict[int, int] = {}
    for position, own in enumerate(words):
        rarest = sorted(sorted(own), key=frequency.__getitem__)[:RAREST]
        repeated = texts[position] in several
        if repeated:
            stem = _stem(drafts[position])
            first = exact.setdefault(hash(stem), position)
            if first != position and _stem(drafts[first]) == stem:
                yield position, _finding(drafts, position, first, FindingCode.DUPLICATE)
                continue
        alike = by_text[texts[position]] if repeated else []
        said = {*own}
        as_long = {at for word in rarest for at in by_word[word] if abs(len(words[at]) - len(own)) <= ADDED_WORDS}
        candidates = {*alike[:CROWD], *(at for at in as_long if _share(words[at], said))}
        near = next((at for at in sorted(candidates) if _nearly_same(_stem(drafts[at]), _stem(drafts[position]))), None)
        if near is not None:
            yield position, _finding(drafts, position, near, FindingCode.NEAR_DUPLICATE)
        alike.append(position)
        for word in rarest:
            if frequency[word] <= CROWD:
                by_word[word].append(position)
        if progress and position % 5000 == 0:
            progress(position / len(words))


def _looked_up(drafts: Sequence[QuestionDraft]) -> tuple[list[tuple[str, ...]], Sequence[int]]:
    """Return what questions are looked up by: each stem's words, and a hash of its text.

    The parts of every question would take up as much memory as the file.
    """
    known: dict[str, str] = {}
    words, texts = list[tuple[str, ...]](), array("q")
    for draft in drafts:
        said = _WORD.findall(draft.stem.casefold())
        words.append(tuple(known.setdefault(word, word) for word in {*said} - _EMPTY_WORDS))
        texts.append(hash(" ".join(said)))
    return words, texts


def _share(one: Sequence[str], other: set[str]) -> bool:
    """Whether two stems share enough words to be nearly the same."""
    return len(other.intersection(one)) >= max(len(one), len(other)) - 2 * ADDED_WORDS


def _stem(draft: QuestionDraft) -> _Stem:
    words = _WORD.findall(draft.stem.casefold())
    choices = frozenset(" ".join(_WORD.findall(answer.casefold())) or answer for answer in draft.answers)
    pictures = frozenset(file.digest for file in draft.files)
    return _Stem(" ".join(words), frozenset(words) - _EMPTY_WORDS, choices, pictures)


def _nearly_same(one: _Stem, other: _Stem) -> bool:
    if one.pictures != other.pictures or abs(len(one.words) - len(other.words)) > ADDED_WORDS:
        return False
    only_one, only_other = one.words - other.words, other.words - one.words
    if len(only_one) > 2 * ADDED_WORDS or len(only_other) > 2 * ADDED_WORDS:
        return False
    only_one, only_other = _without_typos(only_one, only_other)
    if only_one and only_other:
        return False
    added = only_one | only_other
    if added & _CONTRASTS or any(word[0].isdigit() for word in added):
        return False
    if one.choices == other.choices:
        return len(added) <= ADDED_WORDS
    return not added and (len(one.words) >= FEW_WORDS or _shared(one.choices, other.choices))


def _without_typos(ones: frozenset[str], others: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of each set that are not misspellings of a word in the other."""
    pairs = [(one, other) for one in ones for other in others if _is_typo(one, other)]
    return ones - {one for one, _other in pairs}, others - {other for _one, other in pairs}


def _is_typo(one: str, other: str) -> bool:
    """Whether two words are the same word, misspelt or inflected.

    Words with different first letters ("encrypt", "decrypt") or with digits never are.
    """
    if one[0] != other[0] or any(character.isdigit() for character in one + other):
        return False
    return min(len(one), len(other)) > 3 and fuzz.ratio(one, other) >= TYPO


def _shared(ones: frozenset[str], others: frozenset[str]) -> bool:
    return 2 * len(ones & others) >= min(len(ones), len(others))


def _finding(drafts: Sequence[QuestionDraft], position: int, earlier: int, code: FindingCode) -> Finding:
    if code is FindingCode.DUPLICATE:
        message = _("The same question is on line {line}.")
    else:
        message = _("Nearly the same question is on line {line}.")
    return Finding(line=drafts[position].line, code=code, message=message.format(line=drafts[earlier].line))
