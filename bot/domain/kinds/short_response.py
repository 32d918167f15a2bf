"""The short text that somebody typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.identity import ChoiceId
from bot.domain.responses import Given, Response


@dataclass(frozen=True, slots=True)
class ShortAnswer(Response):
    """The text that somebody typed; empty if the answer was taken back.

    It equals only the very same text: a key may be exact, and nobody is to be told what somebody else typed.
    """

    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return f"text {self.text!r}"

    @property
    def stored(self) -> int | str:
        """The text."""
        return self.text or 0

    def given(self, _order: Sequence[ChoiceId]) -> Given:
        """The text as the field's content."""
        return (self.text,)

    def spelled(self, _order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The text."""
        return (self.text,) if self else ()

    def texts(self, _choices: Mapping[ChoiceId, str]) -> tuple[str, ...]:
        """The text."""
        return (self.text,) if self else ()

    @property
    def understood(self) -> str:
        """The text: what it stands for isn't told before the key is."""
        return self.text
