"""Takes one item of a GIFT file apart: its title, its text, and the answers in braces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.domain.errors import BadInput
from bot.domain.gaps import GAP
from bot.i18n import gettext as _
from bot.importers.reading.compose import ends_sentence
from bot.importers.reading.lines import Line

COMMENT = "//"
CATEGORY = "$CATEGORY:"
_TITLE = "::"
_GENERAL = "####"
_PUNCTUATION = ".,;:!?…"
_ESCAPE = re.compile(r"\\[\\:#={}~n]")
# Escaped signs wait as halves of characters, which no decoded text has, until the text is taken apart.
_HELD = {"\\\\": "\\", **{f"\\{sign}": chr(0xD800 + at) for at, sign in enumerate(":#={}~n")}}
NEW_LINE = _HELD["\\n"]
"""What stands for an escaped new line."""
_RELEASED = {0xD800 + at: "\n" if sign == "n" else sign for at, sign in enumerate(":#={}~n")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item. In its texts, escaped signs are held: `released` gives them back.

    Attributes:
        line: the 1-based line where its text begins.
        title: the text between double colons; empty: it has none.
        stem: its text, with a gap where answers stand inside a sentence.
        has_gap: whether answers stand inside a sentence.
        answers: what the braces hold; None: there are none, so that nothing is asked.
        feedback: what is told after the question whatever the answer.
    """

    line: int
    title: str
    stem: str
    has_gap: bool = False
    answers: str | None = None
    feedback: str = ""


def blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each item, and each category alone; comments are left out.

    Blank lines part them, and so does a title below answers: some files have no blank lines.
    """
    block: list[Line] = []
    for line in chain(lines, [Line(0, "")]):
        text = line.text.strip()
        if text.startswith(COMMENT):
            continue
        is_titled = text.startswith(_TITLE) and "}" in block[-1].text if block else False
        if block and (not text or is_titled or text.startswith(CATEGORY)):
            yield block
            block = []
        if text.startswith(CATEGORY):
            yield [line]
        elif text:
            block.append(line)


def taken_apart(block: Sequence[Line]) -> Item:
    """Return the item that some lines hold.

    Raises:
        BadInput: its braces don't match, or there is more than one pair.
    """
    text = _ESCAPE.sub(lambda found: _HELD[found[0]], "\n".join(line.text for line in block))
    begin, title = _after_title(text)
    opened, closed = text.find("{", begin), text.find("}", begin)
    if opened < 0 and closed < 0:
        return Item(line=_line(block, text, begin), title=title, stem=text[begin:].strip())
    if not 0 <= opened < closed:
        raise BadInput(
            _("Its answers don't stand in one pair of braces { }. If a brace is part of a text, write \\{ or \\}.")
        )
    before, inside, after = text[begin:opened].strip(), text[opened + 1 : closed], text[closed + 1 :].strip()
    if "{" in inside or "{" in after or "}" in after:
        raise BadInput(_("It has more than one pair of braces { }. If a brace is part of a text, write \\{ or \\}."))
    has_gap = bool(after) and not (ends_sentence(before) and not after.strip(_PUNCTUATION))
    answers, mark, feedback = inside.rpartition(_GENERAL)
    return Item(
        line=_line(block, text, begin),
        title=title,
        stem=f"{text[begin:opened]}{GAP}{text[closed + 1 :]}".strip() if has_gap else before,
        has_gap=has_gap,
        answers=(answers if mark else inside).strip(),
        feedback=feedback if mark else "",
    )


def released(text: str) -> str:
    """Return a text of an item with its escaped signs as themselves."""
    return text.translate(_RELEASED)


def _after_title(text: str) -> tuple[int, str]:
    """Where an item goes on after its title, and the title."""
    begin = len(text) - len(text.lstrip())
    end = text.find(_TITLE, begin + len(_TITLE)) if text.startswith(_TITLE, begin) else -1
    return (end + len(_TITLE), text[begin + len(_TITLE) : end].strip()) if end >= 0 else (begin, "")


def _line(block: Sequence[Line], text: str, begin: int) -> int:
    """The number of the line where the text from ``begin`` on starts."""
    start = begin + len(text[begin:]) - len(text[begin:].lstrip())
    return block[min(text.count("\n", 0, start), len(block) - 1)].number
