"""Turns lines back into text: joins wrapped lines, keeps paragraphs, lists and tables apart, leaves code as it is."""

import re
from collections.abc import Iterable, Sequence

from bot.importers.reading.lines import Line
from bot.importers.reading.marks import is_ruler

WIDEST_WRAP = 130
"""A line longer than this, in characters, was not wrapped at a column: it is a paragraph of its own."""

MOST_BROKEN = 60
"""In text wrapped more narrowly than this, short lines are usual and mean nothing."""

_ITEM = re.compile(r"^\s*(?:[-*•▪◦‣+■●○]\s+|\d{1,3}[.)]\s+|\|)\S")
FENCE = re.compile(r"^\s*(?:```|~~~)")
_CODE = re.compile(
    r"""
    ^\s*(?:
        [\w.]+\((?:[^()]*,)?$                                  # a call whose bracket stays open
      | [A-Za-z_][\w.\[\]'"]*\s*(?:=|\+=|:=)\s*\S.*[^.?!]$       # an assignment
      | (?:import\s+[\w.]+(?:\s+as\s+\w+)?|from\s+[\w.]+\s+import\s+.+)$
      | (?:def\s+\w+\(.*|class\s+\w+(?:\(.*\))?|(?:if|elif|while)\s.*(?:[=!<>]=|[<>]|\(\)).*|with\s+[\w.]+\(.*):$
      | for\s+\w+(?:,\s?\w+)*\s+in\s+[\w.]+(?:\(.*\)|\[.*\])?:$
      | (?:try|else|finally):$
      | [{}\[\]()]{1,4}[;,]?$                                  # brackets alone
      | ["'][\w:.*-]+["']\s*:\s*\S.*$                            # a JSON member
      | (?:SELECT|INSERT|UPDATE|DELETE|CREATE|FROM|WHERE|JOIN|GROUP\ BY|ORDER\ BY)\s.*[;,\w*)]$
      | </?[A-Za-z][\w:-]*(?:\s[^<>]*)?>$                        # a tag alone
      | \$\s+\S.*$                                              # a shell prompt
      | .*(?:\)\s*;|\{)$                                        # a statement, an opened block
    )
    """,
    re.VERBOSE,
)
_CALL = re.compile(r"^\s*[\w.]+\(.*\);?$")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]*_]*$")


def collapse(text: str) -> str:
    """``text`` on one line, with every run of white space a single space."""
    return " ".join(text.split())


def one_line(lines: Iterable[Line]) -> str:
    """``lines`` as one line of text."""
    return collapse(" ".join([line.text for line in lines]))


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does."""
    return bool(_SENTENCE_END.search(text.rstrip()[-8:]))


def continues(before: str, text: str) -> bool:
    """Whether ``text``, on the line below ``before``, continues the same paragraph."""
    if len(before) > WIDEST_WRAP:
        return False
    if not ends_sentence(before):
        return True
    return text[:1].islower() or len(before) > 0.6 * min(len(text), WIDEST_WRAP)


def markdown(lines: Sequence[Line]) -> str:
    """``lines`` as Markdown.

    Blank lines separate paragraphs. List items and table rows stay on lines of their own. Code without a fence is
    indented by four spaces, which adds nothing to its text.
    """
    width = min(max((len(line.text) for line in lines), default=0), WIDEST_WRAP)
    blocks: list[list[str]] = []
    open_block = False
    at = 0
    while at < len(lines):
        text = lines[at].text
        if not text.strip():
            open_block, at = False, at + 1
            continue
        code_end = _end_of_code(lines, at)
        if code_end > at:
            blocks.append([_code_block(lines[at:code_end])])
            open_block, at = False, code_end
            continue
        glue = _glue(lines[at - 1].text, text, width) if open_block else None
        if glue is None:
            blocks.append([collapse(text)])
        else:
            blocks[-1] += [glue, _item(text) if glue == "\n" else collapse(text)]
        open_block, at = True, at + 1
    return "\n\n".join("".join(block) for block in blocks)


def _glue(before: str, text: str, width: int) -> str | None:
    """What joins a line to the one above: a line end or a space; None if it begins a paragraph of its own."""
    if _ITEM.match(text) or _is_table_row(before):
        return "\n"
    if _follows_item(before, text) or not continues(before.strip(), text.strip()):
        return None
    far_from_full = width > MOST_BROKEN and len(before) < 0.4 * width
    return "\n" if far_from_full and not text.lstrip()[:1].islower() else " "


def _follows_item(before: str, text: str) -> bool:
    """Whether ``text`` starts a new paragraph below the finished last item of a list."""
    return bool(_ITEM.match(before)) and ends_sentence(before) and text[:1].isupper()


def _item(text: str) -> str:
    """A list item with its indentation, which shows how deep it is in a nested list."""
    indent = len(text.expandtabs(4)) - len(text.expandtabs(4).lstrip())
    return " " * indent + collapse(text)


def _is_table_row(text: str) -> bool:
    return text.lstrip().startswith("|")


def is_code(lines: Sequence[Line]) -> bool:
    """Whether ``lines`` are code from the first to the last."""
    return bool(lines) and _end_of_code(lines, 0) == len(lines)


def _end_of_code(lines: Sequence[Line], start: int) -> int:
    """The index after the code that begins at ``start``, or ``start`` if no code begins there."""
    if FENCE.match(lines[start].text):
        for at in range(start + 1, len(lines)):
            if FENCE.match(lines[at].text):
                return at + 1
        return len(lines)
    if not _looks_like_code(lines[start].text):
        return start
    depth, at = 0, start
    while at < len(lines) and (depth > 0 or _goes_on_as_code(lines[start].text, lines[at].text)):
        depth = max(depth + _opened(lines[at].text), 0)
        at += 1
    while not lines[at - 1].text.strip():
        at -= 1
    return at


def _looks_like_code(text: str) -> bool:
    return len(text) <= WIDEST_WRAP and not is_ruler(text) and bool(_CODE.match(text))


def _goes_on_as_code(first: str, text: str) -> bool:
    """Whether a line below code is code too: it looks like code, is a call, or is indented further."""
    is_further_in = len(text) - len(text.lstrip()) > len(first) - len(first.lstrip())
    return _looks_like_code(text) or bool(_CALL.match(text)) or (is_further_in and bool(text))


def _opened(text: str) -> int:
    return sum(text.count(sign) for sign in "([{") - sum(text.count(sign) for sign in ")]}")


def _code_block(lines: Sequence[Line]) -> str:
    if FENCE.match(lines[0].text):
        return "\n".join(line.text for line in lines)
    return "\n".join("    " + line.text if line.text else "" for line in lines)
