"""True or false: a statement that is answered with one of two words, stored as multiple choice is."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import ClassVar

from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.identity import ChoiceId
from bot.domain.kinds.choice import ChoiceKey, ChoiceKind, Chosen
from bot.domain.kinds.kind import ShownOption
from bot.domain.questions import Question
from bot.domain.responses import Given, Key, Response, positions
from bot.domain.rounds import AnswerWith, Round
from bot.i18n import gettext as _
from bot.i18n import in_every_language

_TRUE, _FALSE = ChoiceId(0), ChoiceId(1)


class Judged(Chosen):
    """Whether somebody says that a statement is true."""

    __slots__ = ()

    def spelled(self, _order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The word, wherever it stands."""
        return _words(self)

    def texts(self, _choices: Mapping[ChoiceId, str]) -> tuple[str, ...]:
        """The word."""
        return _words(self)


class Truth(ChoiceKey):
    """Whether a statement is true."""

    __slots__ = ()

    def spelled(self, _order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The word, wherever it stands."""
        return _words(self)


class TrueFalseKind(ChoiceKind):
    """Statements that are true or false: their two choices are always these words, in this order."""

    name: ClassVar[str] = "true_false"
    no_key: ClassVar[Key] = Truth()
    lettered: ClassVar[bool] = False
    answers_identify: ClassVar[bool] = False

    def drafted_key(self, draft: QuestionDraft, ids: Sequence[ChoiceId]) -> Key:
        """The word at the position that the draft names."""
        return Truth(ids[position] for position in draft.key)

    def typed_key(self, text: str, _question: Question) -> Key:
        """The key that ``true`` or ``false`` names, in any language of the bot: hosts read what others wrote.

        Raises:
            BadInput: it is neither.
        """
        said = text.strip().casefold()
        for choice, word in ((_TRUE, "True"), (_FALSE, "False")):
            if said in map(str.casefold, in_every_language(word)):
                return Truth({choice})
        raise BadInput(_("“{text}” is neither true nor false.").format(text=text))

    def shuffled(self, question: Question, _random: Random) -> tuple[ChoiceId, ...]:
        """True always comes first."""
        return question.order

    def response(self, given: Given, round_: Round) -> Response:
        """The word at the position that was picked."""
        return Judged(round_.order[position] for position in positions(given) if 0 <= position < len(round_.order))

    def options(self, round_: Round, _question: Question) -> tuple[ShownOption, ...]:
        """The two words; with a letter only where they are answered with a reaction, which can't say a word."""
        by_reaction = round_.answer_with is AnswerWith.REACTIONS
        return tuple(
            ShownOption(letter=round_.letter(choice) if by_reaction else "", text=_word(choice))
            for choice in round_.order
        )

    def stored_response(self, stored: int | str) -> Response:
        """The word that these bits stand for."""
        return Judged(_stored(stored))

    def stored_key(self, stored: int | str) -> Key:
        """The word that these bits stand for."""
        return Truth(_stored(stored))


def _stored(bits: int | str) -> list[ChoiceId]:
    return [choice for choice in (_TRUE, _FALSE) if int(bits) >> choice & 1]


def _words(choices: frozenset[ChoiceId]) -> tuple[str, ...]:
    return tuple(map(_word, sorted(choices)))


def _word(choice: ChoiceId) -> str:
    return _("True") if choice == _TRUE else _("False")
