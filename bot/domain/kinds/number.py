"""Questions that are answered with a number: typed in any of the usual ways, right if it is close enough.

A number with another unit than the question's is refused: the unit isn't asked for, and may be left out. Where a number
can mean two things, such as ``1,234``, it is right if one of them is.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from bot.domain.accepted import AcceptedNumber, check_accepted
from bot.domain.decimals import written
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.identity import ChoiceId
from bot.domain.kinds import numerals
from bot.domain.kinds.commonest import commonest
from bot.domain.kinds.kind import ShownOption
from bot.domain.kinds.number_key import NumberKey, stored_number_key, typed_number
from bot.domain.kinds.number_response import Number, number_in, stored_number
from bot.domain.kinds.number_typed import parse_numbers
from bot.domain.kinds.one_field import OneFieldKind
from bot.domain.kinds.typed_lines import typed_line
from bot.domain.lines import one_line
from bot.domain.questions import Question
from bot.domain.responses import Given, Key, Refusal, Response
from bot.domain.rounds import Round
from bot.domain.views import LONGEST_LABEL, Field
from bot.i18n import gettext as _

__all__ = ["Number", "NumberKey", "NumberKind", "NumberRefusal"]

EXAMPLE = "3.5, 1e-3, 3/4"


class NumberRefusal(Refusal):
    """Why a typed line isn't taken as a number."""

    NOT_A_NUMBER = "not_a_number"
    OTHER_UNIT = "other_unit"


class NumberKind(OneFieldKind):
    """Questions that are answered with a number."""

    name: ClassVar[str] = "number"
    no_key: ClassVar[Key] = NumberKey()
    answers_identify: ClassVar[bool] = False
    longest: ClassVar[int] = numerals.LONGEST

    def drafted_key(self, draft: QuestionDraft, _ids: Sequence[ChoiceId]) -> Key:
        """The numbers that the draft accepts."""
        accepted = dict.fromkeys(one for one in draft.accepted if isinstance(one, AcceptedNumber))
        return NumberKey(tuple(accepted), one_line(draft.unit))

    def with_key(self, draft: QuestionDraft, _ids: Sequence[ChoiceId], key: Key) -> QuestionDraft:
        """The draft with the numbers that the key accepts, and their unit."""
        numbers = _key(key)
        return replace(draft, accepted=numbers.accepted, unit=numbers.unit)

    def typed_key(self, text: str, question: Question) -> Key:
        """The numbers that ``3.5 ± 0.1`` or ``3..4`` names, or several with ``;`` between.

        Raises:
            BadInput: it names no number, too many, or one with too many digits.
        """
        key = parse_numbers(text, _key(question.key).unit)
        check_accepted(key.accepted)
        return key

    def accepting(self, key: Key, text: str) -> Key:
        """The key with one more number; of two things that the text can mean, the likelier.

        Raises:
            BadInput: the text isn't a number in the key's unit, or has too many digits, or the key accepts too many.
        """
        number, known = number_in(one_line(text)), _key(key)
        if not number:
            message = _("“{text}” isn't a number. Write it like one of these: {example}.")
            raise BadInput(message.format(text=text[:40], example=EXAMPLE))
        if not known.takes(number.unit):
            message = _("Give the number in {unit}, or without a unit.") if known.unit else _("Leave the unit out.")
            raise BadInput(message.format(unit=known.unit))
        if known.meant(number) is not None:
            return known
        wider = known.with_accepted(number.values[0])
        check_accepted(wider.accepted)
        return wider

    def unaccepted(self, key: Key, response: Response) -> tuple[tuple[str, str], ...]:
        """What the number most likely means, for both; nothing for one in another unit or with too many digits."""
        known, number = _key(key), typed_number(response)
        if not number or not known.takes(number.unit) or known.meant(number) is not None:
            return ()
        value = written(number.values[0])
        return () if AcceptedNumber(value=number.values[0]).is_long else ((value, value),)

    def with_answers(self, key: Key, answers: Key) -> Key | None:
        """The numbers of one key in the unit of the other; None if both name a unit, and not the same."""
        unit, numbers = _key(key).unit, _key(answers)
        return replace(numbers, unit=unit) if not unit or numbers.takes(unit) or not numbers.unit else None

    def field(self, round_: Round) -> Field:
        """A field for a number; its label names the unit, if there is room."""
        unit = _key(round_.key).unit
        label = _("Your answer in {unit}").format(unit=unit)
        if not unit or len(label) > LONGEST_LABEL:
            label = _("Your answer, a number")
        return Field(label=label, numeric=True, longest=self.longest)

    def hint(self, round_: Round) -> str:
        """Say that a number is wanted, and in which unit."""
        unit = _key(round_.key).unit
        return _("Answer with a number, in {unit}.").format(unit=unit) if unit else _("Answer with a number.")

    def misread(self, line: str, round_: Round) -> Refusal | None:
        """Refuse what isn't a number, and numbers in another unit."""
        number, key = number_in(line), _key(round_.key)
        if not number:
            return NumberRefusal.NOT_A_NUMBER
        return NumberRefusal.OTHER_UNIT if key and not key.takes(number.unit) else None

    def explained(self, refusal: Refusal, round_: Round) -> str:
        """Say how to type a number, and in which unit."""
        if refusal is NumberRefusal.OTHER_UNIT:
            if unit := _key(round_.key).unit:
                return _("That isn't saved: please answer in {unit}, or leave the unit out.").format(unit=unit)
            return _("That isn't saved: please type the number alone, without a unit or other words.")
        if refusal is NumberRefusal.NOT_A_NUMBER:
            text = _("I can't read that as a number, so it isn't saved. Type it like one of these: {example}.")
            return text.format(example=EXAMPLE)
        return super().explained(refusal, round_)

    def response(self, given: Given, _round: Round) -> Response:
        """The number in the line that was typed; empty if there is none."""
        return number_in(typed_line(given))

    def result(self, round_: Round, _question: Question, responses: Sequence[Response]) -> tuple[ShownOption, ...]:
        """The accepted numbers with how many gave them, then the commonest wrong ones."""
        key, numbers = _key(round_.key), [typed_number(response) for response in responses]
        meant = [key.meant(number) for number in numbers]
        hits = [None if value is None else key.accepting(value) for value in meant]
        right = tuple(
            ShownOption(letter="", text=one.spelled(key.unit), right=True, number=hits.count(one), is_plain=True)
            for one in key.accepted
        )
        wrong = [_in_unit(key, number) for number, hit in zip(numbers, hits, strict=True) if number and hit is None]
        return right + commonest((text, text) for text in wrong)

    def stored_response(self, stored: int | str) -> Response:
        """The number for its stored form."""
        return stored_number(stored) if isinstance(stored, str) else Number()

    def stored_key(self, stored: int | str) -> Key:
        """The numbers for their stored form."""
        return stored_number_key(stored) if isinstance(stored, str) else self.no_key


def _in_unit(key: NumberKey, number: Number) -> str:
    """Write the likeliest meaning of a number, without its unit if that is the question's."""
    value = written(number.values[0])
    return value if key.takes(number.unit) else f"{value} {number.unit}"


def _key(key: Key) -> NumberKey:
    if not isinstance(key, NumberKey):
        raise TypeError(f"{key!r} isn't the key of a question with a number")
    return key
