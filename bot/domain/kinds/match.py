"""Questions that are answered by matching: each left side with the right side that belongs to it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random
from typing import ClassVar, TypeVar

from bot.domain.drafts import QuestionDraft, Select
from bot.domain.errors import BadInput
from bot.domain.identity import ChoiceId
from bot.domain.kinds.kind import ShownOption
from bot.domain.kinds.match_key import Matched, MatchKey, Pairs, in_words, matched, pairs_in
from bot.domain.kinds.row import RowKind
from bot.domain.questions import LETTERS, Question
from bot.domain.responses import Given, Key, Response
from bot.domain.rounds import Round
from bot.i18n import gettext as _

__all__ = ["MatchKey", "MatchKind", "Matched"]

_Side = TypeVar("_Side")

_TYPED_PAIR = re.compile(r"([0-9]{1,2})[\s:.)=–-]*([A-Za-z])")
_BETWEEN_PAIRS = re.compile(r"[\s,;]+")


class MatchKind(RowKind):
    """Questions that are answered with a menu of right sides for each left side.

    Their choices are the left sides, as many as ``select`` says, and then the right sides.
    """

    name: ClassVar[str] = "match"
    no_key: ClassVar[Key] = MatchKey()

    def drafted_key(self, draft: QuestionDraft, ids: Sequence[ChoiceId]) -> Key:
        """The pairs of each left side with the choice at the position that the draft names; none if one is missing."""
        is_whole = len(draft.key) == draft.select
        pairs = ((left, ids[position]) for left, position in zip(ids, draft.key, strict=False))
        return MatchKey(_sorted(pairs)) if is_whole else MatchKey()

    def with_key(self, draft: QuestionDraft, ids: Sequence[ChoiceId], key: Key) -> QuestionDraft:
        """The draft with the position of the right side for each left one."""
        right_of = dict(_key(key).pairs)
        return replace(draft, key=tuple(ids.index(right_of[left]) for left in ids if right_of.get(left) in ids))

    def typed_key(self, text: str, question: Question) -> Key:
        """The pairs that ``1B 2A`` names: numbers and letters count the sides in the order of the source.

        Raises:
            BadInput: it doesn't name a letter for each number.
        """
        lefts, rights = _sides(question.order, question.select)
        typed = [(int(number) - 1, LETTERS.find(letter.upper())) for number, letter in _TYPED_PAIR.findall(text)]
        is_whole = sorted(number for number, _letter in typed) == list(range(len(lefts)))
        exist = all(0 <= letter < len(rights) for _number, letter in typed)
        if not is_whole or not exist or _BETWEEN_PAIRS.sub("", _TYPED_PAIR.sub("", text)):
            message = _("“{text}” doesn't name a letter up to {last} for each number up to {number}, like 1B 2A.")
            raise BadInput(message.format(text=text, last=LETTERS[len(rights) - 1], number=len(lefts)))
        return MatchKey(_sorted((lefts[number], rights[letter]) for number, letter in typed))

    def with_answers(self, key: Key, answers: Key) -> Key | None:
        """The second key, if both have the same left sides."""
        one, other = dict(_key(key).pairs).keys(), dict(_key(answers).pairs).keys()
        return answers if one == other or not one or not other else None

    def shuffled(self, question: Question, random: Random) -> tuple[ChoiceId, ...]:
        """Shuffle the right sides."""
        lefts, rights = _sides(question.order, question.select)
        return (*lefts, *random.sample(rights, len(rights)))

    def length(self, round_: Round) -> int:
        """As many as there are left sides."""
        return len(_sides(round_.order, round_.select)[0])

    def offered(self, round_: Round) -> tuple[ChoiceId, ...]:
        """All right sides."""
        return _sides(round_.order, round_.select)[1]

    def uses_once(self, round_: Round) -> bool:
        """Whether each right side belongs to one left side at most, which the hint tells."""
        rights = [right for _left, right in _key(round_.key).pairs]
        return bool(rights) and len(set(rights)) == len(rights)

    def labels(self, round_: Round, question: Question) -> Sequence[str]:
        """The left sides, numbered; without the backslash, Markdown would make a list of each."""
        lefts, _rights = _sides(round_.order, round_.select)
        return [f"{number}\\. {question.choice(left).text}" for number, left in enumerate(lefts, start=1)]

    def signs(self, choices: int, select: Select) -> Sequence[str]:
        """A number for each left side, a letter for each right one."""
        lefts, rights = _sides(range(choices), select)
        return [*(str(left + 1) for left in lefts), *LETTERS[: len(rights)]]

    def hint(self, round_: Round) -> str:
        """Say how to match, and whether a right side may be used again."""
        if self.uses_once(round_):
            return _("Pick the letter for each number. No letter fits twice.")
        return _("Pick the letter for each number. A letter may fit more than once.")

    def response(self, given: Given, round_: Round) -> Response:
        """The pairs that were made."""
        lefts, _rights = _sides(round_.order, round_.select)
        return Matched(_sorted(zip(lefts, self.picked(given, round_), strict=False)))

    def result(self, round_: Round, question: Question, responses: Sequence[Response]) -> tuple[ShownOption, ...]:
        """The right pairs by their left sides, with how many made each."""
        made = [matched(response).pairs for response in responses]
        right_of = dict(_key(round_.key).pairs)
        return tuple(
            ShownOption(
                letter=str(number),
                text=in_words(question.choice(left).text, question.choice(right_of[left]).text),
                right=True,
                number=sum((left, right_of[left]) in pairs for pairs in made),
            )
            for number, left in enumerate(round_.order[: len(right_of)], start=1)
        )

    def stored_response(self, stored: int | str) -> Response:
        """The pairs that are listed."""
        return Matched(pairs_in(stored))

    def stored_key(self, stored: int | str) -> Key:
        """The pairs that are listed."""
        return MatchKey(pairs_in(stored))


def _key(key: Key) -> MatchKey:
    if not isinstance(key, MatchKey):
        raise TypeError(f"{key!r} isn't the key of pairs")
    return key


def _sides(choices: Sequence[_Side], select: Select) -> tuple[tuple[_Side, ...], tuple[_Side, ...]]:
    """Divide choices into the left sides and the right sides."""
    if not isinstance(select, int):
        raise TypeError("a question to match says how many left sides it has")
    return tuple(choices[:select]), tuple(choices[select:])


def _sorted(pairs: Iterable[tuple[ChoiceId, ChoiceId]]) -> Pairs:
    return tuple(sorted(pairs))
