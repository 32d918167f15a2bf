"""What kinds of question with one field to type into have in common."""

from abc import abstractmethod
from dataclasses import replace
from random import Random
from typing import ClassVar

from bot.domain.identity import ChoiceId
from bot.domain.kinds.kind import Kind, ShownOption
from bot.domain.kinds.typed_lines import takes_back, typed_line
from bot.domain.questions import Question
from bot.domain.responses import Given, Key, Refusal
from bot.domain.rounds import Reveal, Round
from bot.domain.views import ControlKind, Controls, Field
from bot.i18n import gettext as _


class FieldRefusal(Refusal):
    """Why no line that is typed into a field could be taken."""

    NOTHING_TYPED = "nothing_typed"
    TOO_LONG = "too_long"


class OneFieldKind(Kind):
    """Questions without choices, answered by typing one line.

    Attributes:
        longest: the most characters of an answer.
    """

    any_part: ClassVar[bool] = True
    accepts_later: ClassVar[bool] = True
    blank_first: ClassVar[Refusal | None] = FieldRefusal.NOTHING_TYPED
    longest: ClassVar[int]

    @abstractmethod
    def field(self, round_: Round) -> Field:
        """Return the field of a round."""

    @abstractmethod
    def misread(self, line: str, round_: Round) -> Refusal | None:
        """Return why a round can't take a line that was typed; None if it can."""

    def keyed(self, question: Question, key: Key) -> Question:
        """Return the question with another key; nothing else follows from it."""
        return replace(question, key=key)

    def shuffled(self, question: Question, _random: Random) -> tuple[ChoiceId, ...]:
        """Return no order, because there are no choices."""
        return question.order

    def controls(self, round_: Round) -> Controls:
        """Return the one field."""
        return Controls(kind=ControlKind.FIELDS, round_id=round_.id, fewest=1, most=1, fields=(self.field(round_),))

    def refusal(self, given: Given, round_: Round) -> Refusal | None:
        """Refuse what wasn't typed, is too long, or can't be read; an empty field where the first answer counts."""
        line = typed_line(given)
        if not line:
            may_be_empty = takes_back(given) and round_.reveal is Reveal.AT_CLOSE
            return None if may_be_empty else FieldRefusal.NOTHING_TYPED
        return FieldRefusal.TOO_LONG if len(line) > self.longest else self.misread(line, round_)

    def explained(self, refusal: Refusal, _round: Round) -> str:
        """Say what to type instead."""
        if refusal is FieldRefusal.TOO_LONG:
            text = _("That isn't saved, because it is too long: {number} characters are the most.")
            return text.format(number=self.longest)
        return _("Please type an answer first.")

    def options(self, _round: Round, _question: Question) -> tuple[ShownOption, ...]:
        """Return no options, because there are no choices."""
        return ()
