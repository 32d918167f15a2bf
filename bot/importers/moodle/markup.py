"""Turns the texts of Moodle's questions into Markdown: HTML, code and TeX."""

import html
import re
from collections.abc import Iterator

from bot.importers.reading.compose import collapse, markdown
from bot.importers.reading.html import resolved
from bot.importers.reading.lines import Line

_PRE = re.compile(r"<(?P<end>/?)pre\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LANGUAGE = re.compile(r"""\b(?:language|lang|brush:)[-\s]?(?P<name>[A-Za-z][A-Za-z0-9+#]{0,19})\b""")
_NO_LANGUAGE = frozenset({"none", "plain", "text", "plaintext", "markup"})
_HEAD = 200
_FENCES = ("```", "~~~")
_FORMULAS = ((r"\(", r"\)", "$"), (r"\[", r"\]", "$$"))
"""How MathJax, which Moodle uses, marks formulas, and what stands for that in Markdown."""


class Markup:
    """The HTML of one question.

    Attributes:
        dropped: names of the HTML tags that were taken out, because Markdown has nothing like them.
    """

    def __init__(self) -> None:
        self.dropped: list[str] = []

    def html(self, text: str) -> str:
        """HTML as Markdown; its line ends mean nothing outside code."""
        return "".join(
            code(part, opened) if opened else self.tags(part.replace("\n", " ")) for part, opened in parted(text)
        )

    def tags(self, text: str) -> str:
        """Text with tags in it as Markdown; its line ends stay."""
        shown, dropped = resolved(text)
        self.dropped += [name for name in dropped if name not in self.dropped]
        return with_formulas(shown)


def with_formulas(text: str) -> str:
    r"""Return a text with ``\(x\)`` and ``\[x\]`` as ``$x$`` and ``$$x$$``, except in code."""
    if r"\(" not in text and r"\[" not in text:
        return text
    pieces = text.split("`")
    if len(pieces) % 2 == 0:  # where code begins and ends isn't clear
        return text
    return "`".join(piece if position % 2 else _formulas(piece) for position, piece in enumerate(pieces))


def paragraphs(text: str) -> str:
    """Return a text with its paragraphs, as Markdown; one line alone is never code."""
    if "\n" not in text.strip():
        return collapse(text)
    return markdown([Line(0, part.rstrip()) for part in text.split("\n")])


def in_blocks(text: str) -> str:
    """Return what HTML became with its paragraphs, lists and code: each of its line ends is meant."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        told = line if fence else collapse(line)
        if fence:
            fence = "" if line == fence else fence
        elif told.startswith(_FENCES):
            fence = told[:3]
        if told or fence or (lines and lines[-1]):
            lines.append(told)
    return "\n".join(lines).rstrip()


def on_one_line(text: str) -> str:
    """Return a text on one line, as Markdown; a block of code becomes code in the line."""
    if "```" in text:
        fenced = text.split("```")
        whole = len(fenced) % 2 == 1
        text = "".join(
            f" `{collapse(part.partition(chr(10))[2])}` " if whole and position % 2 else part
            for position, part in enumerate(fenced)
        )
    return collapse(text)


def _formulas(text: str) -> str:
    for opening, closing, sign in _FORMULAS:
        first, *others = text.split(opening)
        shown = [first]
        for other in others:
            inside, closed, after = other.partition(closing)
            is_formula = closed and inside.strip() and "$" not in inside
            shown.append(f"{sign}{collapse(inside)}{sign}{after}" if is_formula else opening + other)
        text = "".join(shown)
    return text


def parted(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of HTML, each with the tag that opens it if it is preformatted (empty: it isn't)."""
    start, opened = 0, ""
    for found in _PRE.finditer(text):
        if bool(found["end"]) == bool(opened):
            yield text[start : found.start()], opened
            start, opened = found.end(), "" if found["end"] else found[0]
    yield text[start:], opened


def code(text: str, opened: str) -> str:
    """A preformatted part as a block of code; one line of it is code in a paragraph."""
    language = _LANGUAGE.search(opened + text[:_HEAD] if text.lstrip().startswith("<") else opened)
    lines = html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).replace("\xa0", " ").split("\n")
    lines = [line.rstrip() for line in lines]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return "\n\n"
    if len(lines) == 1 and "`" not in lines[0]:
        return f"\n\n`{lines[0].strip()}`\n\n"
    name = language["name"].lower() if language else ""
    fence = "~~~" if any("```" in line for line in lines) else "```"
    return "\n\n" + "\n".join([fence + ("" if name in _NO_LANGUAGE else name), *lines, fence]) + "\n\n"
