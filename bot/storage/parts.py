"""Split long lists, because an SQL statement takes at most about 32,000 parameters."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

PART = 5_000

T = TypeVar("T")


def parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield the items in their order, at most `PART` at a time."""
    for start in range(0, len(items), PART):
        yield items[start : start + PART]
