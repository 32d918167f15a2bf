"""What the keys of questions with typed answers have in common."""

from abc import abstractmethod
from collections.abc import Sequence

from bot.domain.grading import FULL_MARKS, Grade
from bot.domain.identity import ChoiceId
from bot.domain.responses import Key, Response

_RIGHT = Grade(points=FULL_MARKS, right=True)
_WRONG = Grade(points=0, right=False)


class TypedKey(Key):
    """A key without choices; unless a kind says otherwise, a response is right or wrong as a whole."""

    __slots__ = ()

    @abstractmethod
    def is_right(self, response: Response) -> bool:
        """Whether a response is right.

        Raises:
            TypeError: it belongs to another kind.
        """

    def grade(self, response: Response) -> Grade:
        """Full marks for a right response, else nothing."""
        if not self:
            raise ValueError("an unkeyed question can't be graded")
        return _RIGHT if self.is_right(response) else _WRONG

    def fits(self, order: Sequence[ChoiceId]) -> bool:
        """Whether no choices are shown."""
        return not order
