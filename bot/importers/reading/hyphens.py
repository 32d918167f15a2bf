"""Rejoins words that were hyphenated at the end of a line, before anything else reads the lines.

The document itself shows whether the hyphen belongs to the word. If it writes the word with a hyphen elsewhere, or uses
both halves as words ("real-" / "time"), the hyphen stays; otherwise ("infor-" / "mation") it goes.
"""

import re

from bot.importers.reading.answer_lines import key_text
from bot.importers.reading.lines import Line, Lines

_BROKEN = re.compile(r"(?:^|\s)[(\"“]?(?P<head>[A-Za-z][\w’'-]*)-$")
_TAIL = re.compile(r"^(?P<indent>\s*)(?P<tail>[a-z][\w’'-]*)(?P<rest>.*)$")
_WORD = re.compile(r"[\w’'-]+")
_WORDS = re.compile(r"[^\W\d_]{2}")


def rejoined(lines: Lines) -> Lines:
    """``lines`` with the second half of every broken word moved up to the first.

    Where that would leave a blank line inside a paragraph, the first half moves down instead, unless it is all that
    its line says, or a part of an answer or a heading, which have one line.
    """
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
            stop = _stop(tail["rest"])
            word, rest = head["head"] + hyphen + tail["tail"] + stop, tail["rest"].removeprefix(stop).strip()
            before = line.text[: head.start("head")]
            moves_down = not rest and _goes_on(lines, at + 2) and _can_be_wrapped(before)
            joined[at] = line.with_text(before.rstrip() if moves_down else before + word)
            left = word if moves_down else rest
            joined[at + 1] = below.with_text(tail["indent"] + left if left else "")
    return lines.rewritten(joined.get(at, line) for at, line in enumerate(lines))


def roles_rejoined(roles: str, lines: Lines, as_written: Lines) -> str:
    """Return ``roles``, where each line whose only word moved up has the role of the line above.

    Roles of other lines, such as those of a page's text, are returned as they are.
    """
    if lines is as_written or len(roles) != len(lines):
        return roles
    found = [*roles]
    for at, (text, written) in enumerate(zip(lines.texts(), as_written.texts(), strict=True)):
        if written and not text:
            found[at] = found[at - 1]
    return "".join(found)


def _goes_on(lines: Lines, at: int) -> bool:
    return at < len(lines) and bool(lines[at].text.strip())


def _can_be_wrapped(text: str) -> bool:
    """Whether the beginning of a line is more than a bullet or a label, and begins no answer and no heading."""
    return bool(_WORDS.search(text)) and text.lstrip()[:1] != "#" and key_text(text) is None


def _is_broken(text: str, below: str) -> bool:
    return bool(_BROKEN.search(text)) and bool(_TAIL.match(below))


def _keeps_hyphen(head: str, tail: str, words: set[str]) -> bool:
    if f"{head}-{tail}" in words:
        return True
    return head + tail not in words and head in words and tail in words


def _stop(text: str) -> str:
    """The punctuation right after the word."""
    return text[: len(text) - len(text.lstrip(".,;:!?)”\"'"))]
