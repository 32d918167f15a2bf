"""Writes `bot/domain/prototypes.py`: which characters look alike, from the data of the package confusable-homoglyphs.

The package holds the lines of Unicode's confusables.txt both ways: a character with what it looks like, and that with
the character. What all of a group look like, its prototype, stands in the middle of them.
"""

import sys
import textwrap
import unicodedata
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from confusable_homoglyphs.confusables import confusables_data

TARGET = Path(__file__).parents[2] / "bot" / "domain" / "prototypes.py"

_HEAD = '''"""Which characters look alike: data, made by `make lookalikes` (`tests/supply/lookalikes.py`).

It is that of Unicode's confusables.txt (UTS #39), version 15.1, as confusable-homoglyphs {version} has it; what is one
character after compatibility normalization is left out. Copyright © 1991-2023 Unicode, Inc., under the Unicode License
V3: https://www.unicode.org/license.txt
"""

PROTOTYPES = """
{lines}
"""
"""Groups of hexadecimal code points: what they look like (parts joined by +), then all that look like it."""
'''


def groups() -> Iterator[tuple[str, list[str]]]:
    """What a group of characters looks like, and those that look like it, in order."""
    near = {_bare(one): {_bare(other["c"]) for other in others} for one, others in confusables_data.items()}
    seen: set[str] = set()
    for one in sorted(near):
        if one in seen:
            continue
        group = {one}
        while more := set().union(*(near[member] for member in group)) - group:
            group |= more
        seen |= group
        middle = max(sorted(group), key=lambda member: (len(near[member]), len(member), -ord(member[0])))
        alike = sorted(member for member in group - {middle} if len(member) == 1 and _is_new(member, middle))
        if alike:
            yield middle, alike


def _bare(text: str) -> str:
    """Without the direction marks around what is written from right to left."""
    return text.strip("\u200e")


def _is_new(character: str, prototype: str) -> bool:
    """Whether normalization alone doesn't make the prototype, or another character, of it."""
    return unicodedata.normalize("NFKC", character) == character != unicodedata.normalize("NFKC", prototype)


def written() -> str:
    """The module."""
    lines = " ".join(
        "=".join(("+".join(f"{ord(c):x}" for c in middle), ",".join(f"{ord(c):x}" for c in alike)))
        for middle, alike in sorted(groups())
    )
    wrapped = "\n".join(
        textwrap.wrap(lines.replace(",", ", "), 118, break_long_words=False, break_on_hyphens=False)
    ).replace(", ", ",")
    return _HEAD.format(version=version("confusable-homoglyphs"), lines=wrapped)


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
    sys.stdout.write(f"Wrote {TARGET.name}.\n")
