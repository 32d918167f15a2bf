"""What somebody answered and what is right, as values.

Only the kind of question that makes such a value (`bot.domain.kinds`) looks into it. Everybody else keeps it, compares
it, and asks it what stands here.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from enum import StrEnum

from bot.domain.grading import Grade
from bot.domain.identity import ChoiceId

Given = frozenset[int]
"""What somebody did with a question's control: 0-based positions in the order in which the round shows its choices.

Empty takes an answer back. A kind that is typed or sorted adds its own form here: a text, or positions in a row.
"""


class Refusal(StrEnum):
    """Why a kind can't take what was given: each kind has its own reasons, named for metrics and logs."""


class Response(ABC):
    """What somebody answered: immutable, hashable, equal to another that says the same.

    ``order`` is always the order in which the round shows the choices.
    """

    __slots__ = ()

    @abstractmethod
    def __bool__(self) -> bool:
        """False where nothing is answered, or the answer was taken back."""

    @abstractmethod
    def __str__(self) -> str:
        """What it holds, for logs and whoever runs the bot."""

    @property
    @abstractmethod
    def stored(self) -> int:
        """What the database keeps; 0 where nothing is answered."""

    @abstractmethod
    def given(self, order: Sequence[ChoiceId]) -> Given:
        """What somebody would have to give in a round to answer this."""

    @abstractmethod
    def spelled(self, order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """Its parts as people name them in a round: ``("A", "C")``."""

    @abstractmethod
    def texts(self, choices: Mapping[ChoiceId, str]) -> tuple[str, ...]:
        """Its parts in full; ``choices`` are the texts of the question's choices, in their order."""


class Key(ABC):
    """What is right: immutable, hashable, equal to another that says the same."""

    __slots__ = ()

    @abstractmethod
    def __bool__(self) -> bool:
        """False where nobody knows what is right: such a question is never scored."""

    @property
    @abstractmethod
    def stored(self) -> int:
        """What the database keeps; 0 where nobody knows what is right."""

    @abstractmethod
    def grade(self, response: Response) -> Grade:
        """What a response is worth.

        Raises:
            ValueError: nobody knows what is right.
            TypeError: the response is one of another kind.
        """

    @abstractmethod
    def fits(self, order: Sequence[ChoiceId]) -> bool:
        """Whether it can grade a round that shows these choices."""

    @abstractmethod
    def spelled(self, order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """Its parts as people name them where choices are shown in this order."""

    @abstractmethod
    def names(self, choice_id: ChoiceId) -> bool:
        """Whether it names a choice as right."""
