"""Questions of kinds that exist elsewhere, such as essays: they are kept as they are, and never asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import ClassVar, NoReturn

from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.identity import ChoiceId
from bot.domain.kinds.kind import Kind, ShownOption
from bot.domain.kinds.short_response import ShortAnswer
from bot.domain.questions import Question
from bot.domain.responses import Given, Key, Refusal, Response
from bot.domain.rounds import Round
from bot.domain.views import ControlKind, Controls
from bot.i18n import gettext as _


class KeptRefusal(Refusal):
    """Why nothing is an answer to a question that is never asked."""

    NEVER_ASKED = "never_asked"


@dataclass(frozen=True, slots=True)
class KeptFields(Key):
    """The fields that only its kind gives a question, as JSON; nobody here knows which of them say what is right."""

    json: str = ""

    def __bool__(self) -> bool:
        return False

    @property
    def stored(self) -> int | str:
        """The JSON."""
        return self.json or 0

    def grade(self, _response: Response) -> NoReturn:
        """Refuse, because the right answer is unknown."""
        raise ValueError("a question that is only kept can't be graded")

    def fits(self, _order: Sequence[ChoiceId]) -> bool:
        """Whether it can grade a round: never."""
        return False

    def spelled(self, _order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """Nothing that people could name."""
        return ()


class KeptKind(Kind):
    """Every kind that can't be asked. No question of it is ever ready, so what rounds want of a kind is empty here."""

    name: ClassVar[str] = ""
    no_key: ClassVar[Key] = KeptFields()
    scored: ClassVar[bool] = False

    def with_key(self, draft: QuestionDraft, _ids: Sequence[ChoiceId], key: Key) -> QuestionDraft:
        """The draft with the fields."""
        return replace(draft, kept=key.json if isinstance(key, KeptFields) else "")

    def drafted_key(self, draft: QuestionDraft, _ids: Sequence[ChoiceId]) -> Key:
        """The fields that the draft has."""
        return KeptFields(draft.kept)

    def typed_key(self, _text: str, _question: Question) -> NoReturn:
        """Refuse any key.

        Raises:
            BadInput: always, in words.
        """
        raise _never_asked()

    def accepting(self, _key: Key, _text: str) -> NoReturn:
        """Refuse any answer.

        Raises:
            BadInput: always, in words.
        """
        raise _never_asked()

    def keyed(self, question: Question, _key: Key) -> Question:
        """Return the question, whose fields stay as they are."""
        return question

    def shuffled(self, question: Question, _random: Random) -> tuple[ChoiceId, ...]:
        """Return no order, because there are no choices."""
        return question.order

    def controls(self, round_: Round) -> Controls:
        """Return no field at all."""
        return Controls(kind=ControlKind.FIELDS, round_id=round_.id, fewest=0, most=0)

    def hint(self, _round: Round) -> str:
        """Say nothing."""
        return ""

    def refusal(self, _given: Given, _round: Round) -> Refusal | None:
        """Refuse everything."""
        return KeptRefusal.NEVER_ASKED

    def explained(self, _refusal: Refusal, _round: Round) -> str:
        """Say that it isn't asked."""
        return _("This question isn't asked.")

    def response(self, _given: Given, _round: Round) -> Response:
        """Return no response."""
        return ShortAnswer()

    def options(self, _round: Round, _question: Question) -> tuple[ShownOption, ...]:
        """Return no options."""
        return ()

    def result(self, _round: Round, _question: Question, _responses: Sequence[Response]) -> tuple[ShownOption, ...]:
        """Return no result."""
        return ()

    def stored_response(self, _stored: int | str) -> Response:
        """Return no response."""
        return ShortAnswer()

    def stored_key(self, stored: int | str) -> Key:
        """The fields for their stored form."""
        return KeptFields(stored) if isinstance(stored, str) else self.no_key


def _never_asked() -> BadInput:
    return BadInput(
        _(
            "Quizbot keeps questions of this kind, but can't ask them, so there is no answer to correct. To have this "
            "one asked, write it as another kind in the file, and import that again."
        )
    )
