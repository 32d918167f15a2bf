"""Decides how often Python looks for garbage in cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_BETWEEN_COLLECTIONS = 10_000
"""Objects between garbage collections: answers and files make thousands, none in cycles; the default is 700."""

_WHILE_READING = 100_000
"""Objects between garbage collections while a file is read: each part of it makes tens of thousands, and drops them."""


def collect_rarely() -> None:
    """Let the garbage collector run less often than by default, which costs up to a sixth of the processor time."""
    gc.set_threshold(_BETWEEN_COLLECTIONS)


@contextmanager
def hardly_collecting() -> Iterator[None]:
    """Let the garbage collector hardly run while a file is read, in a process that does nothing else meanwhile."""
    before = gc.get_threshold()
    gc.set_threshold(_WHILE_READING)
    try:
        yield
    finally:
        gc.set_threshold(*before)
