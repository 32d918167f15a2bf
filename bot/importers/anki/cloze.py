"""Finds what Anki's cloze notes hide: texts in double braces, such as ``{{c1::Oslo::a city}}``."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_SIGN = re.compile(r"\{\{c(?P<number>[0-9]{1,3})::|\}\}", re.IGNORECASE)
_BEFORE_HINT = "::"
_DEEPEST = 8
"""How deep such texts may be inside each other, as in Anki."""


@dataclass(slots=True)
class Hidden:
    """A text that one of the note's cards hides; other such texts may be inside it.

    Attributes:
        number: the number of the card.
        parts: the text, divided where others are hidden.
        hint: what is shown instead; empty: nothing in particular.
    """

    number: int
    parts: "list[str | Hidden]" = field(default_factory=list)
    hint: str = ""

    @property
    def text(self) -> str:
        """All of the text."""
        return joined(self.parts, lambda inner: inner.text)


Parts = list[str | Hidden]
"""A text, divided where something is hidden."""


def taken_apart(html: str) -> Parts:
    """Divide a text where something is hidden; what isn't closed hides nothing."""
    opened: list[Hidden] = []
    whole: Parts = []
    at = 0

    def take(part: str | Hidden) -> None:
        if part:
            (opened[-1].parts if opened else whole).append(part)

    def take_text(text: str) -> None:
        if opened and _BEFORE_HINT in text:
            text, _sign, opened[-1].hint = text.partition(_BEFORE_HINT)
        take(text)

    for found in _SIGN.finditer(html):
        begins = found["number"] is not None
        if len(opened) >= _DEEPEST if begins else not opened:
            continue
        take_text(html[at : found.start()])
        at = found.end()
        if begins:
            opened.append(Hidden(int(found["number"])))
        else:
            take(opened.pop())
    take_text(html[at:])
    for unclosed in opened:
        whole += unclosed.parts
    return whole


def all_hidden(parts: Parts) -> list[Hidden]:
    """Return what is hidden in a text, in the order in which it begins."""
    found: list[Hidden] = []
    waiting: Parts = [*reversed(parts)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Hidden):
            found.append(part)
            waiting += reversed(part.parts)
    return found


def joined(parts: Parts, instead: Callable[[Hidden], str]) -> str:
    """Return a text with something else for each part that may be hidden."""
    return "".join(part if isinstance(part, str) else instead(part) for part in parts)
