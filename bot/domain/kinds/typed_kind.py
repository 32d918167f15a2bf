"""What kinds of question that are answered by typing have in common."""

from dataclasses import replace
from random import Random
from typing import ClassVar

from bot.domain.identity import ChoiceId
from bot.domain.kinds.kind import Kind, ShownOption
from bot.domain.questions import Question
from bot.domain.responses import Key, Refusal
from bot.domain.rounds import Round
from bot.i18n import gettext as _


class FieldRefusal(Refusal):
    """Why what was typed into fields is refused, whatever the question."""

    NOTHING_TYPED = "nothing_typed"
    TOO_LONG = "too_long"


class TypedKind(Kind):
    """Questions without choices."""

    blank_first: ClassVar[Refusal | None] = FieldRefusal.NOTHING_TYPED

    def keyed(self, question: Question, key: Key) -> Question:
        """Return the question with another key; nothing else follows from it."""
        return replace(question, key=key)

    def shuffled(self, question: Question, _random: Random) -> tuple[ChoiceId, ...]:
        """Return no order, because there are no choices."""
        return question.order

    def explained(self, _refusal: Refusal, _round: Round) -> str:
        """Say that something has to be typed."""
        return _("Please type an answer first.")

    def options(self, _round: Round, _question: Question) -> tuple[ShownOption, ...]:
        """Return no options, because there are no choices."""
        return ()
