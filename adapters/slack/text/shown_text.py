"""Read Slack's mrkdwn as Slack does, so that a page can show it: a text becomes lines of styled runs."""

import re
from collections.abc import Iterator

from adapters.common.looks import Code, Line, Run, Style

_FENCE = "```"
_LINK = re.compile(r"<(https?://[^<>|]*)>")
_QUOTE = "&gt;"
_STYLES = {"*": Style.BOLD, "_": Style.ITALIC, "~": Style.STRUCK, "`": Style.CODE}


def shown(mrkdwn: str, *, small: bool = False) -> Iterator[Line | Code]:
    """Yield the lines of a text as readers see them."""
    code: list[str] | None = None
    for line in mrkdwn.split("\n"):
        if line == _FENCE and code is not None:
            yield Code("\n".join(code))
            code = None
        elif line == _FENCE:
            code = []
        elif code is not None:
            code.append(_unescaped(line))
        else:
            quoted = line.startswith(_QUOTE)
            yield Line(runs=runs(line.removeprefix(_QUOTE)), quoted=quoted, small=small)


def runs(line: str) -> tuple[Run, ...]:
    """Return the runs of a line."""
    return tuple(run for run in _runs(line, frozenset()) if run.text)


def _runs(text: str, styles: frozenset[Style]) -> Iterator[Run]:
    read, at = 0, 0
    unpaired: set[str] = set()
    while at < len(text):
        mark, end = text[at], -1
        if mark in _STYLES and mark not in unpaired and _opens(text, at):
            end = _end(text, at)
            if end < 0:
                unpaired.add(mark)  # and so are all others like it that follow
        if end < 0:
            at += 1
            continue
        yield Run(_unescaped(text[read:at]), styles)
        inner, inside = text[at + 1 : end], styles | {_STYLES[mark]}
        yield from [Run(_unescaped(inner), inside)] if mark == "`" else _runs(inner, inside)
        read = at = end + 1
    yield Run(_unescaped(text[read:]), styles)


def _opens(text: str, at: int) -> bool:
    """Whether markup can begin at a sign: not within a word, and not before a space."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return text[at] == "`" or (not before.isalnum() and bool(after.strip()))


def _end(text: str, at: int) -> int:
    """Return where the markup that begins at a sign ends; -1 if it doesn't."""
    mark = text[at]
    end = text.find(mark, at + 2)
    while mark != "`" and end > 0 and (text[end - 1].isspace() or text[end + 1 : end + 2].isalnum()):
        end = text.find(mark, end + 1)
    return end


def _unescaped(text: str) -> str:
    return _LINK.sub(r"\1", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
