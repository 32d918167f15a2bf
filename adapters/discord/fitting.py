"""Texts that fit into what Discord takes: 2,000 characters of content, 6,000 in embeds of at most 4,096 each."""

import re

LONGEST_TEXT = 2000
LONGEST_TITLE = 256
_LONGEST_PIECE = 4096
_LONGEST_TOGETHER = 6000
_FENCE = re.compile(r"^(?:> )?(```)(\S*)$")
_ROOM_FOR_FENCES = 40
_LONGEST_LINE = _LONGEST_PIECE - 2 * _ROOM_FOR_FENCES


def length(text: str) -> int:
    """How long Discord takes a text to be: as JavaScript counts, so an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """A text of at most that length, with an ellipsis where it was cut."""
    if length(text) <= limit:
        return text
    kept = text[: limit - 1]
    while length(kept) >= limit:
        kept = kept[:-1]
    return kept.rstrip().rstrip("\\") + "…"  # an escape without what it escapes


def fits(text: str, taken: int) -> bool:
    """Whether a text has room in the embeds of one message, of whose length ``taken`` is spoken for."""
    return sum(map(length, pieces(text))) + taken <= _LONGEST_TOGETHER


def pieces(text: str) -> list[str]:
    """A text in pieces that fit an embed each, cut between lines; code that is cut goes on as code."""
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
    """The lines; one that would fill an embed by itself is cut at a space, if it has any."""
    lines = []
    for line in text.split("\n"):
        rest = line
        while length(rest) > _LONGEST_LINE:
            at = rest.rfind(" ", _LONGEST_LINE // 4, _LONGEST_LINE // 2) + 1 or _LONGEST_LINE // 2
            lines.append(rest[:at])
            rest = rest[at:]
        lines.append(rest)
    return lines
