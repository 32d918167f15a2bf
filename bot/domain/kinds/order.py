"""Questions that are answered by putting items in order, graded by the pairs of items that are in the right order."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random
from typing import ClassVar

from bot.domain.drafts import QuestionDraft, Select
from bot.domain.errors import BadInput
from bot.domain.grading import FULL_MARKS, Grade
from bot.domain.identity import ChoiceId
from bot.domain.kinds.kind import ShownOption
from bot.domain.kinds.row import RowKind, RowRefusal
from bot.domain.kinds.typed_lines import takes_back, typed_line
from bot.domain.questions import LETTERS, Question
from bot.domain.responses import Given, Key, Refusal, Response, Row
from bot.domain.rounds import Round
from bot.domain.views import MOST_FIELDS, ControlKind, Controls, Field, Menu
from bot.i18n import gettext as _

_LONGEST_TYPED = 60
_BETWEEN_LETTERS = re.compile(r"[\s,;.:/>→–-]+")


@dataclass(frozen=True, slots=True)
class InOrder(Response):
    """The items in the order that somebody gave them; empty if the answer was taken back."""

    items: tuple[ChoiceId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.items)

    def __str__(self) -> str:
        return f"items {list(self.items)}"

    @property
    def stored(self) -> int | str:
        """The ids as a JSON list."""
        return json.dumps(self.items) if self else 0

    def given(self, order: Sequence[ChoiceId]) -> Given:
        """The positions of the items, or their letters where these are typed."""
        if _is_typed(order):
            return (" ".join(_letters(self.items, order)),)
        return Row(tuple(map(order.index, self.items)))

    def spelled(self, order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The letters of the items in one part, because their order is the answer."""
        return (", ".join(_letters(self.items, order)),) if self else ()

    def texts(self, choices: Mapping[ChoiceId, str]) -> tuple[str, ...]:
        """The texts of the items, in the order given."""
        return tuple(choices[item] for item in self.items if item in choices)


