"""Turns the texts of a GIFT item into Markdown, whichever of the four ways they are written in."""

import re

from bot.importers.gift.item import NEW_LINE, released
from bot.importers.moodle.markup import Markup, on_one_line, paragraphs
from bot.importers.reading.compose import collapse

_MARK = re.compile(r"\[(html|moodle|plain|markdown)\]")


class Wording:
    """The texts of one item; what begins without a mark such as ``[html]`` is written as the item's stem is.

    Attributes:
        stem: the item's stem, as Markdown.
    """

    def __init__(self, stem: str) -> None:
        self._markup = Markup()
        self._default = _parted(stem)[0] or "moodle"
        self.stem = self.text(stem)

    @property
    def dropped(self) -> list[str]:
        """Names of the HTML tags that were taken out, because Markdown has nothing like them."""
        return self._markup.dropped

    def text(self, raw: str) -> str:
        """A text with its paragraphs."""
        return paragraphs(self._resolved(raw))

    def line(self, raw: str) -> str:
        """A text on one line."""
        return on_one_line(self._resolved(raw))

    def typed(self, raw: str) -> str:
        """A text that people are to type, on one line, without any markup."""
        return collapse(released(_parted(raw)[1]))

    def _resolved(self, raw: str) -> str:
        mark, text = _parted(raw)
        written = mark or self._default
        if written == "html":
            return self._markup.html(released(text))
        if written == "markdown":
            return released(text)
        text = released(text.replace(NEW_LINE, "\n\n"))
        return text if written == "plain" else self._markup.tags(text)


def _parted(raw: str) -> tuple[str, str]:
    """The name in the mark that a text begins with (empty: there is none), and the text behind it."""
    found = _MARK.match(raw.lstrip())
    return (found[1], raw.lstrip()[found.end() :]) if found else ("", raw)
