"""Rejoins words that were hyphenated at the end of a line, before anything else reads the lines.

The document itself shows whether the hyphen belongs to the word. If it writes the word with a hyphen elsewhere, or uses
both halves as words ("real-" / "time"), the hyphen stays; otherwise ("infor-" / "mation") it goes.
"""

import re
from collections.abc import Sequence

from bot.importers.reading.text import Line

_BROKEN = re.compile(r"(?:^|\s)[(\"“]?(?P<head>[A-Za-z][\w’'-]*)-$")
_TAIL = re.compile(r"^\s*(?P<tail>[a-z][\w’'-]*)(?P<rest>.*)$")
_WORD = re.compile(r"[\w’'-]+")


def rejoined(lines: Sequence[Line]) -> list[Line]:
    """``lines`` with the second half of every broken word moved up to the first."""
    breaks = [at for at in range(len(lines) - 1) if _is_broken(lines[at].text, lines[at + 1].text)]
    joined = list(lines)
    if not breaks:
        return joined
    words = {word.casefold() for line in lines for word in _WORD.findall(line.text)}
    for at in breaks:
        head, tail = _BROKEN.search(joined[at].text), _TAIL.match(joined[at + 1].text)
        if head and tail:
            hyphen = "-" if _keeps_hyphen(head["head"].casefold(), tail["tail"].casefold(), words) else ""
            joined[at] = joined[at]._replace(text=joined[at].text[:-1] + hyphen + tail["tail"] + _stop(tail["rest"]))
            joined[at + 1] = joined[at + 1]._replace(text=tail["rest"].removeprefix(_stop(tail["rest"])).strip())
    return joined


def _is_broken(text: str, below: str) -> bool:
    return text.endswith("-") and bool(_BROKEN.search(text)) and bool(_TAIL.match(below))


def _keeps_hyphen(head: str, tail: str, words: set[str]) -> bool:
    if f"{head}-{tail}" in words:
        return True
    return head + tail not in words and head in words and tail in words


def _stop(text: str) -> str:
    """The punctuation right after the word."""
    return text[: len(text) - len(text.lstrip(".,;:!?)”\"'"))]
