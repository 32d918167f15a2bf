"""Markdown of questions and of the bot's own texts as HTML: code, formulas, emphasis and lists.

Nothing in it links or loads. Formulas and coloured code take a while, so texts with them are rendered once, and off the
event loop if they are prepared.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence

from cachetools import LRUCache
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from adapters.web.highlighting import highlighted
from bot.domain.typed import plainly, spelled
from bot.rendering.formulas.mathml import mathml
from bot.rendering.markdown import parser

_SLOW = ("$", "```", "~~~")
"""What formulas and code with a language begin with."""

_KEPT = 512


def _formula(_renderer: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType) -> str:
    """Write a formula as MathML, or as its source if that can't be read."""
    source, displayed = tokens[at].content, tokens[at].markup == "$$"
    return mathml(source, displayed=displayed) or f"<code>{escape(source)}</code>"


_parser = parser()
_parser.options["highlight"] = highlighted
_parser.add_render_rule("formula", _formula)

_kept: LRUCache[tuple[str, bool], str] = LRUCache(_KEPT)


def blocks(text: str) -> Markup:
    """Render a text of one or more paragraphs."""
    return _safe(_html(text, in_line=False))


def inline(text: str) -> Markup:
    """Render a text within a line, such as a choice or a cell."""
    return _safe(_html(text, in_line=True))


def choice(text: str) -> Markup:
    """Render a choice: within its line if possible, as blocks if it has lines of its own (code)."""
    return blocks(text) if "\n" in text else inline(text)


def words(text: str) -> str:
    """Return the words of a text within a line, where HTML has no place for elements; formulas as their source."""
    spans = (child for token in _parser.parseInline(text) for child in token.children or ())
    return plainly("".join(span.content or (" " if span.type.endswith("break") else "") for span in spans))


async def prepare(texts: Iterable[str]) -> None:
    """Render in a thread what takes a while, so that pages with these texts keep nobody else waiting."""
    cold = [key for text in dict.fromkeys(texts) if _is_slow(text) for key in _ways(text) if key not in _kept]
    if cold:
        _kept.update(zip(cold, await asyncio.to_thread(lambda: [_render(*key) for key in cold]), strict=True))


def _ways(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the ways in which a page may render a text."""
    yield text, False
    if "\n" not in text:
        yield text, True


def _html(text: str, *, in_line: bool) -> str:
    if not _is_slow(text):
        return _render(text, in_line)
    if (text, in_line) not in _kept:
        _kept[text, in_line] = _render(text, in_line)
    return _kept[text, in_line]


def _render(text: str, in_line: bool) -> str:
    return str(_parser.renderInline(text) if in_line else _parser.render(text))


def _is_slow(text: str) -> bool:
    return any(sign in text for sign in _SLOW)


def _safe(html: str) -> Markup:
    """Spell the commands in rendered HTML, which is safe: the renderer escapes all text and makes only safe tags."""
    return Markup(spelled(html, lambda command: str(escape(command.plain))))  # noqa: S704 - see above
