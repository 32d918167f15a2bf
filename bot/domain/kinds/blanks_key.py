"""What is right in each blank of a question."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.alternatives import alternatives
from bot.domain.gaps import at_blank, numbered
from bot.domain.grading import FULL_MARKS, Grade
from bot.domain.identity import ChoiceId
from bot.domain.kinds.blanks_response import BlanksAnswer, worded
from bot.domain.kinds.short_key import ShortKey, judgement, key_told, told_key
from bot.domain.kinds.short_response import ShortAnswer
from bot.domain.kinds.typed_key import TypedKey
from bot.domain.responses import Response
from bot.i18n import gettext as _

BETWEEN_BLANKS, BETWEEN_SPELLINGS = ";", "|"
"""What people type between the blanks of a key, and between the spellings of one blank."""


@dataclass(frozen=True)
class BlanksKey(TypedKey):
    """The key of a short answer for each blank; the right answer is unknown if one of them says nothing."""

    blanks: tuple[ShortKey, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.blanks) and all(self.blanks)

    @property
    def stored(self) -> int | str:
        """What each blank accepts, as a list in JSON, even if nothing is known but the number of blanks."""
        return _stored(self) if self.blanks else 0

    def rights(self, response: Response) -> tuple[bool, ...]:
        """Say for each blank whether a response is right there."""
        return tuple(is_right(blank, text) for blank, text in self._pairs(response))

    def is_right(self, response: Response) -> bool:
        """Whether a response is right in all blanks."""
        return all(self.rights(response))

    def grade(self, response: Response) -> Grade:
        """Divide full marks evenly among the blanks."""
        if not self:
            raise ValueError("an unkeyed question can't be graded")
        rights = self.rights(response)
        return Grade(points=FULL_MARKS * sum(rights) // len(rights), right=all(rights))

    def understood(self, response: Response) -> str:
        """What the text in each blank stands for: ``(1) Paris (you typed Pariss), (2) Seine``."""
        return ", ".join(worded([blank.understood(ShortAnswer(text)) for blank, text in self._pairs(response)]))

    def hint(self, response: Response) -> str:
        """Which blanks are wrong, if others are right, and what the bank says about near misses."""
        rights = self.rights(response)
        wrong = [at_blank(blank, len(rights)) for blank, right in enumerate(rights) if not right]
        told = [_("Not right: {blanks}.").format(blanks=", ".join(wrong))] if any(rights) and wrong else []
        hints = (blank.hint(ShortAnswer(text)) for blank, text in self._pairs(response))
        return " ".join([*told, *filter(None, hints)])

    def spelled(self, _order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """All spellings of each blank, best first: ``(1) Paris``, ``(2) Seine | river Seine``."""
        between = f" {BETWEEN_SPELLINGS} "
        return numbered([between.join(blank.accepted) for blank in self.blanks]) if self else ()

    def named(self, _order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The best spellings of each blank: ``(1) Paris``, ``(2) Seine or river Seine``."""
        return numbered([alternatives(blank.accepted) for blank in self.blanks]) if self else ()

    def _pairs(self, response: Response) -> list[tuple[ShortKey, str]]:
        return list(zip(self.blanks, filled(response).typed or ("",) * len(self.blanks), strict=True))


def filled(response: Response) -> BlanksAnswer:
    """Return a response as the texts in the blanks.

    Raises:
        TypeError: it belongs to another kind.
    """
    if not isinstance(response, BlanksAnswer):
        raise TypeError(f"{response!r} doesn't answer a question with blanks")
    return response


def is_right(blank: ShortKey, text: str) -> bool:
    """Whether a text is right in a blank."""
    return bool(text) and judgement(blank, ShortAnswer(text)).accepted is not None


@lru_cache(maxsize=1_000)
def stored_blanks_key(stored: str) -> BlanksKey:
    """Return the key for its stored form."""
    return BlanksKey(tuple(map(key_told, json.loads(stored))))


@lru_cache(maxsize=1_000)
def _stored(key: BlanksKey) -> str:
    return json.dumps([told_key(blank) for blank in key.blanks], ensure_ascii=False)
