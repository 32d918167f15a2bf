"""Turns the texts of one item into Markdown, and finds the pictures in them."""

import re
from collections.abc import Callable
from html import escape, unescape

from bot.domain.errors import BadInput
from bot.importers.moodle.markup import code, on_one_line, parted
from bot.importers.qti.mathml import tex
from bot.importers.reading.compose import collapse
from bot.importers.reading.html import attributes
from bot.importers.reading.hypertext import Hypertext
from bot.importers.reading.text import repair
from bot.importers.xml.album import Picture
from bot.importers.xml.illustrated import Told
from bot.importers.xml.node import Node

_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"</[A-Za-z]|<(?:br|p|img|hr)\b", re.IGNORECASE)
_ATTRIBUTES = ("src", "alt", "href", "lang", "class")
_VOID = frozenset({"br", "hr", "img"})
_TAGS = """
    a abbr audio b big blockquote br caption center cite code col colgroup dd del dfn div dl dt em embed figcaption
    figure font form h1 h2 h3 h4 h5 h6 hr i iframe img input ins kbd label li mark math object ol p pre q s samp script
    section select small span strike strong style sub sup svg table tbody td th thead tr tt u ul var video
"""
_KNOWN = frozenset(_TAGS.split())
"""The elements of HTML that mean something in Markdown, or are told when they are taken out."""
_BLOCKS = frozenset({"address", "article", "aside", "details", "footer", "header", "main", "nav", "summary"})

Special = Callable[[Node], str | None]
"""Returns the HTML that stands for an element; None: it is HTML itself."""


class Texts:
    """The texts of one item.

    Args:
        picture: finds a picture in the file by its address; the second argument is what it shows.

    Attributes:
        damaged: whether wrongly encoded characters were repaired.
        lost: the names of pictures in texts that can't have any.
    """

    def __init__(self, picture: Callable[[str, str], Picture]) -> None:
        self.damaged = False
        self.lost: list[str] = []
        self._picture = picture
        self._hypertext = Hypertext()

    @property
    def dropped(self) -> list[str]:
        """Names of the HTML tags that were taken out, because Markdown has nothing like them."""
        return self._hypertext.dropped

    def told(self, html: str) -> Told:
        """A text with its paragraphs, and its pictures."""
        html, pictures = self._without_pictures(html)
        blocks = [
            code(part, opened).strip("\n") if opened else self._hypertext.text(part) for part, opened in parted(html)
        ]
        return Told(text="\n\n".join(filter(None, blocks)), pictures=pictures)

    def line(self, html: str) -> Told:
        """A text on one line, and its pictures."""
        told = self.told(html)
        return Told(text=on_one_line(told.text), pictures=told.pictures)

    def text(self, html: str) -> str:
        """A text that can't have pictures here, with its paragraphs."""
        told = self.told(html)
        self.lost += [picture.name for picture in told.pictures]
        return told.text

    def side(self, html: str) -> str:
        """A text on one line that can't have pictures here; what they show is told in words, if known."""
        told = self.line(html)
        self.lost += [picture.name for picture in told.pictures]
        return collapse(" ".join([told.text, *(picture.alt for picture in told.pictures)]))

    def typed(self, html: str) -> str:
        """A text that people are to type, on one line, without any markup."""
        return self._hypertext.typed(self._mended(html))

    def _without_pictures(self, html: str) -> tuple[str, tuple[Picture, ...]]:
        pictures: dict[str, Picture] = {}

        def without(found: re.Match[str]) -> str:
            told = attributes(found[0])
            source = unescape(told.get("src", "")).strip()
            if source not in pictures:
                pictures[source] = self._picture(source, collapse(unescape(told.get("alt", ""))))
            return " "

        return _IMAGE.sub(without, self._mended(html)), tuple(pictures.values())

    def _mended(self, text: str) -> str:
        mended = repair(text)
        self.damaged = self.damaged or mended != text
        return mended


def html_in(node: Node, special: Special) -> str:
    """Return what is in an element as HTML."""
    return "".join(
        escape(part, quote=False) if isinstance(part, str) else html_of(part, special) for part in node.content
    )


def html_of(node: Node, special: Special) -> str:
    """Return an element as HTML. Formulas become TeX."""
    if (instead := special(node)) is not None:
        return instead
    if node.tag == "math":
        return _formula(node)
    told = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items() if name in _ATTRIBUTES)
    inside = html_in(node, special)
    if node.tag == "rt":
        return f" ({inside.strip()})"
    if node.tag not in _KNOWN:
        return f"<div>{inside}</div>" if node.tag in _BLOCKS else inside
    return f"<{node.tag}{told}>" if node.tag in _VOID else f"<{node.tag}{told}>{inside}</{node.tag}>"


def of_plain(text: str) -> str:
    """Return a plain text as HTML, with its lines."""
    return "<br>".join(escape(line, quote=False) for line in text.strip().split("\n"))


def has_markup(text: str) -> bool:
    """Whether a text is HTML, for all one can tell."""
    return bool(_MARKUP.search(text))


def _formula(node: Node) -> str:
    try:
        return f"\\({escape(tex(node), quote=False)}\\)"
    except BadInput:
        return f"<math>{escape(_bare(node), quote=False)}</math>"


def _bare(node: Node) -> str:
    return " ".join(part if isinstance(part, str) else _bare(part) for part in node.content)
