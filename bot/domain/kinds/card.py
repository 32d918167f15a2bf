"""Cards: their readers look at the back and say how well they knew it. Nothing is right or wrong, so nothing is scored.

A series asks a card whose back is short as a question with a short answer, which is scored.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import ClassVar

from bot.domain.accepted import check_accepted
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.identity import ChoiceId
from bot.domain.kinds.card_key import Back, stored_back
from bot.domain.kinds.card_response import NUMBER_OF_LEVELS, Recall, level_words
from bot.domain.kinds.kind import Kind, ShownOption
from bot.domain.kinds.short import ShortKind
from bot.domain.lines import one_line
from bot.domain.questions import Question
from bot.domain.responses import Given, Key, Refusal, Response, positions
from bot.domain.rounds import Round
from bot.domain.views import LONGEST_TYPED, ControlKind, Controls
from bot.i18n import gettext as _

__all__ = ["Back", "CardKind", "Recall"]


class CardRefusal(Refusal):
    """Why something is no answer to a card."""

    NO_SUCH_WORD = "no_such_word"


class CardKind(Kind):
    """Questions whose answer is shown to whoever asks for it, and who then says how well they knew it."""

    name: ClassVar[str] = "card"
    no_key: ClassVar[Key] = Back()
    scored: ClassVar[bool] = False

    def with_key(self, draft: QuestionDraft, _ids: Sequence[ChoiceId], key: Key) -> QuestionDraft:
        """The draft with the back, and with what else may be typed for it."""
        return replace(draft, back=_back(key).text, accepted=_back(key).accepted)

    def drafted_key(self, draft: QuestionDraft, _ids: Sequence[ChoiceId]) -> Key:
        """The back that the draft has."""
        return Back.of(draft.back, [one for one in draft.accepted if isinstance(one, str)])

    def typed_key(self, text: str, _question: Question) -> Key:
        """A text as the new back; what else could be typed for the old one is forgotten.

        Raises:
            BadInput: the text is empty.
        """
        if not (back := Back.of(text)):
            raise BadInput(_("Write the new back of the card."))
        return back

    def accepting(self, key: Key, text: str) -> Key:
        """The back, with one more text that is right where the card is asked as a short answer.

        Raises:
            BadInput: the back is too long to be typed, the text is empty or too long, or there are too many texts.
        """
        back, line = _back(key), one_line(text)
        if not back.is_short:
            raise BadInput(_("The back of this card is too long to be typed. Correct it instead."))
        if not line:
            raise BadInput(_("“{text}” can't be an answer to this question.").format(text=text[:40]))
        check_accepted([line])
        wider = Back.of(back.text, (*back.accepted, line))
        check_accepted(wider.accepted)
        return wider

    def in_series(self, question: Question) -> Question:
        """The card as a question with a short answer, if its back is short."""
        back = _back(question.key)
        return replace(question, kind=ShortKind.name, key=back.typed(back.accepted)) if back.is_short else question

    def key_as(self, key: Key, kind: str) -> Key | None:
        """The back or, for a round with a short answer, a key that accepts it; None if it is too long to be typed."""
        back = _back(key)
        if kind == ShortKind.name and len(back.line) <= LONGEST_TYPED:
            return back.typed(back.accepted)
        return super().key_as(key, kind)

    def keyed(self, question: Question, key: Key) -> Question:
        """Return the question with another back; nothing else follows from it."""
        return replace(question, key=key)

    def shuffled(self, question: Question, _random: Random) -> tuple[ChoiceId, ...]:
        """Return no order, because there are no choices."""
        return question.order

    def controls(self, round_: Round) -> Controls:
        """Return the button that shows the back, and the buttons that come with the back."""
        return Controls(kind=ControlKind.CARD, round_id=round_.id, fewest=1, most=1)

    def hint(self, _round: Round) -> str:
        """Say what to do, and that it isn't scored."""
        return _("Show the back, then say how well you knew it. This isn't scored.")

    def refusal(self, given: Given, _round: Round) -> Refusal | None:
        """Refuse anything but one of the words."""
        return None if _level(given) else CardRefusal.NO_SUCH_WORD

    def explained(self, _refusal: Refusal, _round: Round) -> str:
        """Say where the words are."""
        return _("Please use one of the buttons below the back of the card.")

    def response(self, given: Given, _round: Round) -> Response:
        """The word that was picked."""
        return Recall(_level(given))

    def options(self, round_: Round, _question: Question) -> tuple[ShownOption, ...]:
        """The words to pick from, until the round is closed."""
        words = level_words() if round_.closed_at is None else ()
        return tuple(ShownOption(letter="", text=word) for word in words)

    def result(self, round_: Round, _question: Question, responses: Sequence[Response]) -> tuple[ShownOption, ...]:
        """The words with how many said each; nothing if nobody said anything."""
        said = Counter(position for response in responses for position in positions(response.given(round_.order)))
        words = level_words() if said else ()
        return tuple(ShownOption(letter="", text=word, number=said[n]) for n, word in enumerate(words))

    def stored_response(self, stored: int | str) -> Response:
        """The word with this number."""
        return Recall(int(stored))

    def stored_key(self, stored: int | str) -> Key:
        """The back for its stored form."""
        return stored_back(stored) if isinstance(stored, str) else self.no_key


def _level(given: Given) -> int:
    """Return the number of the one word that was picked; 0 if anything else was given."""
    return next((level for level in range(1, NUMBER_OF_LEVELS + 1) if positions(given) == {level - 1}), 0)


def _back(key: Key) -> Back:
    if not isinstance(key, Back):
        raise TypeError(f"{key!r} isn't the back of a card")
    return key
