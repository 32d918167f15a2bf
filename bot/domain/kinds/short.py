"""Questions that are answered with a word or a few: right if it is one of the accepted spellings, or a slip of one.

`bot.domain.kinds.folding` and `bot.domain.kinds.slips` say what doesn't count; a question may say that all of it does.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from bot.domain.accepted import check_accepted
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.identity import ChoiceId
from bot.domain.kinds.commonest import commonest
from bot.domain.kinds.kind import ShownOption
from bot.domain.kinds.one_field import OneFieldKind
from bot.domain.kinds.short_key import ShortKey, is_unknown, judgement, stored_short_key, typed_text
from bot.domain.kinds.short_response import ShortAnswer
from bot.domain.kinds.typed_lines import typed_line
from bot.domain.lines import one_line
from bot.domain.questions import Question
from bot.domain.responses import Given, Key, Refusal, Response
from bot.domain.rounds import Round
from bot.domain.views import LONGEST_TYPED, Field
from bot.i18n import gettext as _

__all__ = ["ShortAnswer", "ShortKey", "ShortKind"]


class ShortKind(OneFieldKind):
    """Questions that are answered with a word or a few."""

    name: ClassVar[str] = "short"
    no_key: ClassVar[Key] = ShortKey()
    longest: ClassVar[int] = LONGEST_TYPED

    def drafted_key(self, draft: QuestionDraft, _ids: Sequence[ChoiceId]) -> Key:
        """The spellings that the draft accepts."""
        near_misses = tuple(replace(near, text=one_line(near.text)) for near in draft.near_misses)
        key = ShortKey(exact=draft.exact, near_misses=near_misses)
        return key.spelling([one_line(one) for one in draft.accepted if isinstance(one, str)])

    def with_key(self, draft: QuestionDraft, _ids: Sequence[ChoiceId], key: Key) -> QuestionDraft:
        """The draft with the spellings that the key accepts."""
        known = _key(key)
        return replace(draft, accepted=known.accepted, exact=known.exact, near_misses=known.near_misses)

    def typed_key(self, text: str, question: Question) -> Key:
        """The spellings that ``AWS Lambda; Lambda`` names; whether they are exact, and near misses, stay.

        Raises:
            BadInput: it names none, too many, or one that is too long.
        """
        key = _key(question.key).spelling([one_line(one) for one in text.split(";")])
        if not key:
            raise BadInput(_("Name the answers that are right, best first, like AWS Lambda; Lambda."))
        check_accepted(key.accepted)
        return key

    def accepting(self, key: Key, text: str) -> Key:
        """The key with one more spelling.

        Raises:
            BadInput: the text is empty or too long, or the key accepts too many.
        """
        line = one_line(text)
        if not line:
            raise BadInput(_("“{text}” can't be an answer to this question.").format(text=text[:40]))
        wider = _key(key).with_accepted(line)
        check_accepted(wider.accepted)
        return wider

    def unaccepted(self, key: Key, response: Response) -> tuple[tuple[str, str], ...]:
        """The folded text, and the text."""
        known, text = _key(key), typed_text(response).text
        return ((known.alike(text), text),) if is_unknown(known, text) else ()

    def with_answers(self, key: Key, answers: Key) -> Key | None:
        """The spellings of one key, as exact as the other, and with its near misses."""
        return _key(key).spelling(_key(answers).accepted)

    def field(self, _round: Round) -> Field:
        """A field for a text."""
        return Field(label=_("Your answer"), longest=self.longest)

    def hint(self, round_: Round) -> str:
        """Say that a text is wanted, and whether all of it counts."""
        if _key(round_.key).exact:
            return _("Type your answer; capital letters, accents and punctuation count.")
        return _("Type your answer.")

    def misread(self, _line: str, _round: Round) -> Refusal | None:
        """Take every line."""
        return None

    def response(self, given: Given, _round: Round) -> Response:
        """The line that was typed."""
        return ShortAnswer(typed_line(given)[: self.longest].rstrip())

    def result(self, round_: Round, _question: Question, responses: Sequence[Response]) -> tuple[ShownOption, ...]:
        """The accepted spellings with how many meant them, then the commonest wrong texts."""
        key = _key(round_.key)
        judged = [(typed_text(response).text, judgement(key, response).accepted) for response in responses]
        meant = Counter(accepted for _text, accepted in judged)
        right = tuple(
            ShownOption(letter="", text=one, right=True, number=meant[one], is_plain=True) for one in key.accepted
        )
        wrong = ((key.alike(text), text) for text, accepted in judged if accepted is None)
        return right + commonest(wrong)

    def stored_response(self, stored: int | str) -> Response:
        """The text."""
        return ShortAnswer(stored) if isinstance(stored, str) else ShortAnswer()

    def stored_key(self, stored: int | str) -> Key:
        """The spellings for their stored form."""
        return stored_short_key(stored) if isinstance(stored, str) else self.no_key


def _key(key: Key) -> ShortKey:
    if not isinstance(key, ShortKey):
        raise TypeError(f"{key!r} isn't the key of a question with a short answer")
    return key
