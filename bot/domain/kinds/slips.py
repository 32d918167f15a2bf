"""Tell a slip of the finger from another word.

A slip is a letter too many, one too few, a wrong one, or two neighbours that changed places: Damerau's distance, in its
"optimal string alignment" form. A text may have no slip if it has under four letters, one if it has four to seven, two
from eight letters on; of two texts, the shorter counts. The same goes for each of its words, so short words have to be
right: vitamin C isn't vitamin D. A space or hyphen too many or too few is one slip, if nothing else is wrong.

Nothing counts as a slip

- in a text with a digit: it would be another number;
- in scripts that have a sign for each word or syllable, such as Chinese, Japanese and Korean;
- in a word that is written all in capitals: HTTP isn't HTTPS;
- at the first letter of a word, where people rarely slip: methane isn't ethane;
- if it turns the beginning or end of a word into one that means something else: reflection and refraction, nitrate and
  nitrite.
"""

import re
from collections.abc import Collection
from functools import lru_cache

MOST = 2
"""The most slips that a text may have."""

BEGINNINGS = (
    *("ad|ab", "ante|anti", "endo|ecto", "endo|exo", "hyper|hypo", "inter|intra", "inter|infer", "macro|micro"),
    *("max|min", "para|peri", "photo|proto", "pre|pro", "kilo|kibi", "mega|mebi", "giga|gibi", "tera|tebi"),
    *("peta|pebi", "conduct|convect", "reflect|refract", "iran|iraq", "slovak|sloven", "ileum|ilium"),
    *("an|", "de|", "re|"),
)
"""Pairs of beginnings: a word that begins with one means something else than a word that begins with the other.

Pairs whose first letters differ need not be here; the last three count before a word that begins with the same letter.
"""
ENDINGS = (
    *("ane|ene", "ane|yne", "ene|yne", "ase|ose", "ate|ide", "ate|ite", "ide|ine", "ide|ite", "ine|ite"),
    *("al|ol", "ol|one", "ctite|gmite", "ee|er", "ee|or", "gram|graph", "ology|onomy", "phobia|philia"),
    *("phobic|philic", "tid|tin", "one|ose", "osine|idine", "ete|eet"),
)
"""Pairs of endings, likewise."""

_BEGINNINGS, _ENDINGS = ([tuple(pair.split("|")) for pair in pairs] for pairs in (BEGINNINGS, ENDINGS))
_BETWEEN_WORDS = re.compile(r"[ -]+")
_WITHOUT_SLIPS = re.compile(
    "[\\d\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Digits, and the signs of Chinese, Japanese and Korean."""


def slips(one: str, other: str, capitals: Collection[str] = ()) -> int | None:
    """Return how many slips lie between two folded texts; None if they are too many, or something else than slips.

    ``capitals`` are the words of the other text that are written all in capitals.
    """
    if one == other:
        return 0
    most = allowed(one, other) if abs(len(one) - len(other)) <= MOST else 0
    if not most:
        return None
    words, others = _words(one), _words(other)
    if "".join(words) == "".join(others):
        return 1
    if len(words) != len(others):
        return None
    number = 0
    for word, meant in zip(words, others, strict=True):
        apart = distance(word, meant, allowed(word, meant))
        is_firm = word[:1] != meant[:1] or meant in capitals or _means_something_else(word, meant)
        if apart is None or (apart and is_firm):
            return None
        number += apart
    return number if number <= most else None


def allowed(one: str, other: str) -> int:
    """Return how many slips may lie between two texts, by the letters of the shorter one."""
    return min(_allowed(one), _allowed(other))


@lru_cache(maxsize=8_192)
def _allowed(text: str) -> int:
    letters = 0 if _WITHOUT_SLIPS.search(text) else sum(map(str.isalpha, text))
    return 0 if letters < 4 else 1 if letters < 8 else MOST


@lru_cache(maxsize=8_192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_BETWEEN_WORDS.split(text))


def distance(one: str, other: str, most: int) -> int | None:
    """Return Damerau's distance between two texts; None if it is more than ``most``."""
    return next((number for number in range(most + 1) if _is_within(one, other, number)), None)


def _is_within(one: str, other: str, most: int) -> bool:
    """Whether at most so many slips lie between two texts: where they first differ, each kind of slip is tried."""
    if abs(len(one) - len(other)) > most:
        return False
    shorter = min(len(one), len(other))
    same = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    one, other = one[same:], other[same:]
    if not one or not other or not most:
        return len(one) + len(other) <= most
    swapped = len(one) > 1 and one[:2] == other[1::-1]
    return (
        _is_within(one[1:], other[1:], most - 1)
        or _is_within(one[1:], other, most - 1)
        or _is_within(one, other[1:], most - 1)
        or (swapped and _is_within(one[2:], other[2:], most - 1))
    )


def _means_something_else(one: str, other: str) -> bool:
    return any(
        this.startswith(first) and that == second + this[len(first) :]
        for this, that in ((one, other), (other, one))
        for first, second in _BEGINNINGS
    ) or any(
        this.endswith(last) and that == this.removesuffix(last) + end
        for this, that in ((one, other), (other, one))
        for last, end in _ENDINGS
    )
