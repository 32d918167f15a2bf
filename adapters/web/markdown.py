"""Markdown of questions and of the bot's own texts as HTML: code, formulas, emphasis and lists.

Nothing in it links or loads. Formulas and coloured code take a while, so texts with them are rendered once, and off the
event loop if `beside_the_loop` makes what they are in.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from threading import Lock
from typing import TypeVar

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

_KEPT = 4 * 1024**2
"""How many characters of HTML to keep: several times what a page has, however long the texts are."""

T = TypeVar("T")


class _Slow(Exception):
    """A text takes a while, and isn't kept."""


_may_wait: ContextVar[bool] = ContextVar("may_wait", default=True)
"""Whether what is being made may take a while."""


def _formula(_renderer: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType) -> str:
    """Write a formula as MathML, or as its source if that can't be read."""
    source, displayed = tokens[at].content, tokens[at].markup == "$$"
    return mathml(source, displayed=displayed) or f"<code>{escape(source)}</code>"


_parser = parser()
_parser.options["highlight"] = highlighted
_parser.add_render_rule("formula", _formula)

_kept: LRUCache[tuple[str, bool], str] = LRUCache(_KEPT, getsizeof=len)
_turn = Lock()
"""Which thread may use what is kept: even looking something up changes the order there."""


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


async def beside_the_loop(make: Callable[[], T]) -> T:
    """Return what a function makes of texts, such as a page.

    It is made at once or, if one of the texts takes a while, on a thread, so that it keeps nobody else waiting.
    """
    before = _may_wait.set(False)
    try:
        return make()
    except _Slow:
        pass
    finally:
        _may_wait.reset(before)
    return await asyncio.to_thread(make)


def forget() -> None:
    """Forget all texts rendered so far."""
    _kept.clear()


def _html(text: str, *, in_line: bool) -> str:
    return _render_once(text, in_line) if _is_slow(text) else _render(text, in_line)


def _render_once(text: str, in_line: bool) -> str:
    """Render a text, or find it rendered; threads may do so at the same time."""
    with _turn:
        html = _kept.get((text, in_line))
    if html is not None:
        return html
    if not _may_wait.get():
        raise _Slow
    html = _render(text, in_line)
    if len(html) <= _KEPT:
        with _turn:
            _kept[text, in_line] = html
    return html


def _render(text: str, in_line: bool) -> str:
    return str(_parser.renderInline(text) if in_line else _parser.render(text))


def _is_slow(text: str) -> bool:
    return any(sign in text for sign in _SLOW)


def _safe(html: str) -> Markup:
    """Spell the commands in rendered HTML, which is safe: the renderer escapes all text and makes only safe tags."""
    return Markup(spelled(html, lambda command: str(escape(command.plain))))  # noqa: S704 - see above
