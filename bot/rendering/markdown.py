"""The Markdown that questions and messages are written in, so that a question means the same on every platform."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_GAP = re.compile("_{4,}")


def parser() -> MarkdownIt:
    """Make a parser of this Markdown: code, emphasis, lists and tables, nothing that links or loads.

    It starts from "zero", so that rules that the library adds later stay off. Left out on purpose: links,
    images and autolinks (nothing here leads away), raw HTML, and headings (a stem may begin with "#").
    """
    made = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
        ["fence", "code", "list", "backticks", "emphasis", "escape", "newline", "table"]
    )
    made.inline.ruler.before("emphasis", "gap", _gap)
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
