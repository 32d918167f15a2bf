"""Turns texts in HTML, as web editors write them, into Markdown, and keeps count of what got lost."""

import html
import re

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.importers.reading.compose import collapse, markdown
from bot.importers.reading.html import resolved
from bot.importers.reading.lines import Line
from bot.importers.reading.plain_text import escaped
from bot.importers.reading.shape import is_text
from bot.importers.reading.text import tidied

_TAG = re.compile(r"<[^<>]*>")
_TEXT_OR_TAG = re.compile(r"<[^<>]*>|[^<]+|<")
_INSIDE = r"(?:[^\\\n$`]|\\(?![()\[\]]))++"
_FORMULA = re.compile(rf"\\\((?P<inline>{_INSIDE})\\\)|\\\[(?P<displayed>{_INSIDE})\\\]")
_SPACE_BEFORE_END = re.compile(r"((?:\s|&nbsp;){1,20})(</(?:b|strong|i|em)>)", re.IGNORECASE)
_SPACE_AFTER_START = re.compile(r"(<(?:b|strong|i|em)>)((?:\s|&nbsp;){1,20})", re.IGNORECASE)
_EMPTY = re.compile(r"<(b|strong|i|em)></\1>", re.IGNORECASE)
"""In Markdown, emphasis neither begins nor ends with a space."""
_FORMULA_SIGNS = ("\\(", "\\[", "$$")


class Hypertext:
    """Turns texts that belong together into Markdown.

    Attributes:
        dropped: names of the HTML tags that were taken out, because Markdown has nothing like them.
    """

    def __init__(self) -> None:
        self.dropped: list[str] = []

    def text(self, raw: str) -> str:
        """A text with its paragraphs.

        Raises:
            BadInput: it has characters that aren't text.
        """
        return markdown([Line(0, part.rstrip()) for part in self._resolved(raw).split("\n")])

    def line(self, raw: str) -> str:
        """A text on one line.

        Raises:
            BadInput: as for `text`.
        """
        return collapse(self._resolved(raw))

    def typed(self, raw: str) -> str:
        """A text that people are to type, on one line, without any markup.

        Raises:
            BadInput: as for `text`.
        """
        return collapse(tidied(_checked(html.unescape(without_markup(raw)))))

    def _resolved(self, raw: str) -> str:
        text = raw.replace("\r", " ").replace("\n", " ")  # HTML has tags for new lines
        text = _EMPTY.sub("", _SPACE_AFTER_START.sub(r"\2\1", _SPACE_BEFORE_END.sub(r"\2\1", text)))
        if any(sign in text for sign in _FORMULA_SIGNS):
            text = _FORMULA.sub(_as_formula, text)
        else:
            text = "".join(part if part[0] == "<" else escaped(part) for part in _TEXT_OR_TAG.findall(text))
        shown, dropped = resolved(text)
        self.dropped += [name for name in dropped if name not in self.dropped]
        return tidied(_checked(shown))


def without_markup(raw: str) -> str:
    """Return a text in HTML without its tags."""
    return _TAG.sub("", raw)


def _as_formula(found: re.Match[str]) -> str:
    displayed = found["displayed"]
    return f"${found['inline'].strip()}$" if displayed is None else f"$${displayed.strip()}$$"


def _checked(text: str) -> str:
    if not is_text(text):
        raise BadInput(_("A character in it isn't text (NUL or half a surrogate pair)."))
    return text
