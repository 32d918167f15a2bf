"""Takes away the frames that programs for websites put around parts of a page: VitePress, Docusaurus, MkDocs."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.importers.reading.lines import Line, may_have

_CONTAINER = re.compile(r"^\s*:{3,}(?!:)\s*+(?P<kind>[\w-]{0,30}+)\s*+(?P<title>[^{}]*)(?:\{[^{}]*\}\s*)?$")
"""Where a container of VitePress or Docusaurus begins, "::: details Answer", or ends, ":::"."""
_LETTERING = re.compile(
    r"^\s*<div\b[^<>]{0,100}\bclass=[\"'][^\"'<>]{0,60}(?P<case>upper|lower)-alpha\b[^<>]{0,100}>\s*$", re.IGNORECASE
)
"""Where a list begins whose numbers a page shows as letters."""
_COUNTED = re.compile(r"^(?P<indent>\s*)(?P<number>\d{1,2})(?=[.)]\s)")
_FOLD = re.compile(r"^(?P<indent>\s*)\?{3}\+?\s+(?P<kind>[A-Za-z][\w-]{0,30})(?:\s+\"(?P<title>[^\"]{0,200})\")?\s*$")
"""The head of a folded block of MkDocs: ``??? question "Show the answer"``."""
_FOLDED_KINDS = frozenset(("details", "spoiler"))
_ANSWERING = frozenset(("answer", "success", "check", "done"))
_MOST_LETTERS = 26


def without_frames(marked: Iterable[Line], lines: Sequence[Line]) -> Iterable[Line]:
    """``marked``, which were made of ``lines``, with the titles of frames alone, and lists as a page shows them."""
    if may_have(lines, ":::"):
        marked = _uncontained(marked)
    if may_have(lines, "???"):
        marked = _unfolded(marked)
    return _lettered(marked) if may_have(lines, "-alpha") else marked


def head_of(found: re.Match[str]) -> str:
    """What the head of a callout says; the head of an answer without words says "Answer:"."""
    return found["title"] or ("Answer:" if found["kind"].lower() in _ANSWERING else "")


def _uncontained(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines`` with the frames of containers as HTML has them, if they fold, or else no more than their titles."""
    open_kinds: list[str] = []
    for line in lines:
        found = _CONTAINER.match(line.text) if not line.code and ":::" in line.text[:20] else None
        if not found:
            yield line
        elif found["kind"]:
            open_kinds.append(found["kind"])
            folds, title = found["kind"] in _FOLDED_KINDS, found["title"].rstrip()
            yield line.with_text(f"<details><summary>{title}</summary>" if folds else title)
        else:
            kind = open_kinds.pop() if open_kinds else ""
            yield line.with_text("</details>" if kind in _FOLDED_KINDS else "")


def _unfolded(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines`` with no more of the head of a folded block than its title, or the word for an answer."""
    for line in lines:
        found = _FOLD.match(line.text) if not line.code and "???" in line.text[:20] else None
        yield line.with_text(f"{found['indent']}{head_of(found)}") if found else line


def _lettered(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines``, with letters in place of the numbers that a page shows as letters."""
    first = ""
    for line in lines:
        text = line.text
        if not line.code and "<" in text and (found := _LETTERING.match(text)):
            first = "A" if found["case"].lower() == "upper" else "a"
        elif first and text.lstrip().startswith("</div>"):
            first = ""
        elif first and (counted := _COUNTED.match(text)) and 0 < int(counted["number"]) <= _MOST_LETTERS:
            letter = chr(ord(first) + int(counted["number"]) - 1)
            text = f"{counted['indent']}{letter}{text[counted.end() :]}"
        yield line.with_text(text) if text is not line.text else line
