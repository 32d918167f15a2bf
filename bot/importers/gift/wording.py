"""Turns the texts of a GIFT item into Markdown, whichever of the four ways they are written in."""

import re

from bot.importers.gift.item import NEW_LINE, released
from bot.importers.reading.compose import collapse, markdown
from bot.importers.reading.html import resolved
from bot.importers.reading.text import Line

_MARK = re.compile(r"\[(html|moodle|plain|markdown)\]")
_WITH_TAGS = frozenset({"html", "moodle"})


class Wording:
    """The texts of one item; what begins without a mark such as ``[html]`` is written as the item's stem is.

    Attributes:
        stem: the item's stem, as Markdown.
        dropped: names of the HTML tags that were taken out, because Markdown has nothing like them.
    """

    def __init__(self, stem: str) -> None:
        self.dropped: list[str] = []
        self._default = _parted(stem)[0] or "moodle"
        self.stem = self.text(stem)

    def text(self, raw: str) -> str:
        """A text with its paragraphs."""
        return markdown([Line(0, part.rstrip()) for part in self._resolved(raw).split("\n")])

    def line(self, raw: str) -> str:
        """A text on one line."""
        return collapse(self._resolved(raw))

    def typed(self, raw: str) -> str:
        """A text that people are to type, on one line, without any markup."""
        return collapse(released(_parted(raw)[1]))

    def _resolved(self, raw: str) -> str:
        mark, text = _parted(raw)
        written = mark or self._default
        if written == "html":
            text = released(text).replace("\n", " ")  # HTML has tags for new lines
        elif written != "markdown":
            text = text.replace(NEW_LINE, "\n\n")
        if written not in _WITH_TAGS:
            return released(text)
        shown, dropped = resolved(released(text))
        self.dropped += [name for name in dropped if name not in self.dropped]
        return shown


def _parted(raw: str) -> tuple[str, str]:
    """The name in the mark that a text begins with (empty: there is none), and the text behind it."""
    found = _MARK.match(raw.lstrip())
    return (found[1], raw.lstrip()[found.end() :]) if found else ("", raw)
