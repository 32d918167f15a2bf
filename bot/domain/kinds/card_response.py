"""How well somebody knew the back of a card, in their own judgement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.identity import ChoiceId
from bot.domain.responses import Given, Response
from bot.i18n import gettext as _

NUMBER_OF_LEVELS = 3
"""How many words there are to choose from."""


def level_words() -> tuple[str, ...]:
    """Return the words to choose from, the best first."""
    return _("Knew it"), _("Almost"), _("Didn't know")


@dataclass(frozen=True, slots=True)
class Recall(Response):
    """How well somebody knew the back: 1 stands for the first word, 2 for the second; 0: they haven't said."""

    level: int = 0

    def __bool__(self) -> bool:
        return self.level > 0

    def __str__(self) -> str:
        return f"level {self.level}"

    @property
    def stored(self) -> int:
        """The level."""
        return self.level

    def given(self, _order: Sequence[ChoiceId]) -> Given:
        """The position of the word."""
        return frozenset({self.level - 1}) if self else frozenset()

    def spelled(self, _order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The word, as it stands in a sentence."""
        return (_("knew it"), _("almost"), _("didn't know"))[self.level - 1 : self.level] if self else ()

    def texts(self, _choices: Mapping[ChoiceId, str]) -> tuple[str, ...]:
        """The word."""
        return level_words()[self.level - 1 : self.level] if self else ()
