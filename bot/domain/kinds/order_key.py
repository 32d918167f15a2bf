"""The order that somebody gave to items, and the one that is right."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.domain.grading import FULL_MARKS, Grade
from bot.domain.identity import ChoiceId
from bot.domain.questions import LETTERS
from bot.domain.responses import Given, Key, Response, Row
from bot.domain.views import MOST_FIELDS


@dataclass(frozen=True, slots=True)
class _Items:
    """Items in an order; none if it is unknown or was taken back."""

    items: tuple[ChoiceId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def stored(self) -> int | str:
        """The ids as a JSON list."""
        return json.dumps(self.items) if self else 0

    def spelled(self, order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The letters of the items in one part, because their order is the answer."""
        return (", ".join(_letters(self.items, order)),) if self else ()


@dataclass(frozen=True, slots=True)
class InOrder(_Items, Response):
    """The items in the order that somebody gave them; empty if the answer was taken back."""

    def __str__(self) -> str:
        return f"items {list(self.items)}"

    def given(self, order: Sequence[ChoiceId]) -> Given:
        """The positions of the items, or their letters where these are typed."""
        if is_typed(order):
            return (" ".join(_letters(self.items, order)),)
        return Row(tuple(map(order.index, self.items)))

    def texts(self, choices: Mapping[ChoiceId, str]) -> tuple[str, ...]:
        """The texts of the items, in the order given."""
        return tuple(choices[item] for item in self.items if item in choices)


@dataclass(frozen=True, slots=True)
class OrderKey(_Items, Key):
    """The items in the right order; empty if that is unknown."""

    def grade(self, response: Response) -> Grade:
        """10 points x pairs in the right order / pairs; right if all are.

        Raises:
            ValueError: the right answer is unknown.
            TypeError: the response belongs to another kind.
        """
        if not self:
            raise ValueError("an unkeyed question can't be graded")
        right_at = {item: position for position, item in enumerate(self.items)}
        given = [right_at[item] for item in in_order(response).items if item in right_at]
        pairs = len(self.items) * (len(self.items) - 1) // 2
        right = sum(earlier < later for earlier, later in combinations(given, 2))
        return Grade(points=right * FULL_MARKS // pairs, right=right == pairs)

    def fits(self, order: Sequence[ChoiceId]) -> bool:
        """Whether exactly the items of the key are shown; a key without items fits any."""
        return not self or sorted(self.items) == sorted(order)


def in_order(response: Response) -> InOrder:
    """Return a response as one to a question of this kind; TypeError if it isn't."""
    if not isinstance(response, InOrder):
        raise TypeError(f"{response!r} doesn't put items in order")
    return response


def is_typed(order: Sequence[ChoiceId]) -> bool:
    """Whether letters are typed in a round with these items, because no form holds so many menus."""
    return len(order) > MOST_FIELDS


def _letters(items: Sequence[ChoiceId], order: Sequence[ChoiceId]) -> list[str]:
    return [LETTERS[order.index(item)] for item in items]


def items_in(stored: int | str) -> tuple[ChoiceId, ...]:
    """Return the ids in the stored form of a response or key."""
    return tuple(map(ChoiceId, json.loads(stored))) if isinstance(stored, str) else ()
