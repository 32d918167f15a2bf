"""What a typed text may be to be right: several spellings, matched exactly or with everything that doesn't matter."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Self

from bot.domain.accepted import NearMiss
from bot.domain.kinds.folding import article, behind_a, fold
from bot.domain.kinds.slips import slips


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a typed text is.

    Attributes:
        accepted: the spelling that it stands for; None: it is wrong.
        is_slip: whether it isn't quite that spelling.
        hint: what the bank says about a near miss; empty: nothing.
    """

    accepted: str | None = None
    is_slip: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Spellings:
    """The spellings that are right; none if the right answer is unknown.

    Case, accents, white space, outer punctuation and a leading article don't count (`bot.domain.kinds.folding`), and
    a small slip is right (`bot.domain.kinds.slips`), unless another article stands in front or it is as close to a near
    miss. An "a" in front of a single word may be added, but not left out: "a vector" is a vector, "positive" isn't
    blood group A positive.

    Attributes:
        accepted: the spellings, best first.
        exact: whether all of it counts: then only these very spellings are right, and white space alone is free.
        near_misses: wrong texts with a hint of their own.
    """

    accepted: tuple[str, ...] = ()
    exact: bool = False
    near_misses: tuple[NearMiss, ...] = ()

    def alike(self, text: str) -> str:
        """Return a text that is the same for all texts that count as one."""
        return text if self.exact else fold(text)

    def judged(self, text: str) -> Judgement:
        """Judge a typed text, given on one line."""
        alike = self.alike(text)
        told = self._known(alike) or self._slip(alike, article(text))
        if told is None and not self.exact and (word := behind_a(alike)):
            told = self._known(word) or self._slip(word, "a")
        return told or Judgement()

    def spelling(self, texts: Iterable[str]) -> Self:
        """Return spellings that accept these texts and no others, and take none of them for a near miss.

        Of texts that count as one, the first is kept.
        """
        accepted = self._first_of_each(filter(None, texts))
        near_misses = tuple(near for near in self.near_misses if self.alike(near.text) not in accepted)
        return replace(self, accepted=tuple(accepted.values()), near_misses=near_misses)

    def with_accepted(self, text: str) -> Self:
        """Return spellings that also accept a text, and take it for no near miss any more."""
        return self if self.alike(text) in self._accepted else self.spelling((*self.accepted, text))

    def _known(self, alike: str) -> Judgement | None:
        """Judge a folded text that the key names, as right or as a near miss; None if it doesn't."""
        if alike in self._accepted:
            return Judgement(self._accepted[alike])
        return Judgement(hint=self._near_misses[alike]) if alike in self._near_misses else None

    def _slip(self, alike: str, its_article: str) -> Judgement | None:
        """Judge a folded text as a slip of the closest accepted spelling; None if a near miss is as close."""
        if self.exact:
            return None
        found = [
            (number, text)
            for fold, text in self._accepted.items()
            if (number := slips(alike, fold, _capitals(text))) is not None
            and (not its_article or article(text) in {"", its_article})
        ]
        if not found:
            return None
        fewest, closest = min(found, key=lambda one: one[0])
        missed = (slips(alike, fold) for fold in self._near_misses)
        if any(number is not None and number <= fewest for number in missed):
            return None
        return Judgement(closest, is_slip=True)

    def _first_of_each(self, texts: Iterable[str]) -> Mapping[str, str]:
        """Return the first of all texts that count as one, by what they have in common."""
        first: dict[str, str] = {}
        for text in texts:
            first.setdefault(self.alike(text), text)
        return first

    @cached_property
    def _accepted(self) -> Mapping[str, str]:
        return self._first_of_each(self.accepted)

    @cached_property
    def _near_misses(self) -> Mapping[str, str]:
        return {self.alike(near.text): near.hint for near in self.near_misses}


@lru_cache(maxsize=8_192)
def _capitals(text: str) -> frozenset[str]:
    """Return the words of a text that are written all in capitals, folded."""
    return frozenset(fold(word) for word in re.split("[ -]+", text) if word.isupper())
