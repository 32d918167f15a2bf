"""The pairs that somebody made of left and right sides, and those that are right."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.grading import FULL_MARKS, Grade
from bot.domain.identity import ChoiceId
from bot.domain.questions import LETTERS
from bot.domain.responses import Given, Key, Response, Row

Pairs = tuple[tuple[ChoiceId, ChoiceId], ...]
"""The left and the right choice of each pair, sorted by the ids of the left ones."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """Pairs of left and right sides; none if they are unknown or were taken back."""

    pairs: Pairs = ()

    def __bool__(self) -> bool:
        return bool(self.pairs)

    @property
    def stored(self) -> int | str:
        """The pairs as a JSON list."""
        return json.dumps(self.pairs) if self else 0

    def spelled(self, order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The pairs in one part: ``1–B, 2–A``."""
        if not self:
            return ()
        number, right_of = len(self.pairs), dict(self.pairs)
        rights = order[number:]
        parts = (f"{n}–{LETTERS[rights.index(right_of[left])]}" for n, left in enumerate(order[:number], start=1))
        return (", ".join(parts),)


@dataclass(frozen=True, slots=True)
class Matched(_Sides, Response):
    """The pairs that somebody made; empty if the answer was taken back."""

    def __str__(self) -> str:
        return f"pairs {list(self.pairs)}"

    def given(self, order: Sequence[ChoiceId]) -> Given:
        """The position of the right side for each left one."""
        right_of, rights = dict(self.pairs), order[len(self.pairs) :]
        return Row(tuple(rights.index(right_of[left]) for left in order[: len(self.pairs)]))

    def texts(self, choices: Mapping[ChoiceId, str]) -> tuple[str, ...]:
        """The texts of each pair."""
        return tuple(
            in_words(choices[left], choices[right]) for left, right in self.pairs if {left, right} <= choices.keys()
        )


@dataclass(frozen=True, slots=True)
class MatchKey(_Sides, Key):
    """The pairs that are right; empty if they are unknown."""

    def grade(self, response: Response) -> Grade:
        """10 points x (right - wrong) / pairs, never below zero.

        Raises:
            ValueError: the right answer is unknown.
            TypeError: the response belongs to another kind.
        """
        if not self:
            raise ValueError("an unkeyed question can't be graded")
        made = matched(response).pairs
        right = len(set(self.pairs) & set(made))
        wrong = len(made) - right
        return Grade(points=max(0, right - wrong) * FULL_MARKS // len(self.pairs), right=right == len(self.pairs))

    def fits(self, order: Sequence[ChoiceId]) -> bool:
        """Whether exactly the left sides of the key come first, and its right sides are among those behind them."""
        lefts, rights = dict(self.pairs).keys(), set(dict(self.pairs).values())
        return set(order[: len(lefts)]) == lefts and rights <= set(order[len(lefts) :])


def matched(response: Response) -> Matched:
    """Return a response as one to a question of this kind; TypeError if it isn't."""
    if not isinstance(response, Matched):
        raise TypeError(f"{response!r} doesn't match anything")
    return response


def in_words(left: str, right: str) -> str:
    """Write the texts of a pair beside each other."""
    return f"{left} – {right}"


def pairs_in(stored: int | str) -> Pairs:
    """Return the pairs in the stored form of a response or key."""
    pairs = json.loads(stored) if isinstance(stored, str) else ()
    return tuple((ChoiceId(left), ChoiceId(right)) for left, right in pairs)
