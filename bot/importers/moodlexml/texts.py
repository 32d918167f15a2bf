"""Turns the texts of one question into Markdown, and finds the pictures in them."""

import base64
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from bot.importers.moodle.markup import Markup, in_blocks, on_one_line, paragraphs, with_formulas
from bot.importers.reading.compose import collapse
from bot.importers.reading.html import attributes
from bot.importers.reading.text import repair
from bot.importers.xml.album import Picture
from bot.importers.xml.illustrated import Told
from bot.importers.xml.node import Node

_MARKDOWN_IMAGE = re.compile(r"!\[([^\[\]]{0,1000})\]\((@@PLUGINFILE@@/[^()\s]{1,300})\)")
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_LONGEST_NAME = 60
_INSIDE_FILE = "@@PLUGINFILE@@"
_STYLES = {"moodle_auto_format": "moodle", "plain_text": "plain", "wiki_like": "markdown", "markdown": "markdown"}


class Texts(Markup):
    """The texts of one question; those that don't name their format are written as its stem is.

    Attributes:
        damaged: whether wrongly encoded characters were repaired.
        lost: the names of pictures in texts that can't have any.
    """

    def __init__(self, question: Node) -> None:
        super().__init__()
        self.damaged = False
        self.lost: list[str] = []
        self._default = _STYLES.get(question.first("questiontext").attributes.get("format", ""), "html")
        self._old = _old_file(question)

    def told(self, node: Node) -> Told:
        """A text with its paragraphs, and its pictures."""
        text, pictures = self._resolved(node)
        style = self.style(node)
        if style == "markdown" and not pictures:
            return Told(text=text)  # it has its paragraphs already, and its code
        return Told(text=in_blocks(text) if style == "html" else paragraphs(text), pictures=pictures)

    def line(self, node: Node) -> Told:
        """A text on one line, and its pictures."""
        text, pictures = self._resolved(node)
        return Told(text=on_one_line(text), pictures=pictures)

    def text(self, node: Node) -> str:
        """A text that can't have pictures here, with its paragraphs."""
        if not node.content:
            return ""
        told = self.told(node)
        self.lost += [picture.name for picture in told.pictures]
        return told.text

    def side(self, node: Node) -> str:
        """A text on one line that can't have pictures here; what they show is told in words, if known."""
        told = self.line(node)
        self.lost += [picture.name for picture in told.pictures]
        return collapse(" ".join([told.text, *(picture.alt for picture in told.pictures)]))

    def typed(self, node: Node) -> str:
        """A text that people are to type, on one line, without any markup."""
        return collapse(self._mended(words(node)))

    def style(self, node: Node) -> str:
        """How a text is written: ``html``, ``moodle``, ``markdown`` or ``plain``."""
        named = node.attributes.get("format")
        return self._default if named is None else _STYLES.get(named.strip(), "html")

    def _resolved(self, node: Node) -> tuple[str, tuple[Picture, ...]]:
        raw = self._mended(words(node))
        if not raw and not self._old:
            return "", ()
        style = self.style(node)
        if style == "plain":
            return with_formulas(raw), ()
        of_old = self._old if node.tag == "questiontext" else {}
        files = {**of_old, **_files(node)}
        pictures: dict[str, Picture] = {}

        def without(found: re.Match[str]) -> str:
            source, alt = _of_markdown(found) if style == "markdown" else _of_html(found)
            if source not in pictures:
                pictures[source] = _picture(source, alt, files)
            return " "

        text = (_MARKDOWN_IMAGE if style == "markdown" else _IMAGE).sub(without, raw)
        for name, encoded in of_old.items():
            source = f"{_INSIDE_FILE}/{name}"
            pictures.setdefault(source, Picture(name=name, alt="", data=_decoded(encoded) or None))
        shown = text if style == "markdown" else self.html(text) if style == "html" else self.tags(text)
        return shown, tuple(pictures.values())

    def _mended(self, text: str) -> str:
        mended = repair(text)
        self.damaged = self.damaged or mended != text
        return mended


def words(node: Node) -> str:
    """What a node says in its ``text``; files from before Moodle 1.5 have no such element."""
    return (node.first("text") if node.has("text") else _bare(node)).text


def _bare(node: Node) -> Node:
    """A node with nothing but its own text."""
    bare = Node(node.tag, line=node.line)
    bare.content = [part for part in node.content if isinstance(part, str)]
    return bare


def _files(node: Node) -> dict[str, str]:
    """The files of a text, still encoded, by path and by name."""
    files: dict[str, str] = {}
    for file in _file_nodes(node):
        name = file.attributes.get("name", "")
        path = file.attributes.get("path", "/") + name
        if file.attributes.get("encoding", "base64") == "base64":
            files.setdefault(path.lstrip("/"), file.text)
            files.setdefault(name, file.text)
    return files


def _file_nodes(node: Node) -> Iterator[Node]:
    yield from node.all("file")
    yield from node.first("text").all("file")


def _old_file(question: Node) -> dict[str, str]:
    """The picture of a question as Moodle wrote it before version 2: in elements of its own."""
    data, name = question.value("image_base64"), question.value("image")
    return {name.replace("/", "_"): data} if name else {}


def _of_html(tag: re.Match[str]) -> tuple[str, str]:
    """The address of a picture, and what it shows."""
    told = attributes(tag[0])
    return unescape(told.get("src", "")).strip(), collapse(unescape(told.get("alt", "")))


def _of_markdown(found: re.Match[str]) -> tuple[str, str]:
    return found[2], collapse(found[1])


def _picture(source: str, alt: str, files: dict[str, str]) -> Picture:
    if source.startswith("data:image/"):
        data = source.partition(",")[2]
        return Picture(name=source[:_LONGEST_NAME].partition(";")[0], alt=alt, data=_decoded(unquote(data)))
    inside = source.partition(_INSIDE_FILE)
    name = unquote(inside[2].partition("?")[0]).lstrip("/") if inside[1] else source[:_LONGEST_NAME]
    encoded = files.get(name) if inside[1] else None
    return Picture(name=name, alt=alt, data=None if encoded is None else _decoded(encoded))


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text)
    except ValueError:  # it isn't base64
        return None
