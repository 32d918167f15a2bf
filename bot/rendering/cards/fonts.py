"""The fonts of cards, opened when first needed; only the parts that are used are read from their files.

The files are in the folder ``fonts``; its README says where they come from.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import uharfbuzz as hb
from wcwidth import wcwidth

from bot.rendering.cards.plain import is_ignorable

_SCRIPTS = (
    *("Arabic", "Hebrew", "Devanagari", "Thai", "Armenian", "Bengali", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi"),
    *("Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu"),
)


_FOLDER = Path(__file__).parent / "fonts"
_BOLD_FROM = 600
"""Letters of this weight or more are bold: there are files for 400 and 700."""
_THICKER = 0.02
"""How much thicker a letter without a bold form is painted, as a share of its size."""


@dataclass(frozen=True, eq=False)
class Typeface:
    """One font in one or two weights. It is never changed, so any number of threads may read it."""

    face: hb.Face
    unicodes: hb.Set
    bold: Path | None = None
    """The file of the bold letters."""
    is_coloured: bool = False

    def covers(self, cluster: str) -> bool:
        """Whether the typeface has a glyph for every character of a cluster."""
        return all(is_ignorable(character) or ord(character) in self.unicodes for character in cluster)


@lru_cache(maxsize=256)
def sized(typeface: Typeface, size: int, weight: int) -> hb.Font:
    """The typeface at ``size`` pixels; it counts in 64ths of one."""
    is_bold = weight >= _BOLD_FROM
    font = hb.Font(_face(typeface.bold) if is_bold and typeface.bold else typeface.face)
    font.scale = (size * 64, size * 64)
    if is_bold and typeface.bold is None and not typeface.is_coloured:
        font.synthetic_bold = (_THICKER, _THICKER, True)
    return font


@lru_cache(maxsize=4096)
def typeface_for(cluster: str) -> Typeface | None:
    """The first typeface that covers ``cluster``; None if none does."""
    chain = (_emoji(), *_text()) if _looks_like_emoji(cluster) else (*_text(), _emoji())
    return next((typeface for typeface in chain if typeface.covers(cluster)), None)


def _looks_like_emoji(cluster: str) -> bool:
    first = cluster[0]
    if "\ufe0e" in cluster:
        return False
    return "\ufe0f" in cluster or first >= "\U0001f000" or ("\u2300" <= first <= "\u2bff" and wcwidth(first) == 2)


@cache
def _text() -> tuple[Typeface, ...]:
    return (*map(_script, ("", *_SCRIPTS)), _typeface(_FOLDER / "NotoSansCJK-Regular.otf"), _script("Symbols"))


def _script(name: str) -> Typeface:
    return _typeface(_FOLDER / f"NotoSans{name}-Regular.ttf", bold=_FOLDER / f"NotoSans{name}-Bold.ttf")


@cache
def _emoji() -> Typeface:
    return _typeface(_FOLDER / "Twemoji.ttf", is_coloured=True)


def _typeface(path: Path, *, bold: Path | None = None, is_coloured: bool = False) -> Typeface:
    face = _face(path)
    return Typeface(face, face.unicodes, bold, is_coloured)


@cache
def _face(path: Path) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(path)))
