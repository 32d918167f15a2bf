"""Two questions, written down as many people do it: each habit asks which of three things floats, and which sinks."""

import re
from pathlib import Path

_PARTS = re.compile(r"^=== (?P<name>.+)\n", re.MULTILINE)


def _read() -> dict[str, str]:
    _before, *parts = _PARTS.split((Path(__file__).parent / "habits.txt").read_text(encoding="utf-8"))
    return {name: text.strip("\n") for name, text in zip(parts[::2], parts[1::2], strict=True)}


HABITS = _read()
"""The documents, by the name of their habit."""
