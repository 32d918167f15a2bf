"""Markdown of questions and of the bot's own texts as HTML: code, formulas, emphasis and lists.

Nothing in it loads. Web addresses are links in whole paragraphs, and plain text within a line: choices, titles and
cells may stand in something that can be clicked itself. Each text is rendered once. Formulas, coloured code and long
texts take a while, and so do many short ones: `beside_the_loop` makes what they are in off the event loop.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from enum import Enum, auto
from math import inf
from threading import Lock
from time import thread_time
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
_LONG = 500
"""The most characters in a text that is still quick to render: a purpose-made one takes 15 µs for each."""
_AT_ONCE_S = 0.01
"""How many seconds of processor time all texts of a page may take on the event loop."""

_KEPT = 4 * 1024**2
"""How many characters of HTML to keep: several times what a page has, however long the texts are."""
_LINKS = "links"
_OF_EACH = 250
"""What keeping a text takes besides, in characters."""

T = TypeVar("T")


class _Slow(Exception):
    """A text takes a while, and isn't kept."""


_until: ContextVar[float] = ContextVar("until", default=inf)
"""Until when, in the thread's processor time, texts are rendered at once; infinite where they may take a while."""


def _formula(_renderer: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType) -> str:
    """Write a formula as MathML, or as its source if that can't be read."""
    source, displayed = tokens[at].content, tokens[at].markup == "$$"
    return mathml(source, displayed=displayed) or f"<code>{escape(source)}</code>"


def _address(_renderer: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, env: EnvType) -> str:
    """Write a web address, which opens apart from the room and isn't told where the reader came from."""
    address = escape(tokens[at].content)
    if not env.get(_LINKS):
        return str(address)
    return f'<a href="{address}" target="_blank" rel="noopener noreferrer nofollow">{address}</a>'


_parser = parser()
_parser.options["highlight"] = highlighted
_parser.add_render_rule("formula", _formula)
_parser.add_render_rule("address", _address)


class _Shape(Enum):
    """How a text is rendered: in its line, in lines of its own, or in paragraphs with links."""

    IN_LINE = auto()
    LINES = auto()
    PARAGRAPHS = auto()


_kept: LRUCache[tuple[str, _Shape], str] = LRUCache(_KEPT, getsizeof=lambda html: len(html) + _OF_EACH)
_turn = Lock()
"""Which thread may use what is kept: even looking something up changes the order there."""


def blocks(text: str) -> Markup:
    """Render a text of one or more paragraphs."""
    return _safe(_html(text, _Shape.PARAGRAPHS))


def inline(text: str) -> Markup:
    """Render a text within a line, such as a choice or a cell."""
    return _safe(_html(text, _Shape.IN_LINE))


def choice(text: str) -> Markup:
    """Render a choice: within its line if possible, as blocks if it has lines of its own (code)."""
    return _safe(_html(text, _Shape.LINES)) if "\n" in text else inline(text)


def words(text: str) -> str:
    """Return the words of a text within a line, where HTML has no place for elements; formulas as their source."""
    _check_time(text)
    spans = (child for token in _parser.parseInline(text) for child in token.children or ())
    return plainly("".join(span.content or (" " if span.type.endswith("break") else "") for span in spans))


async def beside_the_loop(make: Callable[[], T]) -> T:
    """Return what a function makes of texts, such as a page.

    It is made at once or, if the texts take a while, on a thread, so that it keeps nobody else waiting.
    """
    before = _until.set(thread_time() + _AT_ONCE_S)
    try:
        return make()
    except _Slow:
        pass
    finally:
        _until.reset(before)
    return await asyncio.to_thread(make)


def forget() -> None:
    """Forget all texts rendered so far."""
    _kept.clear()


def _html(text: str, shape: _Shape) -> str:
    """Render a text, or find it rendered; threads may do so at the same time."""
    with _turn:
        html = _kept.get((text, shape))
    if html is not None:
        return html
    _check_time(text, is_slow=any(sign in text for sign in _SLOW))
    env = {_LINKS: shape is _Shape.PARAGRAPHS}
    html = str(_parser.renderInline(text, env) if shape is _Shape.IN_LINE else _parser.render(text, env))
    if len(html) + _OF_EACH <= _KEPT:
        with _turn:
            _kept[text, shape] = html
    return html


def _check_time(text: str, *, is_slow: bool = False) -> None:
    """Raise _Slow if this text takes a while and may not, or if those before it have taken all the time there is."""
    until = _until.get()
    if until < inf and (is_slow or len(text) > _LONG or thread_time() > until):
        raise _Slow


def _safe(html: str) -> Markup:
    """Spell the commands in rendered HTML, which is safe: the renderer escapes all text and makes only safe tags."""
    return Markup(spelled(html, lambda command: str(escape(command.plain))))  # noqa: S704 - see above
