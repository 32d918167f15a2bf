"""Values for what somebody answered and for what is right.

Only the kind of question that makes such a value (`bot.domain.kinds`) looks inside. All other code stores it, compares
it, and calls the methods below.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.grading import Grade
from bot.domain.identity import ChoiceId

Positions = frozenset[int]
"""Choices that somebody picked: 0-based positions in the order in which the round shows them."""

Typed = tuple[str, ...]
"""Texts that somebody typed, one for each of the control's fields, in their order."""


@dataclass(frozen=True, slots=True)
class Row:
    """Options that somebody picked in a row of menus: their 0-based positions; None for a menu without a pick."""

    picks: tuple[int | None, ...] = ()


Given = Positions | Typed | Row
"""What somebody did with a question's control, unchecked: a kind refuses what it can't take.

No position, nothing but white space in all fields, or no pick in any menu takes an answer back.
"""


def positions(given: Given) -> Positions:
    """The picked positions; none if something was typed."""
    return given if isinstance(given, frozenset) else frozenset()


class Refusal(StrEnum):
    """Why a kind refuses what was given; each kind has its own reasons, whose names go to metrics and logs."""


class Response(ABC):
    """What somebody answered: immutable, hashable, and equal to a response with the same content.

    ``order`` is always the order in which the round shows the choices.
    """

    __slots__ = ()

    @abstractmethod
    def __bool__(self) -> bool:
        """False if nothing is answered or the answer was taken back."""

    @abstractmethod
    def __str__(self) -> str:
        """The content in words, for logs and the operator."""

    @property
    @abstractmethod
    def stored(self) -> int | str:
        """The form that the database stores, an integer or a text; 0 if nothing is answered."""

    @abstractmethod
    def given(self, order: Sequence[ChoiceId]) -> Given:
        """What somebody would have to give in a round to make this response."""

    @abstractmethod
    def spelled(self, order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The parts as people name them in a round: ``("A", "C")``."""

    @property
    def understood(self) -> str:
        """How a typed response was read, in plain text; it tells nothing of the key. Empty: as it is spelled."""
        return ""

    @abstractmethod
    def texts(self, choices: Mapping[ChoiceId, str]) -> tuple[str, ...]:
        """The parts in full; ``choices`` has the texts of the question's choices, in their order."""


class Key(ABC):
    """What is right: immutable, hashable, and equal to a key with the same content."""

    __slots__ = ()

    @abstractmethod
    def __bool__(self) -> bool:
        """False if the right answer is unknown: such a question is never scored."""

    @property
    @abstractmethod
    def stored(self) -> int | str:
        """The form that the database stores, an integer or a text; 0 if the key says nothing at all."""

    @abstractmethod
    def grade(self, response: Response) -> Grade | None:
        """Grade a response; None if answers to such a question aren't right or wrong.

        Raises:
            ValueError: the right answer is unknown.
            TypeError: the response belongs to another kind.
        """

    @property
    def in_full(self) -> str:
        """What is right, as a text of its own in Markdown; empty: as it is spelled."""
        return ""

    def understood(self, _response: Response) -> str:
        """How a typed response was read, for somebody who may know the key, in plain text; empty: as it is spelled."""
        return ""

    def hint(self, _response: Response) -> str:
        """What else to tell somebody who gave this wrong response, as Markdown; empty: nothing."""
        return ""

    @abstractmethod
    def fits(self, order: Sequence[ChoiceId]) -> bool:
        """Whether the key can grade a round that shows these choices."""

    @abstractmethod
    def spelled(self, order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The parts as people name them when choices are shown in this order."""

    def named(self, order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The parts as verdicts and results name them: as they are spelled, unless that is too long for a sentence."""
        return self.spelled(order)

    def names(self, _choice_id: ChoiceId) -> bool:
        """Whether a choice is right by itself: of most kinds, none is."""
        return False
