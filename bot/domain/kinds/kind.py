"""What a kind of question has to say of itself, so that nobody else needs to know what it is."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from bot.domain.drafts import QuestionDraft
from bot.domain.identity import ChoiceId
from bot.domain.questions import Question
from bot.domain.responses import Given, Key, Refusal, Response
from bot.domain.rounds import Round
from bot.domain.views import Controls


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOption:
    """One line below a question: what can be answered, and in a result how many did.

    Attributes:
        letter: stands before it; empty: nothing does.
        note: why it is right or wrong, where the question says so.
        right: whether the round's key names it.
        number: how many answered it.
    """

    letter: str
    text: str
    note: str = ""
    right: bool = False
    number: int = 0


class Kind(ABC):
    """A kind of question: what it does from a draft's key to the lines of a result. It keeps no state.

    Attributes:
        name: what questions and rounds call it.
        no_key: the key of a question of which nobody knows what is right.
    """

    name: ClassVar[str]
    no_key: ClassVar[Key]

    @abstractmethod
    def drafted_key(self, draft: QuestionDraft, ids: Sequence[ChoiceId]) -> Key:
        """The key of a draft whose choices have these ids."""

    @abstractmethod
    def typed_key(self, text: str, question: Question) -> Key:
        """The key that a person types to correct a question.

        Raises:
            BadInput: it names nothing that can be right.
        """

    @abstractmethod
    def keyed(self, question: Question, key: Key) -> Question:
        """A question with another key, and with whatever follows from it."""

    @abstractmethod
    def shuffled(self, question: Question, random: Random) -> tuple[ChoiceId, ...]:
        """The order in which one round shows the choices of a question."""

    @abstractmethod
    def controls(self, round_: Round) -> Controls:
        """What a round is answered with."""

    @abstractmethod
    def hint(self, round_: Round) -> str:
        """How to answer a round, in words; empty where that goes without saying."""

    @abstractmethod
    def refusal(self, given: Given, round_: Round) -> Refusal | None:
        """Why a round can't take what was given; None where it can."""

    @abstractmethod
    def explained(self, refusal: Refusal, round_: Round) -> str:
        """What to do about a refusal, in words."""

    @abstractmethod
    def response(self, given: Given, round_: Round) -> Response:
        """The response that was given in a round; what the round doesn't know is left out."""

    @abstractmethod
    def options(self, round_: Round, question: Question) -> tuple[ShownOption, ...]:
        """What the open question shows: nothing in it tells the key."""

    @abstractmethod
    def result(self, round_: Round, question: Question, responses: Sequence[Response]) -> tuple[ShownOption, ...]:
        """What the result shows: what was right, and how many answered what."""

    @abstractmethod
    def stored_response(self, stored: int) -> Response:
        """The response that the database kept."""

    @abstractmethod
    def stored_key(self, stored: int) -> Key:
        """The key that the database kept."""
