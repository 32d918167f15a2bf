"""The reading direction of each character: the Unicode Bidirectional Algorithm for a line without explicit codes.

`plain` takes embeddings, overrides and isolates out of a text, so only the algorithm's implicit rules remain (W, N1,
N2, I, L2). Brackets aren't paired (N0): they take the direction around them.
"""

from collections.abc import Sequence
from typing import TypeVar
from unicodedata import bidirectional

T = TypeVar("T")
_STRONG = frozenset({"L", "R", "AL"})


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is read from the right (P2, P3)."""
    strong = (kind for kind in map(bidirectional, text) if kind in _STRONG)
    return next(strong, "L") != "L"


def levels(text: str, *, right_to_left: bool) -> list[int]:
    """The embedding level of every character: those with an odd level are read from the right."""
    base = int(right_to_left)
    kinds = _weak([bidirectional(character) or "L" for character in text], base)
    _neutral(kinds, base)
    return [_implicit(kind, base) for kind in kinds]


def visual_order(items: Sequence[T], item_levels: Sequence[int]) -> list[T]:
    """The items from left to right (L2)."""
    order = list(range(len(items)))
    for level in range(max(item_levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and item_levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return [items[index] for index in order]


def _weak(kinds: list[str], base: int) -> list[str]:
    """Resolve numbers and the signs that belong to them (W1 to W7)."""
    strong = last = "R" if base else "L"
    for index, kind in enumerate(kinds):
        if kind in {"NSM", "BN"}:
            kinds[index] = last
        elif kind == "EN" and strong == "AL":
            kinds[index] = "AN"
        elif kind in _STRONG:
            strong = kind
        last = kinds[index]
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    _separators(kinds)
    _terminators(kinds)
    strong = "R" if base else "L"
    for index, kind in enumerate(kinds):
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[index] = "L"
    return kinds


def _separators(kinds: list[str]) -> None:
    """Give a single sign between two numbers of the same type their type (W4)."""
    for index in range(1, len(kinds) - 1):
        before, kind, behind = kinds[index - 1 : index + 2]
        if before == behind and ((kind == "ES" and before == "EN") or (kind == "CS" and before in {"EN", "AN"})):
            kinds[index] = before


def _terminators(kinds: list[str]) -> None:
    """Make currency and percent signs next to a number a part of it (W5)."""
    for order in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        step = -1 if order.step == 1 else 1
        for index in order:
            if kinds[index] == "ET" and kinds[index + step] == "EN":
                kinds[index] = "EN"


def _neutral(kinds: list[str], base: int) -> None:
    """Give characters without a direction the one that both neighbours share, or else the line's (N1, N2)."""
    direction = "R" if base else "L"
    start = 0
    while start < len(kinds):
        end = start
        while end < len(kinds) and kinds[end] not in {"L", "R", "EN", "AN"}:
            end += 1
        before = _side(kinds[start - 1]) if start else direction
        behind = _side(kinds[end]) if end < len(kinds) else direction
        kinds[start:end] = [before if before == behind else direction] * (end - start)
        start = end + 1


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"


def _implicit(kind: str, base: int) -> int:
    """Apply the rules I1 and I2."""
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)
