"""Turns the cells of a table into Markdown. HTML is resolved where a cell is written in it, and not about it."""

import re

from bot.importers.reading.compose import collapse, markdown
from bot.importers.reading.html import resolved
from bot.importers.reading.lines import Line

_WRITTEN_IN_HTML = re.compile(
    r"</(?:p|b|strong|em|i|u|div|span|sub|sup|ul|ol|li|code|pre|a|table|td|h[1-6])>|(?<=\S)<br ?/?>", re.IGNORECASE
)
_ABOUT_HTML = re.compile(r"\b(?:x?html5?|tags?|elements?|markup|attributes?|css|balise|étiquette)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|apos|#[0-9]{2,5}|#x[0-9a-f]{2,5});", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,200}>")


class Wording:
    """The texts of one row.

    Attributes:
        dropped: names of the HTML tags that were taken out, because Markdown has nothing like them.
    """

    def __init__(self, cells: str) -> None:
        """Judge by all the cells of a row whether tags in them are what it is about."""
        self.dropped: list[str] = []
        self._is_literal = "<" in cells and bool(_ABOUT_HTML.search(_TAG.sub("", cells)))

    def text(self, cell: str) -> str:
        """A text with its paragraphs."""
        shown = self._resolved(cell)
        if "\n" not in shown:
            return collapse(shown)
        return markdown([Line(0, part.rstrip()) for part in shown.split("\n")])

    def line(self, cell: str) -> str:
        """A text on one line."""
        return collapse(self._resolved(cell))

    def _resolved(self, cell: str) -> str:
        is_html = "<" in cell and not self._is_literal and bool(_WRITTEN_IN_HTML.search(cell))
        if not is_html and (self._is_literal or not _ENTITY.search(cell)):
            return cell
        if not is_html and "<" in cell:
            return cell
        shown, dropped = resolved(cell)
        if not shown.strip():
            return cell
        self.dropped += [name for name in dropped if name not in self.dropped]
        return shown
