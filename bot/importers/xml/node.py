"""One element of an XML file with everything in it."""

from collections.abc import Iterator, Mapping
from html import escape


class Node:
    """An element.

    Attributes:
        tag: its name.
        attributes: their values, by name.
        line: the 1-based line where it begins.
        content: the elements and texts in it, in order.
    """

    __slots__ = ("attributes", "content", "line", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str] | None = None, line: int = 0) -> None:
        self.tag = tag
        self.attributes = attributes or {}
        self.line = line
        self.content: list[Node | str] = []

    def all(self, tag: str) -> Iterator["Node"]:
        """Yield the elements in it that have this name."""
        return (part for part in self.content if isinstance(part, Node) and part.tag == tag)

    def first(self, tag: str) -> "Node":
        """Return the first element in it that has this name; an empty one if there is none."""
        return next(self.all(tag), Node(tag, line=self.line))

    def has(self, tag: str) -> bool:
        """Whether there is such an element in it."""
        return any(True for _node in self.all(tag))

    @property
    def text(self) -> str:
        """What it says. Some authors forget to mark HTML as text; elements of that count as HTML, too."""
        if all(isinstance(part, str) or part.tag == "file" for part in self.content):
            return "".join(part for part in self.content if isinstance(part, str)).strip()
        return "".join(map(_html, self.content)).strip()

    def value(self, tag: str) -> str:
        """What the first element with this name says; empty if there is none."""
        return self.first(tag).text


def written(node: Node, *, without: str = "") -> str:
    """Return an element as XML; elements named ``without`` lose their content."""
    return _written(node, without=without)


def _written(node: Node, *, without: str = "") -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    kept = [] if node.tag == without else node.content
    inside = "".join(_text(part) if isinstance(part, str) else _written(part, without=without) for part in kept)
    return f"<{node.tag}{attributes}>{inside}</{node.tag}>" if inside else f"<{node.tag}{attributes}/>"


def _html(part: Node | str) -> str:
    """An element, or a text in one, as HTML; a text with tags in it is HTML already."""
    if isinstance(part, str):
        return part if "</" in part else escape(part, quote=False)
    if part.tag == "file":
        return ""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in part.attributes.items())
    inside = "".join(map(_html, part.content))
    return f"<{part.tag}{attributes}>{inside}</{part.tag}>" if inside else f"<{part.tag}{attributes}/>"


def _text(text: str) -> str:
    if "<" in text or "&" in text:
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    return text.replace(">", "&gt;")
