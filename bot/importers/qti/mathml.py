"""Writes formulas in MathML as TeX, which is how Markdown holds them."""

import re
from collections.abc import Callable, Mapping, Sequence

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.importers.reading.compose import collapse
from bot.importers.xml.node import Node

_SPECIAL = re.compile(r"[{}#%&_]")
_FORBIDDEN = re.compile(r"[\\$`^~]")
_FUNCTIONS = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "sinh",
        "cosh",
        "tanh",
        "arcsin",
        "arccos",
        "arctan",
        "log",
        "ln",
        "exp",
        "lim",
        "max",
        "min",
        "det",
        "gcd",
    ]
)
_SIGNS = {
    "\u2061": "",
    "\u2062": "",
    "\u2063": "",
    "\u2064": "",
    "\u2212": "-",
    "\u00d7": r"\times ",
    "\u00f7": r"\div ",
    "\u00b1": r"\pm ",
    "\u2264": r"\le ",
    "\u2265": r"\ge ",
    "\u2260": r"\ne ",
    "\u221e": r"\infty ",
    "\u03c0": r"\pi ",
    "\u2211": r"\sum ",
    "\u220f": r"\prod ",
    "\u222b": r"\int ",
    "\u2192": r"\to ",
    "\u22c5": r"\cdot ",
    "\u00b7": r"\cdot ",
    "\u00b0": r"{}^{\circ}",
}


def tex(node: Node) -> str:
    """Return a formula as TeX.

    Raises:
        BadInput: it has parts that aren't known here.
    """
    return collapse(_tex(node))


def _tex(node: Node) -> str:
    if node.tag in _TOKENS:
        return _TOKENS[node.tag](collapse(node.text))
    parts = [part for part in node.content if isinstance(part, Node)]
    if node.tag == "mfenced":
        return _fenced(node, parts)
    if node.tag == "mtable":
        rows = ([_tex(cell) for cell in row.content if isinstance(cell, Node)] for row in parts)
        return r"\begin{matrix}" + r" \\ ".join(" & ".join(row) for row in rows) + r"\end{matrix}"
    if node.tag in _ROWS:
        return _ROWS[node.tag].format("".join(map(_tex, parts[:1] if node.tag == "semantics" else parts)))
    if node.tag in _SCHEMES and len(parts) == _SCHEMES[node.tag][0]:
        return _SCHEMES[node.tag][1]([_tex(part) for part in parts])
    raise BadInput(_("A formula in it can't be read."))


def _fenced(node: Node, parts: Sequence[Node]) -> str:
    separator = node.attributes.get("separators", ",")[:1]
    opening, closing = node.attributes.get("open", "("), node.attributes.get("close", ")")
    return f"{_signs(opening)}{_signs(separator).join(map(_tex, parts))}{_signs(closing)}"


def _signs(text: str) -> str:
    if _FORBIDDEN.search(text):
        raise BadInput(_("A formula in it can't be read."))
    return "".join(_SIGNS.get(sign) or _words(sign) for sign in text if _SIGNS.get(sign) != "")


def _name(text: str) -> str:
    if text in _FUNCTIONS:
        return rf"\{text} "
    return rf"\mathrm{{{_words(text)}}}" if len(text) > 1 and text.isalpha() else _signs(text)


def _words(text: str) -> str:
    if _FORBIDDEN.search(text):
        raise BadInput(_("A formula in it can't be read."))
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def _quoted(text: str) -> str:
    return rf"\text{{{_words(text)}}}" if text else ""


_TOKENS: Mapping[str, Callable[[str], str]] = {
    "mi": _name,
    "mn": _signs,
    "mo": _signs,
    "mtext": _quoted,
    "ms": _quoted,
    "mspace": lambda _text: r"\ ",
}
_ROWS = {
    **dict.fromkeys(("math", "mrow", "mstyle", "mpadded", "mtd", "semantics"), "{}"),
    "msqrt": r"\sqrt{{{}}}",
}
_SCHEMES: Mapping[str, tuple[int, Callable[[Sequence[str]], str]]] = {
    "msup": (2, lambda parts: f"{{{parts[0]}}}^{{{parts[1]}}}"),
    "msub": (2, lambda parts: f"{{{parts[0]}}}_{{{parts[1]}}}"),
    "msubsup": (3, lambda parts: f"{{{parts[0]}}}_{{{parts[1]}}}^{{{parts[2]}}}"),
    "munder": (2, lambda parts: f"{parts[0].strip()}_{{{parts[1]}}}"),
    "mover": (2, lambda parts: rf"\overset{{{parts[1]}}}{{{parts[0]}}}"),
    "munderover": (3, lambda parts: f"{parts[0].strip()}_{{{parts[1]}}}^{{{parts[2]}}}"),
    "mfrac": (2, lambda parts: rf"\frac{{{parts[0]}}}{{{parts[1]}}}"),
    "mroot": (2, lambda parts: rf"\sqrt[{parts[1]}]{{{parts[0]}}}"),
}
"""How many parts an element has, and what TeX has for it."""
