"""Pages of the web room as a person reads them: what stands in each message, tags gone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.adapters.stages.eyes import letters

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_INLINE = {"a", "b", "code", "em", "i", "label", "small", "span", "strong", "td", "th", "time"}
_APART = {"span", "td", "th"}
"""Those that stand in one line, but not close to each other."""
_ASIDE = {"head": "about", "said": "about", "receipt": "receipt", "problem": "receipt"}
"""What belongs to a message without being its text, by class."""
_KEPT = "\0"
"""A space in code, which isn't folded with its neighbours."""


@dataclass(slots=True)
class Article:
    """One message: its text, and what the reader alone was told about it."""

    id: str
    order: int
    source: str = ""
    parts: dict[str, list[str]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What everybody reads."""
        return _lines(self.parts.get("text", ()))

    @property
    def receipt(self) -> str:
        """What the reader alone was told."""
        return _lines(self.parts.get("receipt", ()))


def _lines(parts: Iterable[str]) -> str:
    folded = re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", "".join(parts)))
    return letters(folded.strip().replace(_KEPT, " "))


class _Reader(HTMLParser):
    """Collects the articles of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.articles: list[Article] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "article":
            self.articles.append(Article(said["id"] or "", int(said["data-order"] or 0)))
        part = next((_ASIDE[one] for one in (said.get("class") or "").split() if one in _ASIDE), self._part)
        self._part_lines(tag)
        if tag == "img" and part == "receipt":
            self._add(f" {said.get('alt')} ")  # what is said with a picture can be read, too
        if tag not in _VOID:
            self._open.append((tag, part))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        self._part_lines(tag)

    def handle_data(self, data: str) -> None:
        self._add(data.replace(" ", _KEPT) if self._in_code else re.sub(r"\s+", " ", data))

    def _part_lines(self, tag: str) -> None:
        if tag not in _INLINE:
            self._add("\n")
        elif tag in _APART and not self._in_code:
            self._add(" ")

    @property
    def _in_code(self) -> bool:
        """Whether the text is in a block of code, where spans only colour it."""
        return any(tag == "pre" for tag, _part in self._open)

    @property
    def _part(self) -> str:
        return self._open[-1][1] if self._open else "text"

    def _add(self, text: str) -> None:
        if any(tag == "article" for tag, _part in self._open):
            self.articles[-1].parts.setdefault(self._part, []).append(text)


def articles(html: str) -> list[Article]:
    """The messages on a page, oldest first."""
    reader = _Reader()
    reader.feed(html)
    for article, source in zip(reader.articles, re.findall(r"<article.*?</article>", html, re.DOTALL), strict=True):
        article.source = source
    return sorted(reader.articles, key=lambda one: one.order)
