"""Markdown of questions and of the bot's own texts as HTML: code, emphasis and lists, nothing that links or loads."""

from markupsafe import Markup, escape

from bot.domain.typed import spelled
from bot.rendering.markdown import parser

_blocks = parser()


def blocks(text: str) -> Markup:
    """A text of one or more paragraphs."""
    return _safe(_blocks.render(text))


def inline(text: str) -> Markup:
    """A text inside a line, such as a choice or a cell."""
    return _safe(_blocks.renderInline(text))


def choice(text: str) -> Markup:
    """A choice: inside its line where it can be, as blocks where it has lines of its own (code)."""
    return blocks(text) if "\n" in text else inline(text)


def _safe(html: str) -> Markup:
    """What the renderer made, with its commands spelled: it escapes all text, and its rules make safe tags only."""
    return Markup(spelled(html, lambda command: str(escape(command.plain))))  # noqa: S704 - see above
