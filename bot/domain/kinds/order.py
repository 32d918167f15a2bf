"""Questions that are answered by putting items in order, graded by the pairs of items that are in the right order."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import ClassVar

from bot.domain.drafts import QuestionDraft, Select
from bot.domain.errors import BadInput
from bot.domain.identity import ChoiceId
from bot.domain.kinds.kind import ShownOption
from bot.domain.kinds.order_key import InOrder, OrderKey, in_order, is_typed, items_in
from bot.domain.kinds.row import RowKind, RowRefusal
from bot.domain.kinds.typed_lines import takes_back, typed_line
from bot.domain.questions import LETTERS, Question
from bot.domain.responses import Given, Key, Refusal, Response, Row
from bot.domain.rounds import Round
from bot.domain.views import ControlKind, Controls, Field, Menu
from bot.i18n import gettext as _

__all__ = ["InOrder", "OrderKey", "OrderKind"]

_LONGEST_TYPED = 60
_BETWEEN_LETTERS = re.compile(r"[\s,;.:/>→–-]+")


class OrderKind(RowKind):
    """Questions that are answered by putting items in order: with menus or, if there are many, by typing letters."""

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
        """Shuffle the items, whatever they say: the source may list them in the right order."""
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
        how = _("Drag the items into the right order by their letters, or move them with the arrows.")
        if not is_typed(round_.order):
            return replace(super().controls(round_), arranging=how)
        fields = (Field(label=_("The letters in the right order"), longest=_LONGEST_TYPED),)
        return Controls(kind=ControlKind.FIELDS, round_id=round_.id, fewest=1, most=1, fields=fields, arranging=how)

    def menus(self, round_: Round, question: Question) -> tuple[Menu, ...]:
        """Return a menu for each position, unless letters are typed."""
        return () if is_typed(round_.order) else super().menus(round_, question)

    def hint(self, round_: Round) -> str:
        """Say how to put the items in order."""
        if is_typed(round_.order):
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
        if not is_typed(round_.order):
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
        given = [in_order(response).items for response in responses]
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
        return InOrder(items_in(stored))

    def stored_key(self, stored: int | str) -> Key:
        """The items that are listed."""
        return OrderKey(items_in(stored))


def _key(key: Key) -> OrderKey:
    if not isinstance(key, OrderKey):
        raise TypeError(f"{key!r} isn't the key of items in order")
    return key


def _positions(text: str) -> tuple[int, ...] | None:
    """Return the positions that letters stand for; None if there is anything but letters from A on."""
    letters = _BETWEEN_LETTERS.sub("", unicodedata.normalize("NFKC", text)).upper()
    return tuple(map(LETTERS.index, letters)) if letters and set(letters) <= set(LETTERS) else None


def _example(items: int) -> str:
    """Return so many letters in an order that gives nothing away: that of the alphabet, with the first two swapped."""
    return " ".join(LETTERS[1::-1] + LETTERS[2:items])
