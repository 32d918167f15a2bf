"""Markdown of questions and of the bot's own texts as HTML: code, emphasis and lists, nothing that links or loads."""

from markupsafe import Markup

from bot.rendering.markdown import parser

_blocks = parser()


def blocks(text: str) -> Markup:
    """A text of one or more paragraphs."""
    return Markup(_blocks.render(text))  # noqa: S704 - the renderer escapes all text and its rules make safe tags only


def inline(text: str) -> Markup:
    """A text inside a line, such as a choice or a cell."""
    return Markup(_blocks.renderInline(text))  # noqa: S704 - as above


def choice(text: str) -> Markup:
    """A choice: inside its line where it can be, as blocks where it has lines of its own (code)."""
    return blocks(text) if "\n" in text else inline(text)
