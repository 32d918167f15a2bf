"""Fit texts into Discord's limits: 2,000 characters of content, 6,000 in embeds of at most 4,096 each."""

import re

LONGEST_TEXT = 2000
LONGEST_TITLE = 256
SHORTER = (2000, 1400, 1000, 700, 500, 400, 300, 200, 150, 100, 60)
"""The lengths to which a text is cut, one after the other, until what is written from it fits."""
_LONGEST_PIECE = 4096
_LONGEST_TOGETHER = 6000
_FENCE = re.compile(r"^(?:> )?(```)(\S*)$")
_ROOM_FOR_FENCES = 40
_LONGEST_LINE = _LONGEST_PIECE - 2 * _ROOM_FOR_FENCES


def length(text: str) -> int:
    """Return a text's length as Discord counts it: like JavaScript, so an emoji counts as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """Shorten a text to at most ``limit``, with an ellipsis if it was cut."""
    if length(text) <= limit:
        return text
    kept = text[: limit - 1]
    while length(kept) >= limit:
        kept = kept[:-1]
    return kept.rstrip().rstrip("\\") + "…"  # an escape without what it escapes


def fits(text: str, taken: int) -> bool:
    """Whether a text fits into one message's embeds, of which ``taken`` characters are already used."""
    return sum(map(length, pieces(text))) + taken <= _LONGEST_TOGETHER


def pieces(text: str) -> list[str]:
    """Split a text between lines into pieces that each fit an embed; a split code block continues as code."""
    done: list[str] = []
    piece: list[str] = []
    size, fence = 0, ""
    for line in _short_lines(text):
        if size + length(line) + 1 > _LONGEST_PIECE - _ROOM_FOR_FENCES:
            done.append("\n".join([*piece, "```"] if fence else piece))
            piece = [fence] if fence else []
            size = length(fence)
        piece.append(line)
        size += length(line) + 1
        if found := _FENCE.match(line):
            fence = "" if fence else found[0]
    return [one.strip("\n") for one in [*done, "\n".join(piece)] if one.strip("\n")] or ["\u200b"]


def _short_lines(text: str) -> list[str]:
    """Split a text into lines; a line longer than an embed is cut at a space, if it has one."""
    lines = []
    for line in text.split("\n"):
        rest = line
        while length(rest) > _LONGEST_LINE:
            at = rest.rfind(" ", _LONGEST_LINE // 4, _LONGEST_LINE // 2) + 1 or _LONGEST_LINE // 2
            lines.append(rest[:at])
            rest = rest[at:]
        lines.append(rest)
    return lines
