"""Questions whose stem has up to five gaps to fill in: each is judged like a short answer, and counts on its own."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from bot.domain.accepted import InBlank, check_accepted
from bot.domain.alternatives import alternatives
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.gaps import at_blank, count_gaps, shown_gaps
from bot.domain.identity import ChoiceId
from bot.domain.kinds.blanks_key import (
    BETWEEN_BLANKS,
    BETWEEN_SPELLINGS,
    BlanksKey,
    filled,
    is_right,
    stored_blanks_key,
)
from bot.domain.kinds.blanks_response import BlanksAnswer
from bot.domain.kinds.commonest import commonest
from bot.domain.kinds.kind import ShownOption
from bot.domain.kinds.short_key import ShortKey, is_unknown
from bot.domain.kinds.typed_kind import FieldRefusal, TypedKind
from bot.domain.kinds.typed_lines import typed_line
from bot.domain.lines import one_line
from bot.domain.questions import Question
from bot.domain.responses import Given, Key, Refusal, Response
from bot.domain.rounds import Reveal, Round
from bot.domain.views import LONGEST_TYPED, MOST_FIELDS, ControlKind, Controls, Field
from bot.i18n import gettext as _

__all__ = ["BlanksAnswer", "BlanksKey", "BlanksKind", "BlanksRefusal"]

_MOST_WRONG = 3
"""The most wrong texts that a result shows for each blank."""
_FOR_BLANK = re.compile(r"\s*([0-9]{1,2})\s*:(.*)", re.DOTALL)


class BlanksRefusal(Refusal):
    """Why the texts from a form aren't taken."""

    OTHER_BLANKS = "other_blanks"


class BlanksKind(TypedKind):
    """Questions whose blanks are filled in."""

    name: ClassVar[str] = "blanks"
    no_key: ClassVar[Key] = BlanksKey()
    accepts_later: ClassVar[bool] = True

    def drafted_key(self, draft: QuestionDraft, _ids: Sequence[ChoiceId]) -> Key:
        """What the draft accepts in each gap of its stem; no blanks if the stem has too many."""
        number = count_gaps(draft.stem)
        return BlanksKey(tuple(_drafted(draft, blank) for blank in range(number)) if number <= MOST_FIELDS else ())

    def with_key(self, draft: QuestionDraft, _ids: Sequence[ChoiceId], key: Key) -> QuestionDraft:
        """The draft with what the key accepts in each blank."""
        blanks = list(enumerate(_key(key).blanks))
        return replace(
            draft,
            accepted=tuple(InBlank(at, text) for at, blank in blanks for text in blank.accepted),
            exact=any(blank.exact for _at, blank in blanks),
            near_misses=tuple(replace(near, blank=at) for at, blank in blanks for near in blank.near_misses),
        )

    def typed_key(self, text: str, question: Question) -> Key:
        """The texts that ``Paris; Seine | river Seine`` names; near misses, and whether texts must be exact, stay.

        Raises:
            BadInput: it doesn't name an answer for each blank, or names too many, or one that is too long.
        """
        known = _key(question.key).blanks
        parts = [part.split(BETWEEN_SPELLINGS) for part in text.split(BETWEEN_BLANKS)]
        spellings = [list(filter(None, map(one_line, part))) for part in parts]
        if len(spellings) != len(known) or not all(spellings):
            raise BadInput(_how_to_type(len(known)))
        return _checked(BlanksKey(tuple(blank.spelling(some) for blank, some in zip(known, spellings, strict=True))))

    def accepting(self, key: Key, text: str) -> Key:
        """The key with one more spelling in the blank that ``2: Seine`` names; a single blank needs no number.

        Raises:
            BadInput: it names no blank, or no text, or one that is too long, or the key accepts too many.
        """
        blanks = _key(key).blanks
        at, line = (0, one_line(text)) if len(blanks) == 1 else _for_blank(text, blanks)
        if not line:
            raise BadInput(_("“{text}” can't be an answer to this question.").format(text=text[:40]))
        return _checked(BlanksKey((*blanks[:at], blanks[at].with_accepted(line), *blanks[at + 1 :])))

    def unaccepted(self, key: Key, response: Response) -> tuple[tuple[str, str], ...]:
        """The folded text in each blank, and the text, behind the blank's number; none if there were other blanks."""
        blanks, typed = _key(key).blanks, filled(response).typed
        if len(typed) != len(blanks):
            return ()
        return tuple(
            (_naming(at, blanks, blank.alike(text)), _naming(at, blanks, text))
            for at, (blank, text) in enumerate(zip(blanks, typed, strict=True))
            if is_unknown(blank, text)
        )

    def with_answers(self, key: Key, answers: Key) -> Key | None:
        """The second key's spellings, as exact as the first key and with the first key's near misses.

        None if the keys have different numbers of blanks.
        """
        blanks, others = _key(key).blanks, _key(answers).blanks
        if len(blanks) != len(others):
            return None
        return BlanksKey(tuple(one.spelling(other.accepted) for one, other in zip(blanks, others, strict=True)))

    def without_answers(self, key: Key) -> Key:
        """A key with as many blanks, which says nothing of what is right in them."""
        return BlanksKey((ShortKey(),) * len(_key(key).blanks))

    def shown_stem(self, stem: str) -> str:
        """The stem with numbers behind its gaps."""
        return shown_gaps(stem)

    def controls(self, round_: Round) -> Controls:
        """A field for each blank."""
        number = len(_key(round_.key).blanks)
        labels = [_("Blank {number}").format(number=at) for at in range(1, number + 1)]
        fields = tuple(Field(label=label) for label in (labels if number > 1 else [_("Your answer")]))
        return Controls(kind=ControlKind.FIELDS, round_id=round_.id, fewest=1, most=len(fields), fields=fields)

    def hint(self, round_: Round) -> str:
        """Say that blanks are to be filled in, and whether capital letters, accents and punctuation count."""
        blanks = _key(round_.key).blanks
        several = len(blanks) > 1
        told = [_("Fill in the blanks: each one counts by itself.") if several else _("Fill in the blank.")]
        if any(blank.exact for blank in blanks):
            told.append(_("Capital letters, accents and punctuation count."))
        return " ".join(told)

    def refusal(self, given: Given, round_: Round) -> Refusal | None:
        """Refuse anything but a text for each blank, long texts, and only empty ones where the first answer counts."""
        if not isinstance(given, tuple) or not given:
            return FieldRefusal.NOTHING_TYPED
        if len(given) != len(_key(round_.key).blanks):
            return BlanksRefusal.OTHER_BLANKS
        lines = _lines(given)
        if max(map(len, lines)) > LONGEST_TYPED:
            return FieldRefusal.TOO_LONG
        may_be_empty = not any(text.strip() for text in given) and round_.reveal is Reveal.AT_CLOSE
        return None if any(lines) or may_be_empty else FieldRefusal.NOTHING_TYPED

    def explained(self, refusal: Refusal, round_: Round) -> str:
        """Say what to type instead."""
        if refusal is FieldRefusal.TOO_LONG:
            text = _("That isn't saved, because one of the texts is too long: {number} characters are the most.")
            return text.format(number=LONGEST_TYPED)
        if refusal is BlanksRefusal.OTHER_BLANKS:
            return _(
                "That isn't saved, because it doesn't fit the question's blanks. Go back to the question and try again."
            )
        return super().explained(refusal, round_)

    def response(self, given: Given, round_: Round) -> Response:
        """The line in each blank; an empty answer if there aren't as many texts as blanks."""
        if not isinstance(given, tuple) or len(given) != len(_key(round_.key).blanks):
            return BlanksAnswer()
        lines = tuple(line[:LONGEST_TYPED].rstrip() for line in _lines(given))
        return BlanksAnswer(lines if any(lines) else ())

    def result(self, round_: Round, _question: Question, responses: Sequence[Response]) -> tuple[ShownOption, ...]:
        """For each blank, what is right with how many had it, then the commonest wrong texts."""
        blanks, answers = _key(round_.key).blanks, list(filter(None, map(filled, responses)))
        return tuple(
            replace(told, text=at_blank(at, len(blanks), told.text))
            for at, blank in enumerate(blanks)
            for told in _told(blank, [answer.typed[at] for answer in answers])
        )

    def stored_response(self, stored: int | str) -> Response:
        """The texts for their stored form."""
        return BlanksAnswer(tuple(json.loads(stored))) if isinstance(stored, str) else BlanksAnswer()

    def stored_key(self, stored: int | str) -> Key:
        """The blanks for their stored form."""
        return stored_blanks_key(stored) if isinstance(stored, str) else self.no_key


