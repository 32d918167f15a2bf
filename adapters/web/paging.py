"""Split long lists into pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list; ``number`` counts from 1."""

    items: Sequence[T]
    number: int
    pages: int
    first: int
    total: int


def page_of(items: Sequence[T], wanted: str | None, size: int) -> Page[T]:
    """Return the wanted page, or the nearest one that exists."""
    pages = max(1, -(-len(items) // size))
    asked = int(wanted) if wanted and wanted.isascii() and wanted.isdecimal() and len(wanted) < 9 else 1
    number = min(max(1, asked), pages)
    start = (number - 1) * size
    return Page(items=items[start : start + size], number=number, pages=pages, first=start + 1, total=len(items))
