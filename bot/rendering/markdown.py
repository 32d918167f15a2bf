"""The Markdown that questions and messages are written in, so that a question means the same on every platform."""

from markdown_it import MarkdownIt


def parser() -> MarkdownIt:
    """Make a parser of this Markdown: code, emphasis, lists and tables, nothing that links or loads.

    It starts from "zero", so that rules that the library adds later stay off. Left out on purpose: links,
    images and autolinks (nothing here leads away), raw HTML, and headings (a stem may begin with "#").
    """
    return MarkdownIt("zero", {"html": False, "breaks": True}).enable(
        ["fence", "code", "list", "backticks", "emphasis", "escape", "newline", "table"]
    )
