"""What kinds of question with one field to type into have in common."""

from abc import abstractmethod
from typing import ClassVar

from bot.domain.kinds.typed_kind import FieldRefusal, TypedKind
from bot.domain.kinds.typed_lines import takes_back, typed_line
from bot.domain.responses import Given, Refusal
from bot.domain.rounds import Reveal, Round
from bot.domain.views import ControlKind, Controls, Field
from bot.i18n import gettext as _


class OneFieldKind(TypedKind):
    """Questions without choices, answered by typing one line.

    Attributes:
        longest: the most characters of an answer.
    """

    any_part: ClassVar[bool] = True
    accepts_later: ClassVar[bool] = True
    longest: ClassVar[int]

    @abstractmethod
    def field(self, round_: Round) -> Field:
        """Return the field of a round."""

    @abstractmethod
    def misread(self, line: str, round_: Round) -> Refusal | None:
        """Return why a round can't take a line that was typed; None if it can."""

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

    def explained(self, refusal: Refusal, round_: Round) -> str:
        """Say what to type instead."""
        if refusal is FieldRefusal.TOO_LONG:
            text = _("That isn't saved, because it is too long: {number} characters are the most.")
            return text.format(number=self.longest)
        return super().explained(refusal, round_)
