"""The Markdown that questions and messages are written in, so that a question means the same on every platform."""

from markdown_it import MarkdownIt


def parser() -> MarkdownIt:
    """A parser of this Markdown: code, emphasis, lists and tables, nothing that links or loads.

    From "zero" up, so that a rule that a later version of the library adds stays off. Left out on purpose: links,
    images and autolinks (nothing here leads away), raw HTML, and headings (a stem may begin with "#").
    """
    return MarkdownIt("zero", {"html": False, "breaks": True}).enable(
        ["fence", "code", "list", "backticks", "emphasis", "escape", "newline", "table"]
    )
