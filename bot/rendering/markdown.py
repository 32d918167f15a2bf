"""The Markdown that questions and messages are written in, so that a question means the same on every platform."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from bot.domain.formulas import formula_at

_GAP = re.compile("_{4,}")
_DISPLAY = "$$"
_MOST_LINES = 40
"""The most lines of a formula that stands on its own."""


def parser() -> MarkdownIt:
    """Make a parser of this Markdown: code, formulas, emphasis, lists and tables, nothing that links or loads.

    It starts from "zero", so that rules that the library adds later stay off. Left out on purpose: links,
    images and autolinks (nothing here leads away), raw HTML, and headings (a stem may begin with "#").

    A formula becomes a token ``formula``: its content is the source, its markup ``$``, or ``$$`` if it is displayed.
    """
    made = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
        ["fence", "code", "list", "backticks", "emphasis", "escape", "newline", "table"]
    )
    made.inline.ruler.before("emphasis", "gap", _gap)
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