def _drafted(draft: QuestionDraft, at: int) -> ShortKey:
    near_misses = (replace(near, text=one_line(near.text), blank=0) for near in draft.near_misses if near.blank == at)
    key = ShortKey(exact=draft.exact, near_misses=tuple(near_misses))
    return key.spelling([one_line(one.text) for one in draft.accepted if isinstance(one, InBlank) and one.blank == at])


def _how_to_type(blanks: int) -> str:
    if blanks == 1:
        return _("This question has one blank: name what is right in it, like Seine | river Seine.")
    message = _(
        "This question has {number} blanks: name what is right in each, in order, "
        "with ; between blanks and | between spellings, like Paris; Seine | river Seine."
    )
    return message.format(number=blanks)


def _for_blank(text: str, blanks: Sequence[ShortKey]) -> tuple[int, str]:
    """Read which blank a text is for, and the text."""
    found = _FOR_BLANK.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= len(blanks):
        message = _("Begin with the number of the blank that the answer is for (1 to {number}), like 2: Seine.")
        raise BadInput(message.format(number=len(blanks)))
    return int(found[1]) - 1, one_line(found[2])


def _naming(blank: int, blanks: Sequence[ShortKey], text: str) -> str:
    """Write a text as `_for_blank` reads it."""
    return f"{blank + 1}: {text}" if len(blanks) > 1 else text


def _checked(key: BlanksKey) -> BlanksKey:
    check_accepted([text for blank in key.blanks for text in blank.accepted])
    return key


def _lines(given: Sequence[str]) -> list[str]:
    return [typed_line((text,)) for text in given]


def _told(blank: ShortKey, texts: Sequence[str]) -> Iterator[ShownOption]:
    """Yield what is right in a blank, if that is known, and the commonest wrong texts."""
    wrong = [text for text in texts if text and not is_right(blank, text)]
    if blank:
        right = sum(is_right(blank, text) for text in texts)
        yield ShownOption(letter="", text=alternatives(blank.accepted), right=True, number=right, is_plain=True)
    yield from commonest((blank.alike(text), text) for text in wrong)[:_MOST_WRONG]


def _key(key: Key) -> BlanksKey:
    if not isinstance(key, BlanksKey):
        raise TypeError(f"{key!r} isn't the key of a question with blanks")
    return key
