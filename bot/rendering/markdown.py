"""The Markdown that questions and messages are written in, so that a question means the same on every platform."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from bot.domain.formulas import formula_at

_GAP = re.compile("_{4,}")
_NAME = re.compile(r"__[a-zA-Z][a-zA-Z0-9]*(?:_[a-zA-Z0-9]+)*__(?!\w)")
_SCHEME = re.compile(r"(?<!\w)https?$", re.IGNORECASE)
_ADDRESS = re.compile(
    r"://[a-zA-Z0-9][a-zA-Z0-9.-]{0,250}+(?::\d{1,5})?+(?!@)(?:[/?#][\w/?#.,:;!~@&=+%()$-]{0,800})?", re.ASCII
)
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((https?://[^\s()<>]{1,1000})\)", re.IGNORECASE)
_BEHIND = ".,:;!?_~"
"""What a sentence has behind an address."""
_DISPLAY = "$$"
_MOST_LINES = 40
"""The most lines of a formula that stands on its own."""


def parser() -> MarkdownIt:
    """Make a parser of this Markdown: code, formulas, emphasis, lists, tables and web addresses, nothing that loads.

    It starts from "zero", so that rules that the library adds later stay off. Left out on purpose: images, raw HTML,
    and headings (a stem may begin with "#"). Emphasis never hides an address or a name such as ``__init__``.

    A formula becomes a token ``formula``: its content is the source, its markup ``$``, or ``$$`` if it is displayed.
    A web address becomes a token ``address``, its content. A link says where it leads: ``[text](address)`` is read as
    ``text (address)``, so that no text can pass for another address.
    """
    made = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
        ["fence", "code", "list", "backticks", "emphasis", "escape", "newline", "table"]
    )
    made.inline.ruler.before("emphasis", "gap", _gap)
    made.inline.ruler.before("emphasis", "name", _name)
    made.inline.ruler.before("emphasis", "address", _address)
    made.inline.ruler.before("emphasis", "link", _link)
    made.inline.ruler.before("emphasis", "formula", _formula)
    made.block.ruler.before("table", "displayed", _displayed, {"alt": ["paragraph"]})
    return made


def _gap(state: StateInline, silent: bool) -> bool:
    """Keep a row of underscores, which is a gap, as text: two gaps would otherwise be read as emphasis, and vanish."""
    gap = _GAP.match(state.src, state.pos)
    if gap is None:
        return False
    if not silent:
        state.pending += gap[0]
    state.pos = gap.end()
    return True


def _name(state: StateInline, silent: bool) -> bool:
    """Keep a name of a program, such as ``__init__``, as text: it isn't the word “init” in bold."""
    before = state.src[state.pos - 1 : state.pos]
    name = None if before == "_" or before.isalnum() else _NAME.match(state.src, state.pos)
    if name is None:
        return False
    if not silent:
        state.pending += name[0]
    state.pos = name.end()
    return True


def _address(state: StateInline, silent: bool) -> bool:
    """Read a web address; its scheme was taken for text before the colon."""
    found = _ADDRESS.match(state.src, state.pos)
    scheme = _SCHEME.search(state.pending[-6:]) if found else None
    if found is None or scheme is None:
        return False
    rest = found[0].rstrip(_BEHIND)
    while rest.endswith(")") and rest.count(")") > rest.count("("):
        rest = rest[:-1].rstrip(_BEHIND)
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        state.push("address", "", 0).content = scheme[0] + rest
    state.pos += len(rest)
    return True


def _link(state: StateInline, silent: bool) -> bool:
    """Read a link as its text and, in brackets, its address; a picture's stays as typed."""
    is_picture = state.src[state.pos - 1 : state.pos] == "!"
    found = None if is_picture else _LINK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        end = state.posMax
        state.pos, state.posMax = found.start(1), found.end(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.pending += " ("
        state.push("address", "", 0).content = found[2]
        state.pending += ")"
    state.pos = found.end()
    return True


def _formula(state: StateInline, silent: bool) -> bool:
    formula = formula_at(state.src, state.pos) if state.src[state.pos] == "$" else None
    if formula is None:
        return False
    if not silent:
        token = state.push("formula", "math", 0)
        token.content, token.markup = formula.source, _DISPLAY if formula.displayed else "$"
    state.pos = formula.end
    return True


def _displayed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Keep the lines from ``$$`` to ``$$`` together: one of them may begin like a list, with a minus."""
    first = _line(state, start)
    if state.is_code_block(start) or not first.startswith(_DISPLAY) or first.count(_DISPLAY) > 1:
        return False
    for last in range(start + 1, min(end, start + _MOST_LINES)):
        line = _line(state, last)
        if not line or "`" in line or state.sCount[last] < state.blkIndent:
            return False
        if line.endswith(_DISPLAY):
            break
    else:
        return False
    if not silent:
        state.line = last + 1
        token = state.push("paragraph_open", "p", 1)
        token.map = [start, state.line]
        token = state.push("inline", "", 0)
        token.content = "\n".join(_line(state, number) for number in range(start, state.line))
        token.map, token.children = [start, state.line], []
        state.push("paragraph_close", "p", -1)
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()