@dataclass(frozen=True, slots=True)
class OrderKey(Key):
    """The items in the right order; empty if that is unknown."""

    items: tuple[ChoiceId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def stored(self) -> int | str:
        """The ids as a JSON list."""
        return json.dumps(self.items) if self else 0

    def grade(self, response: Response) -> Grade:
        """10 points x pairs in the right order / pairs; right if all are.

        Raises:
            ValueError: the right answer is unknown.
            TypeError: the response belongs to another kind.
        """
        if not self:
            raise ValueError("an unkeyed question can't be graded")
        right_at = {item: position for position, item in enumerate(self.items)}
        given = [right_at[item] for item in _in_order(response).items if item in right_at]
        pairs = len(self.items) * (len(self.items) - 1) // 2
        right = sum(earlier < later for earlier, later in combinations(given, 2))
        return Grade(points=right * FULL_MARKS // pairs, right=right == pairs)

    def fits(self, order: Sequence[ChoiceId]) -> bool:
        """Whether exactly the items of the key are shown; a key that names none says nothing against any."""
        return not self or sorted(self.items) == sorted(order)

    def spelled(self, order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The letters of the items in one part, because their order is the answer."""
        return (", ".join(_letters(self.items, order)),) if self else ()

    def names(self, _choice_id: ChoiceId) -> bool:
        """Whether an item is right: none is by itself."""
        return False


class OrderKind(RowKind):
    """Questions that are answered by putting items in order: with menus or, if they are many, by typing letters."""

    name: ClassVar[str] = "order"
    no_key: ClassVar[Key] = OrderKey()
    tells_texts: ClassVar[bool] = True

    def drafted_key(self, draft: QuestionDraft, ids: Sequence[ChoiceId]) -> Key:
        """The items at the positions that the draft names, in that order; none unless it names each once."""
        is_whole = sorted(draft.key) == list(range(len(ids)))
        return OrderKey(tuple(ids[position] for position in draft.key)) if is_whole else OrderKey()

    def with_key(self, draft: QuestionDraft, ids: Sequence[ChoiceId], key: Key) -> QuestionDraft:
        """The draft with the positions of the items in the right order."""
        return replace(draft, key=tuple(ids.index(item) for item in _key(key).items if item in ids))

    def typed_key(self, text: str, question: Question) -> Key:
        """The order that ``C A D B`` names: letters count the items in the order of the source.

        Raises:
            BadInput: it doesn't name each item once.
        """
        positions = _positions(text)
        if positions is None or sorted(positions) != list(range(len(question.order))):
            message = _("“{text}” doesn't put all items in order: name each letter once, like {example}.")
            raise BadInput(message.format(text=text, example=_example(len(question.order))))
        return OrderKey(tuple(question.order[position] for position in positions))

    def with_answers(self, key: Key, answers: Key) -> Key | None:
        """The second key, if both put the same items in order."""
        one, other = sorted(_key(key).items), sorted(_key(answers).items)
        return answers if one == other or not one or not other else None

    def shuffled(self, question: Question, random: Random) -> tuple[ChoiceId, ...]:
        """Shuffle the items, whatever they say: an order of the source may be the right one."""
        return tuple(random.sample(question.order, len(question.order)))

    def length(self, round_: Round) -> int:
        """As many as there are items."""
        return len(round_.order)

    def offered(self, round_: Round) -> tuple[ChoiceId, ...]:
        """All items."""
        return round_.order

    def uses_once(self, _round: Round) -> bool:
        """An item stands in one position."""
        return True

    def labels(self, round_: Round, _question: Question) -> Sequence[str]:
        """The positions, counted from 1."""
        return [_("Position {number}").format(number=number) for number in range(1, len(round_.order) + 1)]

    def signs(self, choices: int, _select: Select) -> Sequence[str]:
        """A letter for each item."""
        return LETTERS[:choices]

    def controls(self, round_: Round) -> Controls:
        """Return a menu for each position or, if a form can't hold so many, a field for the letters."""
        if not _is_typed(round_.order):
            return super().controls(round_)
        field = Field(label=_("The letters in the right order"), longest=_LONGEST_TYPED)
        return Controls(kind=ControlKind.FIELDS, round_id=round_.id, fewest=1, most=1, fields=(field,))

    def menus(self, round_: Round, question: Question) -> tuple[Menu, ...]:
        """Return a menu for each position, unless letters are typed."""
        return () if _is_typed(round_.order) else super().menus(round_, question)

    def hint(self, round_: Round) -> str:
        """Say how to put the items in order."""
        if _is_typed(round_.order):
            return _("Type the letters in the right order, like {example}.").format(example=_example(len(round_.order)))
        return _("Pick the letter for each position.")

    def row(self, given: Given, round_: Round) -> Row | None:
        """The picks, or the letters that were typed."""
        if isinstance(given, Row):
            return given
        if takes_back(given):
            return Row((None,) * len(round_.order))
        positions = _positions(typed_line(given))
        return None if positions is None else Row(positions)

    def explained(self, refusal: Refusal, round_: Round) -> str:
        """Say what to pick or type instead."""
        if not _is_typed(round_.order):
            return super().explained(refusal, round_)
        match refusal:
            case RowRefusal.NOTHING_PICKED:
                return _("Please type an answer first.")
            case RowRefusal.ROW_UNREADABLE:
                text = _("I can't read that as an order. Type the letters, like {example}.")
                return text.format(example=_example(len(round_.order)))
            case RowRefusal.LETTER_MISSING:
                return _("That isn't saved yet, because a letter is missing: use each one once.")
        return super().explained(refusal, round_)

    def response(self, given: Given, round_: Round) -> Response:
        """The items in the order given."""
        return InOrder(self.picked(given, round_))

    def result(self, round_: Round, question: Question, responses: Sequence[Response]) -> tuple[ShownOption, ...]:
        """The items in the right order, with how many had each in its position."""
        given = [_in_order(response).items for response in responses]
        return tuple(
            ShownOption(
                letter=round_.letter(item),
                text=question.choice(item).text,
                right=True,
                number=sum(items[position : position + 1] == (item,) for items in given),
            )
            for position, item in enumerate(_key(round_.key).items)
        )

    def stored_response(self, stored: int | str) -> Response:
        """The items that are listed."""
        return InOrder(_items(stored))

    def stored_key(self, stored: int | str) -> Key:
        """The items that are listed."""
        return OrderKey(_items(stored))


def _in_order(response: Response) -> InOrder:
    """Return a response as one to a question of this kind; TypeError if it isn't."""
    if not isinstance(response, InOrder):
        raise TypeError(f"{response!r} doesn't put items in order")
    return response


def _key(key: Key) -> OrderKey:
    if not isinstance(key, OrderKey):
        raise TypeError(f"{key!r} isn't the key of items in order")
    return key


def _is_typed(order: Sequence[ChoiceId]) -> bool:
    return len(order) > MOST_FIELDS


def _letters(items: Sequence[ChoiceId], order: Sequence[ChoiceId]) -> list[str]:
    return [LETTERS[order.index(item)] for item in items]


def _positions(text: str) -> tuple[int, ...] | None:
    """Return the positions that letters stand for; None if there is anything but letters from A on."""
    letters = _BETWEEN_LETTERS.sub("", unicodedata.normalize("NFKC", text)).upper()
    return tuple(map(LETTERS.index, letters)) if letters and set(letters) <= set(LETTERS) else None


def _example(items: int) -> str:
    """Return so many letters in an order that tells nothing: one after another, but for the first two."""
    return " ".join(LETTERS[1::-1] + LETTERS[2:items])


def _items(stored: int | str) -> tuple[ChoiceId, ...]:
    return tuple(map(ChoiceId, json.loads(stored))) if isinstance(stored, str) else ()
