"""The interface of a kind of question: with it, no other code needs to know the kind."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.identity import ChoiceId
from bot.domain.images import Image
from bot.domain.questions import LETTERS, Question
from bot.domain.responses import Given, Key, Refusal, Response
from bot.domain.rounds import Round
from bot.domain.views import Controls, Menu
from bot.i18n import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOption:
    """One option below a question, or one typed answer in its result; in a result, also how many gave it.

    Attributes:
        letter: shown before the option; empty: none.
        note: why the option is right or wrong, if the question says so.
        right: whether the round's key names the option.
        number: how many gave this answer.
        is_plain: whether the text is shown as it is, because it isn't Markdown.
        image: the option's own picture.
        picture_alone: whether the picture is all of the option; the text is for places that show no pictures.
    """

    letter: str
    text: str
    note: str = ""
    right: bool = False
    number: int = 0
    is_plain: bool = False
    image: Image | None = None
    picture_alone: bool = False


class Kind(ABC):
    """A kind of question: everything that differs by kind, from reading a key to showing a result. It has no state.

    Attributes:
        name: the kind's name in questions and rounds.
        no_key: the key of a question whose right answer is unknown.
        lettered: whether its key names choices by their letters; otherwise choices are named by their words, if any.
        scored: whether answers are right or wrong and earn points; if not, series ask such questions only if told to.
        takes_reactions: whether it can be answered by reacting to its message.
        any_part: whether giving one of the parts that a key spells is enough, rather than all of them.
        fewest_choices: how many choices it must have to be asked.
        picks: whether it is answered by picking some of its choices, so that each choice is right or wrong.
        tells_texts: whether receipts say the texts of what was picked, too, if there is room.
        accepts_later: whether hosts can accept wrong answers later, which `unaccepted` then tells apart.
        answers_identify: whether two questions with the same choices, or accepted answers, are hardly ever different.
        blank_first: why an empty form is refused to somebody without an answer; None: it is stored, because the
            removal of one reaction may be delivered before another reaction.
    """

    name: ClassVar[str]
    no_key: ClassVar[Key]
    lettered: ClassVar[bool] = False
    scored: ClassVar[bool] = True
    takes_reactions: ClassVar[bool] = False
    any_part: ClassVar[bool] = False
    fewest_choices: ClassVar[int] = 0
    picks: ClassVar[bool] = False
    tells_texts: ClassVar[bool] = False
    accepts_later: ClassVar[bool] = False
    answers_identify: ClassVar[bool] = True
    blank_first: ClassVar[Refusal | None] = None

    @abstractmethod
    def with_key(self, draft: QuestionDraft, ids: Sequence[ChoiceId], key: Key) -> QuestionDraft:
        """Return a draft, whose choices have these ids, with a key's answers; the inverse of `drafted_key`."""

    @abstractmethod
    def drafted_key(self, draft: QuestionDraft, ids: Sequence[ChoiceId]) -> Key:
        """Return the key of a draft whose choices have these ids."""

    @abstractmethod
    def typed_key(self, text: str, question: Question) -> Key:
        """Parse the key that a person types to correct a question.

        Raises:
            BadInput: the text isn't a key for this question.
        """

    def accepting(self, _key: Key, _text: str) -> Key:
        """Return a key that accepts everything the other key does, and a typed answer.

        Raises:
            BadInput: the answer isn't typed, or the text can't be an answer.
        """
        raise BadInput(_("Only typed answers can be accepted. Correct the key of this question instead."))

    def unaccepted(self, _key: Key, _response: Response) -> tuple[tuple[str, str], ...]:
        """Return for each wrong text in an answer what all that count as one have in common, and how it is accepted.

        The latter is a text for `accepting`. Texts are left out that the key accepts, knows for near misses, or can't
        accept.
        """
        return ()

    def with_answers(self, _key: Key, answers: Key) -> Key | None:
        """Return the first key with the answers of the second in place of its own.

        None if that makes no sense, because the same answer means something else with either key.
        """
        return answers

    def without_answers(self, _key: Key) -> Key:
        """Return the key of a round whose question is withdrawn: it says nothing of what is right."""
        return self.no_key

    def in_series(self, question: Question) -> Question:
        """Return the question as a series asks it, which may be as another kind."""
        return question

    def key_as(self, key: Key, kind: str) -> Key | None:
        """Return a question's key for a round that asks it as this kind; None if it can't be asked that way."""
        return key if kind == self.name else None

    @abstractmethod
    def keyed(self, question: Question, key: Key) -> Question:
        """Return the question with another key, and with everything that follows from it."""

    @abstractmethod
    def shuffled(self, question: Question, random: Random) -> tuple[ChoiceId, ...]:
        """Return the order in which a round shows the question's choices."""

    def shown_stem(self, stem: str) -> str:
        """Return a question's stem as readers see it, as Markdown."""
        return stem

    @abstractmethod
    def controls(self, round_: Round) -> Controls:
        """Return the controls that a round is answered with."""

    def menus(self, _round: Round, _question: Question) -> tuple[Menu, ...]:
        """Return the menus that a round is answered with; none if it is answered in another way."""
        return ()

    @abstractmethod
    def hint(self, round_: Round) -> str:
        """Say how to answer a round, in plain text; empty if that is obvious."""

    @abstractmethod
    def refusal(self, given: Given, round_: Round) -> Refusal | None:
        """Return why a round can't take what was given; None if it can."""

    @abstractmethod
    def explained(self, refusal: Refusal, round_: Round) -> str:
        """Say what to do about a refusal, in plain text."""

    @abstractmethod
    def response(self, given: Given, round_: Round) -> Response:
        """Return the response for what was given in a round, without anything the round doesn't have."""

    @abstractmethod
    def options(self, round_: Round, question: Question) -> tuple[ShownOption, ...]:
        """Return the options that an open question shows; nothing in them reveals the key."""

    def listed(self, draft: QuestionDraft) -> tuple[ShownOption, ...]:
        """Return what a draft offers and accepts, for commands that list it with the key."""
        if not draft.choices:
            accepted = self.drafted_key(draft, ()).spelled(())
            return tuple(ShownOption(letter="", text=text, right=True, is_plain=True) for text in accepted)
        pictures = draft.choice_pictures or (None,) * len(draft.choices)
        return tuple(
            ShownOption(
                letter=(LETTERS[position : position + 1] or "?") if self.lettered else "",
                text=text,
                right=position in draft.key,
                is_plain=picture is not None and picture.alone,
                image=picture.image if picture else None,
                picture_alone=picture is not None and picture.alone,
            )
            for position, (text, picture) in enumerate(zip(draft.choices, pictures, strict=True))
        )

    @abstractmethod
    def result(self, round_: Round, question: Question, responses: Sequence[Response]) -> tuple[ShownOption, ...]:
        """Return the options that the result shows, with what was right and how many gave each answer."""

    @abstractmethod
    def stored_response(self, stored: int | str) -> Response:
        """Return the response for its stored form."""

    @abstractmethod
    def stored_key(self, stored: int | str) -> Key:
        """Return the key for its stored form."""
