"""Removes what surrounds the text of a Markdown or HTML note: front matter, folding tags, comments."""

import re
from collections.abc import Iterable, Iterator, Sequence

import yaml

from bot.importers.reading.text import Line

_FENCE = re.compile(r"^---\s*$")
_FOLDING = re.compile(r"</?(?:details|summary)\b[^<>]{0,200}>|<!--.{0,400}?-->", re.IGNORECASE)
_ONLY_TAGS = re.compile(
    r"^(?:\s*</?(?:div|span|p|br|hr|ul|ol|li|center|section|article)\b[^<>]{0,200}>)+\s*$", re.IGNORECASE
)
_LONGEST_FRONT_MATTER = 200


def front_matter_end(lines: Sequence[Line]) -> int:
    """The index after the front matter at the beginning of a note; 0 if it has none."""
    if not lines or not _FENCE.match(lines[0].text):
        return 0
    for at in range(1, min(len(lines), _LONGEST_FRONT_MATTER)):
        text = lines[at].text
        if _FENCE.match(text):
            return at + 1
        if text.strip() and not re.match(r"^(?:[\w -]+:(?:\s|$)|\s+|-\s|#)", text):
            return 0
    return 0


def front_matter_tags(lines: Sequence[Line]) -> tuple[str, ...]:
    """The tags in a note's front matter."""
    end = front_matter_end(lines)
    try:
        meta = yaml.safe_load("\n".join(line.text for line in lines[1 : end - 1])) if end > 2 else None
    except yaml.YAMLError:
        return ()
    tags = meta.get("tags") if isinstance(meta, dict) else None
    if isinstance(tags, str):
        tags = re.split(r"[,\s]+", tags)
    return tuple(str(tag).lstrip("#") for tag in tags if tag) if isinstance(tags, list) else ()


def without_tags(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines`` without folding tags and comments; lines with nothing but layout tags become blank."""
    for line in lines:
        if "<" not in line.text:
            yield line
        elif _ONLY_TAGS.match(line.text):
            yield line._replace(text="")
        else:
            yield line._replace(text=_FOLDING.sub("", line.text).rstrip())
