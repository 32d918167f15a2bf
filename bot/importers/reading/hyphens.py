"""Rejoins words that were hyphenated at the end of a line, before anything else reads the lines.

The document itself shows whether the hyphen belongs to the word. If it writes the word with a hyphen elsewhere, or uses
both halves as words ("real-" / "time"), the hyphen stays; otherwise ("infor-" / "mation") it goes.
"""

import re

from bot.importers.reading.lines import Line, Lines

_BROKEN = re.compile(r"(?:^|\s)[(\"“]?(?P<head>[A-Za-z][\w’'-]*)-$")
_TAIL = re.compile(r"^\s*(?P<tail>[a-z][\w’'-]*)(?P<rest>.*)$")
_WORD = re.compile(r"[\w’'-]+")


def rejoined(lines: Lines) -> Lines:
    """``lines`` with the second half of every broken word moved up to the first."""
    hyphens = (at for at in lines.ending_in("-") if at + 1 < len(lines))
    breaks = [at for at in hyphens if _is_broken(lines[at].text, lines[at + 1].text)]
    if not breaks:
        return lines
    words = {word.casefold() for line in lines for word in _WORD.findall(line.text)}
    joined: dict[int, Line] = {}
    for at in breaks:
        line, below = joined.get(at) or lines[at], lines[at + 1]
        head, tail = _BROKEN.search(line.text), _TAIL.match(below.text)
        if head and tail:
            hyphen = "-" if _keeps_hyphen(head["head"].casefold(), tail["tail"].casefold(), words) else ""
            joined[at] = line.with_text(line.text[:-1] + hyphen + tail["tail"] + _stop(tail["rest"]))
            joined[at + 1] = below.with_text(tail["rest"].removeprefix(_stop(tail["rest"])).strip())
    return lines.rewritten(joined.get(at, line) for at, line in enumerate(lines))


def _is_broken(text: str, below: str) -> bool:
    return bool(_BROKEN.search(text)) and bool(_TAIL.match(below))


def _keeps_hyphen(head: str, tail: str, words: set[str]) -> bool:
    if f"{head}-{tail}" in words:
        return True
    return head + tail not in words and head in words and tail in words


def _stop(text: str) -> str:
    """The punctuation right after the word."""
    return text[: len(text) - len(text.lstrip(".,;:!?)”\"'"))]
