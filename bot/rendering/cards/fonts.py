"""The fonts of a card, opened once when they are first needed and read from their files as far as they are used.

Noto comes from the packages manimgx-fonts and manimgx-fonts-cjk; the emoji in colour lie beside this file.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

import uharfbuzz as hb
from wcwidth import wcwidth

from bot.rendering.cards.plain import is_ignorable

_SCRIPTS = (
    *("Arabic", "Hebrew", "Devanagari", "Thai", "Armenian", "Bengali", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi"),
    *("Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu"),
)


@dataclass(frozen=True, eq=False)
class Typeface:
    """One font file. It is never changed, so any number of threads may read it."""

    face: hb.Face
    unicodes: hb.Set
    is_coloured: bool = False

    def covers(self, cluster: str) -> bool:
        """Whether every character of it has a glyph here."""
        return all(is_ignorable(character) or ord(character) in self.unicodes for character in cluster)


@lru_cache(maxsize=256)
def sized(typeface: Typeface, size: int, weight: int) -> hb.Font:
    """The typeface at ``size`` pixels; it counts in 64ths of one."""
    font = hb.Font(typeface.face)
    font.scale = (size * 64, size * 64)
    if typeface.face.has_var_data:
        font.set_variations({"wght": weight})
    return font


@lru_cache(maxsize=4096)
def typeface_for(cluster: str) -> Typeface | None:
    """The first typeface that covers ``cluster``; None where none does."""
    chain = (*_emoji(), *_text()) if _looks_like_emoji(cluster) else (*_text(), *_emoji())
    return next((typeface for typeface in chain if typeface.covers(cluster)), None)


def _looks_like_emoji(cluster: str) -> bool:
    first = cluster[0]
    if "\ufe0e" in cluster:
        return False
    return "\ufe0f" in cluster or first >= "\U0001f000" or ("\u2300" <= first <= "\u2bff" and wcwidth(first) == 2)


@cache
def _text() -> tuple[Typeface, ...]:
    noto, cjk = files("manimgx_fonts"), files("manimgx_fonts_cjk")
    scripts = [noto / f"NotoSans{script}[wght].ttf" for script in ("", *_SCRIPTS)]
    return tuple(
        _typeface(Path(str(path)))
        for path in (*scripts, cjk / "NotoSansCJK-VF.otf.ttc", noto / "NotoSansSymbols[wght].ttf")
    )


@cache
def _emoji() -> tuple[Typeface, ...]:
    coloured = Path(__file__).parent / "fonts" / "Twemoji.ttf"
    return _typeface(coloured, is_coloured=True), _typeface(Path(str(files("manimgx_fonts") / "NotoEmoji[wght].ttf")))


def _typeface(path: Path, *, is_coloured: bool = False) -> Typeface:
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return Typeface(face, face.unicodes, is_coloured)
