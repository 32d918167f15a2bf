"""Markdown of questions and of the bot's own texts as HTML: code, emphasis and lists, nothing that links or loads."""

from markupsafe import Markup, escape

from bot.domain.typed import spelled
from bot.rendering.markdown import parser

_blocks = parser()


def blocks(text: str) -> Markup:
    """Render a text of one or more paragraphs."""
    return _safe(_blocks.render(text))


def inline(text: str) -> Markup:
    """Render a text within a line, such as a choice or a cell."""
    return _safe(_blocks.renderInline(text))


def choice(text: str) -> Markup:
    """Render a choice: within its line if possible, as blocks if it has lines of its own (code)."""
    return blocks(text) if "\n" in text else inline(text)


def _safe(html: str) -> Markup:
    """Spell the commands in rendered HTML, which is safe: the renderer escapes all text and makes only safe tags."""
    return Markup(spelled(html, lambda command: str(escape(command.plain))))  # noqa: S704 - see above
