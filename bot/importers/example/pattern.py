"""A pattern says what stands on a line, ``Task {number} >> {text}``; white space and case don't matter."""

import re
from functools import lru_cache
from string import Formatter
from typing import NamedTuple

from bot.domain.errors import BadInput
from bot.domain.readings import LONGEST_PATTERN
from bot.i18n import gettext as _

_FIELDS = {
    "number": r"(?P<number>\d{1,6})(?!\d)",
    "letter": r"(?P<letter>[^\W\d_])(?![^\W\d_])",
}
_TEXT = "text"
_SPACE = re.compile(r"\s+")


class Matched(NamedTuple):
    """What the fields of a pattern are on a line; a field that the pattern doesn't have is empty."""

    text: str
    number: str = ""
    letter: str = ""

    @property
    def label(self) -> str:
        """The letter or the number."""
        return self.letter or self.number


class Pattern:
    """A pattern that lines are compared with."""

    def __init__(self, written: str) -> None:
        """Take a pattern apart.

        Raises:
            BadInput: it isn't a pattern, it has a field twice, or it doesn't end with a text.
        """
        before, behind = _parts(written)
        self._before = re.compile(rf"\s*{_joined(before)}", re.IGNORECASE)
        self._behind = _SPACE.sub(" ", behind.strip()).lower()

    def match(self, line: str) -> Matched | None:
        """Return the fields on a line; None if the line doesn't fit."""
        found = self._before.match(line)
        if not found:
            return None
        rest = line[found.end() :].rstrip()
        if self._behind:
            at = len(rest) - len(self._behind)
            if at < 0 or rest[at:].lower() != self._behind:
                return None
            rest = rest[:at].rstrip()
        fields = found.groupdict()
        return Matched(rest.lstrip(), fields.get("number") or "", fields.get("letter") or "")


@lru_cache(maxsize=1_000)
def pattern(written: str) -> Pattern:
    """Return a pattern, which is taken apart only once.

    Raises:
        BadInput: as `Pattern` does.
    """
    return Pattern(written)


def literally(text: str) -> str:
    """Return a pattern for exactly this text, with its braces doubled."""
    return _SPACE.sub(" ", text).replace("{", "{{").replace("}", "}}")


def _parts(written: str) -> tuple[list[str], str]:
    """The literal texts and fields before ``{text}``, in turn, and the literal text behind it."""
    if len(written) > LONGEST_PATTERN:
        raise BadInput(_("A pattern has at most {limit} characters.").format(limit=LONGEST_PATTERN))
    literals, fields = [""], list[str]()
    try:
        for literal, field, _spec, _conversion in Formatter().parse(written):
            literals[-1] += literal
            if field is not None:
                fields.append(field)
                literals.append("")
    except ValueError as error:
        raise _bad(written) from error
    if fields[-1:] != [_TEXT] or len(set(fields)) < len(fields) or not {*fields} <= {_TEXT, *_FIELDS}:
        raise _bad(written)
    before = [part for pair in zip(literals, fields, strict=False) for part in (pair[0], _FIELDS.get(pair[1], ""))]
    return before, literals[-1]


def _joined(parts: list[str]) -> str:
    """A regular expression for literal texts and fields in turn, in which white space may stand or be left out."""
    escaped = [
        part if at % 2 else r"\s*".join(re.escape(word) for word in part.split()) for at, part in enumerate(parts)
    ]
    return r"\s*".join(piece for piece in escaped if piece)


def _bad(written: str) -> BadInput:
    message = _(
        "“{pattern}” isn't a pattern. It needs {{text}} once, and may have {{number}} and {{letter}} before it."
    )
    return BadInput(message.format(pattern=written))
