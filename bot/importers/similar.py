"""Questions that a bank holds twice, word for word or nearly.

Near repeats are found without comparing each with each: every question gives a sketch of its text (the smallest
hashes of its word pairs), and only questions that share a part of it are compared.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from zlib import crc32

from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.i18n import gettext as _

NEAR = 0.8
"""The share of common word pairs from which on two questions count as nearly the same."""

SKETCH = 12
"""How many hashes make a sketch."""

CROWD = 40
"""With more than so many others that share a part of a sketch, that part says nothing."""

_WORD = re.compile(r"\w+")


def find_repeats(
    drafts: Sequence[QuestionDraft], progress: Callable[[float], None] | None = None
) -> Iterator[tuple[int, Finding]]:
    """The places of questions that repeat an earlier one, and what says so."""
    exact: dict[tuple[str, frozenset[str]], int] = {}
    buckets: dict[int, list[int]] = defaultdict(list)
    pairs: list[frozenset[int]] = []
    for place, draft in enumerate(drafts):
        own = _word_pairs(draft)
        pairs.append(own)
        sketch = sorted(own)[:SKETCH]
        first = exact.setdefault(_identity(draft), place)
        if first != place:
            yield place, _finding(draft, FindingCode.DUPLICATE, drafts[first].line)
        else:
            near = _nearest(own, sketch, buckets, pairs)
            if near is not None:
                yield place, _finding(draft, FindingCode.NEAR_DUPLICATE, drafts[near].line)
        for part in sketch:
            if len(buckets[part]) <= CROWD:
                buckets[part].append(place)
        if progress and place % 5000 == 0:
            progress(place / len(drafts))


def _nearest(own: frozenset[int], sketch: Sequence[int], buckets: dict[int, list[int]], pairs: Sequence[frozenset[int]]) -> int | None:
    """The earlier question that has the most word pairs in common, if that is nearly all."""
    candidates = {place for part in sketch if len(buckets.get(part, ())) <= CROWD for place in buckets.get(part, ())}
    best, best_share = None, NEAR
    for place in sorted(candidates):
        other = pairs[place]
        if min(len(own), len(other)) < best_share * max(len(own), len(other)):
            continue
        share = len(own & other) / len(own | other)
        if share >= best_share:
            best, best_share = place, share
    return best


def _identity(draft: QuestionDraft) -> tuple[str, frozenset[str]]:
    """What two word-for-word equal questions share, whatever the order of their choices."""
    return _plain(draft.stem), frozenset(map(_plain, draft.choices))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _word_pairs(draft: QuestionDraft) -> frozenset[int]:
    """Hashes of the neighbouring words of the stem and of each choice."""
    hashes = set()
    for text in (draft.stem, *draft.choices):
        words = _WORD.findall(text.casefold())
        hashes.update(crc32(f"{one} {other}".encode()) for one, other in zip(["", *words], words, strict=False))
    return frozenset(hashes)


def _finding(draft: QuestionDraft, code: FindingCode, line: int) -> Finding:
    if code is FindingCode.DUPLICATE:
        message = _("The same question stands on line {line}.")
    else:
        message = _("Nearly the same question stands on line {line}.")
    return Finding(line=draft.line, code=code, message=message.format(line=line))
