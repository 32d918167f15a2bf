"""Turns the HTML of one of Anki's notes into Markdown, and finds the pictures in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from bot.importers.moodle.markup import Markup
from bot.importers.reading.compose import collapse
from bot.importers.reading.html import attributes
from bot.importers.reading.hypertext import Hypertext

_SOUND = re.compile(r"\[(?:sound|anki:play):[^\[\]]{1,300}\]")
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_PRE = re.compile(r"<(?P<end>/?)pre\b[^<>]*>", re.IGNORECASE)
_UNQUOTED = re.compile(r"\bsrc\s{0,3}=\s{0,3}([^\s\"'<>]{1,300})", re.IGNORECASE)
_FORMULA_MARKS = (("[$]", "\\("), ("[/$]", "\\)"), ("[$$]", "\\["), ("[/$$]", "\\]"))
"""How Anki marks formulas that LaTeX draws, and how those that a browser draws."""
_LATEX, _LATEX_END = "[latex]", "[/latex]"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a text: the name of its file, and what it shows in words, if that is told."""

    name: str
    alt: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a text says, as Markdown without its pictures, and the pictures."""

    text: str
    pictures: tuple[Picture, ...]


class Texts:
    """The texts of a note.

    Attributes:
        dropped: names of the HTML tags that were taken out, because Markdown has nothing like them.
        has_sound: whether a sound was taken out.
    """

    def __init__(self) -> None:
        self.has_sound = False
        self._words = Hypertext()
        self._code = Markup()

    @property
    def dropped(self) -> list[str]:
        """The names of the HTML tags that were taken out, because Markdown has nothing like them."""
        return [*dict.fromkeys([*self._words.dropped, *self._code.dropped])]

    def told(self, html: str) -> Told:
        """Return a text with its paragraphs and code, and its pictures.

        Raises:
            BadInput: it has characters that aren't text.
        """
        html, pictures = self._without_media(html)
        shown = (
            self._code.html(part).strip() if is_code else self._words.text(part) for part, is_code in _divided(html)
        )
        return Told("\n\n".join(filter(None, shown)), pictures)

    def line(self, html: str) -> Told:
        """Return a text on one line, and its pictures.

        Raises:
            BadInput: as for `told`.
        """
        html, pictures = self._without_media(html)
        return Told(self._words.line(html), pictures)

    def typed(self, html: str) -> str:
        """Return a text that people are to type, on one line, without any markup.

        Raises:
            BadInput: as for `told`.
        """
        html, _pictures = self._without_media(html)
        return self._words.typed(html)

    def _without_media(self, html: str) -> tuple[str, tuple[Picture, ...]]:
        """A text without sounds and pictures, with formulas marked as `Hypertext` knows them; and the pictures."""
        if "[" in html:
            html, sounds = _SOUND.subn(" ", html)
            self.has_sound = self.has_sound or bool(sounds)
            html = _with_formulas(html)
        pictures: dict[Picture, None] = {}

        def without(found: re.Match[str]) -> str:
            if (picture := _picture(found[0])).name:
                pictures[picture] = None
            return " "

        return (_IMAGE.sub(without, html) if "<" in html else html), tuple(pictures)


def _with_formulas(html: str) -> str:
    """A text whose formulas are marked as those that a browser draws."""
    for mark, known in _FORMULA_MARKS:
        html = html.replace(mark, known)
    first, *others = html.split(_LATEX)
    shown = [first]
    for other in others:
        inside, closed, after = other.partition(_LATEX_END)
        formula = inside.strip()
        is_inline = closed and len(formula) > 2 and formula.count("$") == 2 and formula[0] == formula[-1] == "$"
        shown += [f"\\({formula[1:-1]}\\)" if is_inline else inside, after]
    return "".join(shown)


def _picture(tag: str) -> Picture:
    told = attributes(tag)
    bare = _UNQUOTED.search(tag)
    source = told.get("src") or (bare[1] if bare else "")
    return Picture(unquote(unescape(source)).strip(), collapse(unescape(told.get("alt", ""))))


def _divided(html: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text, each with whether it is a block of code."""
    start, begun = 0, None
    for found in _PRE.finditer(html):
        if begun is None and not found["end"]:
            yield html[start : found.start()], False
            start = begun = found.start()
        elif begun is not None and found["end"]:
            yield html[start : found.end()], True
            start, begun = found.end(), None
    yield html[start:], False
