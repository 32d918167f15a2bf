"""Multiple choice: one of several, some of several, or all that apply."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from random import Random
from typing import ClassVar

from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.grading import FULL_MARKS, Grade
from bot.domain.identity import ChoiceId
from bot.domain.kinds.kind import Kind, ShownOption
from bot.domain.questions import LETTERS, Question, shown_order
from bot.domain.responses import Given, Key, Positions, Refusal, Response, positions
from bot.domain.rounds import AnswerWith, Round
from bot.domain.views import ControlKind, Controls
from bot.i18n import gettext as _
from bot.i18n import ngettext


class ChoiceRefusal(Refusal):
    """Why the picked choices are refused."""

    NO_SUCH_CHOICE = "no_such_choice"
    WRONG_NUMBER = "wrong_number"


class Chosen(frozenset[ChoiceId], Response):
    """The choices that somebody picked; empty if the answer was taken back."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return len(self) > 0

    def __str__(self) -> str:
        return f"choices {sorted(self)}"

    @property
    def stored(self) -> int:
        """One bit per choice: compact in ten million rows, comparable in SQL."""
        return _bits(self)

    def given(self, order: Sequence[ChoiceId]) -> Positions:
        """The positions of the choices."""
        return frozenset(map(order.index, self))

    def spelled(self, order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The letters of the choices."""
        return _letters(self, order)

    def texts(self, choices: Mapping[ChoiceId, str]) -> tuple[str, ...]:
        """The texts of the choices."""
        return tuple(text for choice, text in choices.items() if choice in self)


class ChoiceKey(frozenset[ChoiceId], Key):
    """The choices that are right; empty if the right answer is unknown."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return len(self) > 0

    @property
    def stored(self) -> int:
        """A bit for each choice."""
        return _bits(self)

    def grade(self, response: Response) -> Grade:
        """10 points x (right - wrong) / key size, never below zero.

        Raises:
            ValueError: the right answer is unknown.
            TypeError: the response belongs to another kind.
        """
        if not self:
            raise ValueError("an unkeyed question can't be graded")
        chosen = _chosen(response)
        right = len(chosen & self)
        wrong = len(chosen) - right
        return Grade(points=max(0, right - wrong) * FULL_MARKS // len(self), right=right == len(self) and not wrong)

    def fits(self, order: Sequence[ChoiceId]) -> bool:
        """Whether all right choices are among those shown."""
        return self <= set(order)

    def spelled(self, order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The letters of the choices that are right."""
        return _letters(self, order)

    def names(self, choice_id: ChoiceId) -> bool:
        """Whether a choice is among those that are right."""
        return choice_id in self


class ChoiceKind(Kind):
    """Questions that are answered by picking choices."""

    name: ClassVar[str] = "choice"
    no_key: ClassVar[Key] = ChoiceKey()
    lettered: ClassVar[bool] = True
    takes_reactions: ClassVar[bool] = True
    fewest_choices: ClassVar[int] = 2
    picks: ClassVar[bool] = True

    def with_key(self, draft: QuestionDraft, ids: Sequence[ChoiceId], key: Key) -> QuestionDraft:
        """The positions of the choices that are right."""
        return replace(draft, key=tuple(position for position, choice in enumerate(ids) if key.names(choice)))

    def drafted_key(self, draft: QuestionDraft, ids: Sequence[ChoiceId]) -> Key:
        """The choices at the positions that the draft names."""
        return ChoiceKey(ids[position] for position in draft.key)

    def typed_key(self, text: str, question: Question) -> Key:
        """The key that ``B,D`` (or ``BD``) names: letters count the choices in the order of the source.

        Raises:
            BadInput: a letter names no choice, or there is no letter.
        """
        letters = [letter for letter in text.upper() if letter.isalnum()]
        available = LETTERS[: len(question.choices)]
        unknown = [letter for letter in letters if letter not in available]
        if unknown or not letters:
            raise BadInput(
                _("“{letters}” names no choice: use A to {last}, like B or B,D.").format(
                    letters=", ".join(unknown) or text, last=LETTERS[len(question.choices) - 1]
                )
            )
        return ChoiceKey(question.choices[available.index(letter)].id for letter in letters)

    def keyed(self, question: Question, key: Key) -> Question:
        """Return the question with another key, which also sets how many to pick, unless all that apply are."""
        select = question.select if question.select == "all" else len(key.spelled(question.order))
        return replace(question, key=key, select=select)

    def shuffled(self, question: Question, random: Random) -> tuple[ChoiceId, ...]:
        """Shuffle the choices, unless one refers to others by letter or position."""
        return shown_order(question, random)

    def controls(self, round_: Round) -> Controls:
        """Return buttons for one choice, a menu for several, or reactions."""
        if round_.answer_with is AnswerWith.REACTIONS:
            kind = ControlKind.REACTIONS
        else:
            kind = ControlKind.BUTTONS if round_.select == 1 else ControlKind.SELECT
        return Controls(kind=kind, round_id=round_.id, fewest=_fewest(round_), most=_most(round_))

    def hint(self, round_: Round) -> str:
        """Say how many to pick, if it isn't one."""
        if round_.select == "all":
            return _("Choose all that apply.")
        if round_.select == 1:
            return ""
        return ngettext("Choose {number}.", "Choose {number}.", round_.select).format(number=round_.select)

    def refusal(self, given: Given, round_: Round) -> Refusal | None:
        """Refuse positions that don't exist, and too few or too many of them."""
        if not isinstance(given, frozenset) or (given and (min(given) < 0 or max(given) >= len(round_.order))):
            return ChoiceRefusal.NO_SUCH_CHOICE
        # A reaction comes after the other, and may go again; a select menu gives all at once.
        fewest = 0 if round_.answer_with is AnswerWith.REACTIONS else _fewest(round_)
        return None if fewest <= len(given) <= _most(round_) else ChoiceRefusal.WRONG_NUMBER

    def explained(self, refusal: Refusal, round_: Round) -> str:
        """Say what to pick instead."""
        if refusal is ChoiceRefusal.NO_SUCH_CHOICE:
            return _("That choice doesn't exist. Please pick one from the message.")
        if round_.select == "all":
            return _("Please choose at least one.")
        return ngettext("Please choose exactly {number}.", "Please choose exactly {number}.", round_.select).format(
            number=round_.select
        )

    def response(self, given: Given, round_: Round) -> Response:
        """The choices at the positions that were picked."""
        return _picked(positions(given), round_.order)

    def options(self, round_: Round, question: Question) -> tuple[ShownOption, ...]:
        """The choices in the order of the round, with their pictures."""
        return tuple(
            ShownOption(
                letter=round_.letter(choice.id),
                text=choice.text,
                is_plain=choice.picture_alone,
                image=choice.image,
                picture_alone=choice.picture_alone,
            )
            for choice in map(question.choice, round_.order)
        )

    def result(self, round_: Round, question: Question, responses: Sequence[Response]) -> tuple[ShownOption, ...]:
        """The choices with their explanations, and how many picked each."""
        picked = [_chosen(response) for response in responses]
        return tuple(
            replace(
                option,
                note=question.choice(choice_id).explanation,
                right=round_.key.names(choice_id),
                number=sum(choice_id in chosen for chosen in picked),
            )
            for choice_id, option in zip(round_.order, self.options(round_, question), strict=True)
        )

    def stored_response(self, stored: int | str) -> Response:
        """The choices that these bits stand for."""
        return _response_of(int(stored))

    def stored_key(self, stored: int | str) -> Key:
        """The choices that these bits stand for."""
        return _key_of(int(stored))


def _fewest(round_: Round) -> int:
    return 1 if round_.select == "all" else round_.select


def _most(round_: Round) -> int:
    return len(round_.order) if round_.select == "all" else round_.select


def _chosen(response: Response) -> Chosen:
    if not isinstance(response, Chosen):
        raise TypeError(f"{response!r} doesn't answer a multiple choice question")
    return response


def _letters(choices: frozenset[ChoiceId], order: Sequence[ChoiceId]) -> tuple[str, ...]:
    return tuple(letter for letter, choice in zip(LETTERS, order, strict=False) if choice in choices)


# A round's thousands of answers have few different values: each is made, and hashed, once.


@lru_cache(maxsize=4_096)
def _picked(given: Positions, order: tuple[ChoiceId, ...]) -> Chosen:
    return Chosen(order[position] for position in given if 0 <= position < len(order))


@lru_cache(maxsize=4_096)
def _bits(choices: frozenset[ChoiceId]) -> int:
    return sum(1 << choice for choice in choices)


@lru_cache(maxsize=4_096)
def _response_of(bits: int) -> Chosen:
    return Chosen(_ids(bits))


@lru_cache(maxsize=4_096)
def _key_of(bits: int) -> ChoiceKey:
    return ChoiceKey(_ids(bits))


def _ids(bits: int) -> Iterable[ChoiceId]:
    return (ChoiceId(n) for n in range(bits.bit_length()) if bits >> n & 1)
