"""Changes files by their parts, so that a fuzzer which changes bytes also gets past parsers of XML and JSON."""

import re
from collections.abc import Iterator
from random import Random

_LINE = re.compile(rb"[^\n]*\n?")
_EDGE = re.compile(rb"<(?P<opens>[\w:.-]+)[^<>]*(?<!/)>|</(?P<closes>[\w:.-]+)>|<[^<>]*/>|[\[{(]|[\]})]|\"[^\"\n]*\"")
_CLOSED_BY = {b"]": b"[", b"}": b"{", b")": b"("}


def rearranged(data: bytes, chance: Random) -> bytes:
    """Return the file with one of its parts (a line, an element, what is in brackets) left out, doubled or replaced."""
    parts = [*_parts(data)]
    if not parts:
        return data
    (start, end), (other, its_end) = chance.choice(parts), chance.choice(parts)
    put = chance.choice([b"", 2 * data[start:end], data[other:its_end]])
    return data[:start] + put + data[end:]


def _parts(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the parts of a file begin and end."""
    yield from (line.span() for line in _LINE.finditer(data) if line[0])
    begun: list[tuple[bytes, int]] = []
    for edge in _EDGE.finditer(data):
        start, end = edge.span()
        opened = edge["closes"] or _CLOSED_BY.get(edge[0])
        if edge["opens"] or edge[0] in _CLOSED_BY.values():
            begun.append((edge["opens"] or edge[0], start))
        elif opened is None:
            yield start, end
        elif begun and begun[-1][0] == opened:
            yield begun.pop()[1], end
