"""Writes the formulas of a Word document on one line."""

from bot.importers.word.xml import Element, child, local

_INFIX = {"f": "/", "sSup": "^", "sSub": "_"}
_PARTS = {"f": ("num", "den"), "sSup": ("e", "sup"), "sSub": ("e", "sub")}


def formula(element: Element) -> str:
    """A formula as people type it, such as ``(a+b)/2``."""
    name = local(element)
    if name == "t":
        return element.text or ""
    if name in _PARTS:
        first, second = (_told(child(element, part)) for part in _PARTS[name])
        return f"{first}{_INFIX[name]}{second}"
    if name == "rad":
        return f"√{_told(child(element, 'e'))}"
    if name == "d":
        return f"({''.join(map(formula, element))})"
    return "".join(formula(one) for one in element)


def _told(element: Element | None) -> str:
    """A part of a formula, in brackets if it is more than one name or number."""
    text = formula(element) if element is not None else ""
    return text if text.isalnum() or (text[:1] == "(" and text[-1:] == ")") else f"({text})"
