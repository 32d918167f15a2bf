"""The back of a card, and the short answer that it can be asked as."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.identity import ChoiceId
from bot.domain.kinds.short_key import ShortKey
from bot.domain.lines import one_line
from bot.domain.responses import Key, Response

MOST_CHARACTERS = 40
"""The most characters of a short back; longer ones are rarely typed as they stand."""
MOST_WORDS = 5
"""The most words of a short back."""


@dataclass(frozen=True)
class Back(Key):
    """The back of a card; empty if it is unknown.

    Attributes:
        text: the back, as Markdown.
        accepted: further texts that are right where the card is asked as a short answer.
    """

    text: str = ""
    accepted: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, accepted: Iterable[str] = ()) -> "Back":
        """Return a back that accepts these texts, too; of texts that count as one, it keeps the first."""
        back = cls(text.encode(errors="ignore").decode().strip())  # no database stores halves of characters
        if not back:
            return back
        _line, *others = back.typed([one_line(one) for one in accepted]).accepted
        return cls(back.text, tuple(others))

    def __bool__(self) -> bool:
        return bool(self.line)

    @property
    def stored(self) -> int | str:
        """The texts as JSON."""
        return _stored(self) if self else 0

    @property
    def in_full(self) -> str:
        """The back."""
        return self.text

    @property
    def line(self) -> str:
        """The back on one line, without signs that make all of it code or emphasis."""
        line = one_line(self.text)
        for sign in ("**", "*", "`"):
            inner = line.removeprefix(sign).removesuffix(sign)
            if inner.strip() and len(line) == len(inner) + 2 * len(sign) and sign not in inner:
                line = inner.strip()
        return line

    @property
    def is_short(self) -> bool:
        """Whether the back can be asked for as a short answer: few words, on one line."""
        is_one_line = len(self.text.splitlines()) == 1
        return is_one_line and len(self.line) <= MOST_CHARACTERS and len(self.line.split()) <= MOST_WORDS

    def typed(self, accepted: Iterable[str] = ()) -> ShortKey:
        """Return the key of a short answer that accepts the back and these texts."""
        return ShortKey().spelling([self.line, *accepted])

    def grade(self, _response: Response) -> None:
        """Give no grade: nobody can check how well people knew the back."""

    def fits(self, order: Sequence[ChoiceId]) -> bool:
        """Whether no choices are shown."""
        return not order

    def spelled(self, _order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The back on one line, then the further texts."""
        return (self.line, *self.accepted) if self else ()


@lru_cache(maxsize=1_000)
def stored_back(stored: str) -> Back:
    """Return the key for its stored form; what this version doesn't know in it is passed over."""
    told = json.loads(stored)
    return Back(told["back"], tuple(told.get("accepted", ())))


@lru_cache(maxsize=1_000)
def _stored(back: Back) -> str:
    return json.dumps({"back": back.text, "accepted": back.accepted}, ensure_ascii=False)
