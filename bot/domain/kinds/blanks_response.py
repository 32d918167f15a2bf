"""The texts that somebody filled into the blanks of a question."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.gaps import numbered
from bot.domain.identity import ChoiceId
from bot.domain.responses import Given, Response
from bot.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class BlanksAnswer(Response):
    """A text for each blank, empty where nothing was filled in; no or only empty texts if the answer was taken back.

    It equals only the very same texts, like a `bot.domain.kinds.short.ShortAnswer`.
    """

    typed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(self.typed)

    def __str__(self) -> str:
        return f"texts {', '.join(map(repr, self.typed))}"

    @property
    def stored(self) -> int | str:
        """The texts as a list in JSON."""
        return json.dumps(self.typed, ensure_ascii=False) if self else 0

    def given(self, _order: Sequence[ChoiceId]) -> Given:
        """The texts as the contents of the fields."""
        return self.typed

    def spelled(self, _order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The texts with the numbers of their blanks."""
        return worded(self.typed) if self else ()

    def texts(self, _choices: Mapping[ChoiceId, str]) -> tuple[str, ...]:
        """The texts, including empty ones."""
        return self.typed if self else ()

    @property
    def understood(self) -> str:
        """The texts with the numbers of their blanks: what they stand for is told only with the key."""
        return ", ".join(self.spelled(()))


def worded(typed: Sequence[str]) -> tuple[str, ...]:
    """Say what each blank holds, even if that is nothing."""
    return numbered([text or _("left blank") for text in typed])
