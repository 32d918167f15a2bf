"""How other platforms will show a message: their looks, and the few elements that a page makes of them."""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points

from markupsafe import Markup, escape

from adapters.common.looks import Look, Preview, Run, Style
from bot.domain.views import MessageView

_GROUP = "quizbot.previews"
_ELEMENTS = {
    Style.BOLD: "strong",
    Style.ITALIC: "em",
    Style.UNDERLINED: "u",
    Style.STRUCK: "s",
    Style.CODE: "code",
}


def looks(view: MessageView) -> list[Look]:
    """Return how each other platform shows a view, whether or not this bot serves it."""
    return [preview(view) for preview in _previews()]


@cache
def _previews() -> tuple[Preview, ...]:
    """Load what the installed adapters offer, by name; none of it loads a platform's library."""
    return tuple(plugin.load() for plugin in sorted(entry_points(group=_GROUP), key=lambda plugin: plugin.name))


def styled(runs: Iterable[Run]) -> Markup:
    """Return the runs of a line as HTML: their texts escaped, in no other elements than those for the styles."""
    return Markup().join(map(_element, runs))


def _element(run: Run) -> Markup:
    html = escape(run.text)
    for style, name in _ELEMENTS.items():
        if style in run.styles:
            html = Markup("<{name}>{html}</{name}>").format(name=name, html=html)
    return html
