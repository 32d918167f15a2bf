"""SVG elements as text."""

from collections.abc import Iterable
from html import escape

Attribute = str | int | float


def element(name: str, inside: str = "", /, **attributes: Attribute) -> str:
    """Return an element around SVG as text; in attribute names ``_`` becomes ``-``, and one at the end is dropped."""
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def words(text: str, /, **attributes: Attribute) -> str:
    """Return a text at a position."""
    return element("text", escape(text), **attributes)


def chart(parts: Iterable[str], *, width: float, height: float, label: str) -> str:
    """Return a whole chart; ``label`` is what a screen reader says instead of the texts in it."""
    box = f"0 0 {_value(width)} {_value(height)}"
    drawn = element("g", "".join(parts), aria_hidden="true")
    return element("svg", drawn, class_="chart", viewBox=box, width=width, height=height, role="img", aria_label=label)


def _value(value: Attribute) -> str:
    return f"{value:g}" if isinstance(value, float) else escape(str(value))
