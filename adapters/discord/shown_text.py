"""Read Discord's Markdown as Discord does, so that a page can show it: a text becomes lines of styled runs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from adapters.common.looks import Code, Line, Run, Style

_inline = MarkdownIt("zero", {"html": False}).enable(["autolink", "backticks", "emphasis", "escape", "strikethrough"])

_FENCE = "```"
_QUOTE, _SMALL = "> ", "-# "
_BULLET = re.compile(r"( *)(-|\d{1,9}\.) (.*)")
_INDENT = 2
_STYLES = {
    "**": Style.BOLD,
    "*": Style.ITALIC,
    "_": Style.ITALIC,
    "__": Style.UNDERLINED,
    "~~": Style.STRUCK,
    "autolink": Style.UNDERLINED,
}


def shown(text: str) -> Iterator[Line | Code]:
    """Yield the lines of a text as readers see them."""
    for quoted, lines in groupby(text.split("\n"), key=lambda line: line.startswith(_QUOTE)):
        yield from _blocks([line.removeprefix(_QUOTE) if quoted else line for line in lines], quoted=quoted)


def runs(text: str) -> tuple[Run, ...]:
    """Return the runs of a text within a line."""
    done = []
    styles: frozenset[Style] = frozenset()
    for token in _tokens(text):
        if token.nesting:
            styles = styles | {_STYLES[token.markup]} if token.nesting > 0 else styles - {_STYLES[token.markup]}
        elif token.content:
            done.append(Run(token.content, styles | {Style.CODE} if token.type == "code_inline" else styles))
    return tuple(done)


def _tokens(text: str) -> Sequence[Token]:
    return [child for token in _inline.parseInline(text) for child in token.children or ()]


def _blocks(lines: Sequence[str], *, quoted: bool) -> Iterator[Line | Code]:
    at = 0
    while at < len(lines):
        if lines[at].startswith(_FENCE):
            end = next((n for n in range(at + 1, len(lines)) if lines[n].startswith(_FENCE)), len(lines))
            yield Code("\n".join(lines[at + 1 : end]), quoted=quoted)
        else:
            end = next((n for n in range(at, len(lines)) if lines[n].startswith(_FENCE)), len(lines)) - 1
            yield from _prose(lines[at : end + 1], quoted=quoted)
        at = end + 1


def _prose(lines: Sequence[str], *, quoted: bool) -> Iterator[Line]:
    """Yield lines that aren't code; a style may begin in one unmarked line and end in the next."""
    for is_marked, same in groupby(lines, key=_is_marked):
        if is_marked:
            yield from (_marked(line, quoted=quoted) for line in same)
        else:
            yield from (Line(runs=one, quoted=quoted) for one in _split(runs("\n".join(same))))


def _is_marked(line: str) -> bool:
    return line.startswith(_SMALL) or _BULLET.fullmatch(line) is not None


def _marked(line: str, *, quoted: bool) -> Line:
    """Read an item of a list or a line of small print."""
    found = _BULLET.fullmatch(line)
    if found is None:
        return Line(runs=runs(line.removeprefix(_SMALL)), quoted=quoted, small=True)
    bullet = "•" if found[2] == "-" else found[2]
    return Line(runs=runs(found[3]), bullet=bullet, level=len(found[1]) // _INDENT, quoted=quoted)


def _split(styled: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    """Part runs at the ends of lines."""
    line: list[Run] = []
    for run in styled:
        first, *more = run.text.split("\n")
        line.append(replace(run, text=first))
        for text in more:
            yield tuple(one for one in line if one.text)
            line = [replace(run, text=text)]
    yield tuple(one for one in line if one.text)
