"""Walks through an HTML page and finds its lines, lists, tables, boxes to tick, code and pictures."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from lxml import etree

from bot.importers.documents.groups import is_answer
from bot.importers.documents.labels import typed_label, without_tick
from bot.importers.documents.marking import TICKED
from bot.importers.documents.pictures import named_picture
from bot.importers.documents.piece import Block, Family, Grid, Piece, Span, looks_of
from bot.importers.page.items import Items
from bot.importers.page.looks import looks_of_tag
from bot.importers.page.tags import APART, BLOCKS, CODE, DROPPED, HEADINGS, LISTS, LOST, PRESSED, TYPED
from bot.importers.reading.compose import collapse
from bot.importers.reading.markup import LONGEST_SUMMARY, REVEALS

_SPACE = re.compile(r"\s+")
_ASKS = re.compile(r"[?？؟]\W{0,3}$")
_CHOOSES = re.compile(r"\b(?:option|choice|answer)", re.IGNORECASE)
_LONGEST_CLASS = 300
_GAP = " ____ "

Element = Any
"""An element of lxml, which has no types of its own."""


class Walk:
    """The content of a page, or of a part of it, as blocks, whose spots are lines of the source.

    Attributes:
        blocks: all lines and tables.
        scripts: how many scripts were left out.
        lost: the first lines of elements that hold something that can't be read, by their names.
        pictures: the addresses of pictures that are written into the page, by the names that stand for them.
    """

    def __init__(self, root: Element, *, first: int = 1, pictures: dict[str, str] | None = None) -> None:
        self.pictures = {} if pictures is None else pictures
        self.blocks: list[Block] = []
        self.scripts = 0
        self.lost: dict[str, int] = {}
        self._row = self._begun = first
        self._spans: list[Span] = []
        self._looks: list[frozenset[str]] = [frozenset()]
        self._ticked: frozenset[str] = frozenset()
        self._lists: list[Items] = []
        self._family, self._label = Family.NONE, ""
        self._heading = 0
        self._verbatim: list[bool] = []
        self._answers = self._reveals = False
        self._walk(root)

    def _walk(self, root: Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        whole: Element | None = None
        for event, element in walker:
            if event == "start":
                self._row = max(self._row, element.sourceline or 0)
                if element is not root and self._is_taken_whole(element):
                    whole = element
                    walker.skip_subtree()
                    continue
                if element is not root:
                    self._start(element.tag, element)
                self._say(element.text)
            elif element is not root:
                if element is not whole:
                    self._end(element.tag)
                whole = None
                self._say(element.tail)
        self._flush()

    def _is_taken_whole(self, element: Element) -> bool:
        """Whether nothing inside an element is walked through: it is left out, or has been read already."""
        tag = element.tag
        if not isinstance(tag, str):
            return True
        if tag == "table" and is_grid(element):
            self._flush()
            self._apart()
            rows = [
                [Walk(cell, first=self._row, pictures=self.pictures).lines() for cell in _cells(row)]
                for row in _rows(element)
            ]
            self.blocks.append(Grid(rows=rows, spot=self._row))
            return True
        if tag == "button" and _CHOOSES.search(element.get("class", "")[:_LONGEST_CLASS]):
            return False
        if tag not in DROPPED:
            return False
        self.scripts += tag == "script" and bool((element.text or "").strip())
        if tag in LOST:
            self.lost.setdefault(tag, self._row)
        return True

    def lines(self) -> list[Piece]:
        """The lines with text."""
        return [block for block in self.blocks if isinstance(block, Piece) and block.text]

    def _start(self, tag: str, element: Element) -> None:
        attributes: Mapping[str, str] = element.attrib
        if tag in BLOCKS:
            self._flush()
        if tag in APART:
            self._apart()
        self._looks.append(self._looks[-1] | looks_of_tag(tag, attributes))
        if tag in LISTS:
            above = self._lists[-1] if self._lists else None
            self._lists.append(Items(tag, attributes, above, is_deepest=_has_none(element, LISTS)))
        elif tag == "li":
            self._family, self._label = self._lists[-1].next(attributes) if self._lists else (Family.BULLET, "-")
        elif tag in {"option", "button"}:
            self._choose(is_ticked="selected" in attributes)
        elif tag in HEADINGS:
            self._heading = HEADINGS[tag] if _has_none(element, BLOCKS) else 0
        elif tag == "pre" or (tag in CODE and not self._verbatim and not _has_none(element, {"br", "pre"})):
            self._flush()
            self._verbatim.append(_has_none(element, BLOCKS - {"br"} | {"input"}))
        elif tag in CODE and not self._verbatim:
            self._spans.append(("`", self._looks[-1]))
        elif tag == "sup":
            self._spans.append(("^", self._looks[-1]))
        else:
            self._start_single(tag, attributes, element)

    def _start_single(self, tag: str, attributes: Mapping[str, str], element: Element) -> None:
        """What has no content of its own."""
        kind = attributes.get("type", "").strip().lower()
        if tag == "input" and kind in PRESSED:
            above = element.getparent()
            is_behind = above is not None and above.tag == "label" and (above.text or "").strip()
            if not is_behind:
                self._flush()
            self._choose(is_ticked="checked" in attributes)
        elif tag == "input" and kind in TYPED:
            self._say(_GAP)
        elif tag == "img" and (source := attributes.get("src", "").strip()):
            self._say(f" {named_picture(attributes.get('alt', ''), self._name(source))} ")
        elif tag == "hr":
            self.blocks.append(Piece(text="---", spot=self._row))

    def _name(self, source: str) -> str:
        """What stands for the address of a picture."""
        if source.startswith("data:"):
            name = f"picture-{len(self.pictures) + 1}"
            self.pictures[name] = source
            return name
        return quote(unquote(source), safe="/:?&=#%+,;@~!")

    def _choose(self, *, is_ticked: bool) -> None:
        """Begin a line that can be chosen; a letter that its list gave it stays."""
        if self._family is not Family.LETTER:
            self._family, self._label = Family.BOX, "☐"
        if is_ticked:
            self._ticked = frozenset({TICKED})

    def _end(self, tag: str) -> None:
        if tag in BLOCKS:
            self._flush()
        if tag == "pre" or (tag in CODE and self._verbatim and not self._spans):
            self._verbatim and self._verbatim.pop()
        elif tag in CODE and not self._verbatim:
            self._close_code()
        elif tag == "summary":
            found = self._told_summary()
            self._reveals = found is not None and not found["several"]
            self._answers = self._asks() if found is None else not self._reveals
        elif tag in LISTS:
            self._lists.pop()
        elif tag in HEADINGS:
            self._heading = 0
        if tag in APART:
            self._apart()
        if tag in {"li", "option", "button"}:
            self._family, self._label, self._ticked = Family.NONE, "", frozenset()
        if tag == "details":
            self._answers = self._reveals = False
        self._looks.pop()

    def _say(self, text: str | None) -> None:
        if not text:
            return
        looks = self._looks[-1]
        if self._verbatim:
            for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
                if number:
                    self._flush()
                    self._row += 1
                self._add(line, looks)
            return
        first = text.lstrip()
        if first and not self._is_begun():
            self._begun = self._row + text.count("\n", 0, len(text) - len(first))
        self._spans.append((_SPACE.sub(" ", text), looks))
        self._row += text.count("\n")

    def _add(self, line: str, looks: frozenset[str]) -> None:
        if not self._is_begun():
            self._begun = self._row
        self._spans.append((line, looks))

    def _is_begun(self) -> bool:
        return any(text.strip() for text, _looks in self._spans)

    def _close_code(self) -> None:
        """End code in a line; if there is nothing in it, forget that it began."""
        if self._spans and self._spans[-1][0] == "`":
            self._spans.pop()
        else:
            self._spans.append(("`", self._looks[-1]))

    def _flush(self) -> None:
        """End the line that is being read."""
        spans, self._spans = self._spans, []
        text = "".join(part for part, _looks in spans)
        if self._verbatim and self._verbatim[-1]:
            if spans:
                self.blocks.append(Piece(text=text.rstrip(), spot=self._begun, is_code=True))
            return
        told = collapse(text)
        if not told:
            return
        bare = without_tick(told)
        label = typed_label(bare)
        skipped = len(text) - len(text.lstrip()) + len(told) - len(bare) + (label.length if label else 0)
        looks = looks_of(spans, skipped) | self._ticked
        if (self._reveals and not is_answer(told)) or (self._answers and not label):
            told = f"Answer: {told}"
        self._answers = self._reveals = False
        if self._heading:
            told = f"{'#' * self._heading} {told}"
        piece = Piece(text=told, spot=self._begun, family=self._family, label=self._label, looks=looks)
        self.blocks.append(piece)
        self._family, self._label, self._ticked = Family.NONE, "", frozenset()

    def _apart(self) -> None:
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Piece) and last.text:
            self.blocks.append(Piece(text="", spot=self._row))

    def _told_summary(self) -> re.Match[str] | None:
        """What the line that was just read says of an answer below it; if it says no more, it is dropped."""
        last = self._last()
        found = REVEALS.fullmatch(last.text[:LONGEST_SUMMARY]) if last else None
        if last and found:
            last.text = ""
        return found

    def _asks(self) -> bool:
        """Whether the line that was just read asks something, so that an answer or choices follow."""
        last = self._last()
        return last is not None and bool(_ASKS.search(last.text[-10:]))

    def _last(self) -> Piece | None:
        last = next((block for block in reversed(self.blocks) if not isinstance(block, Piece) or block.text), None)
        return last if isinstance(last, Piece) else None


def is_grid(table: Element) -> bool:
    """Whether a table is one of cells, and doesn't lay out a page."""
    inner = table.iter()
    next(inner)
    if any(one.tag in _LAID_OUT for one in inner):
        return False
    widths = [len(_cells(row)) for row in _rows(table)]
    return len(widths) > 1 and 2 * sum(width > 1 for width in widths) > len(widths)


_LAID_OUT = frozenset({"table", "ul", "ol", "input", "select", "pre", "hr", "form", "details", "article", *HEADINGS})


def _rows(table: Element) -> list[Element]:
    return [*table.iter("tr")]


def _cells(row: Element) -> list[Element]:
    return [one for one in row if one.tag in {"td", "th"}]


def _has_none(element: Element, tags: frozenset[str] | set[str]) -> bool:
    """Whether an element has no others with certain tags in it."""
    inner = element.iter()
    next(inner)
    return not any(one.tag in tags for one in inner)
