"""Turn characters into glyphs, each from a font that has it, joined and ordered as its script requires."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import uharfbuzz as hb

from bot.rendering.cards import bidi
from bot.rendering.cards.fonts import Typeface, sized, typeface_for
from bot.rendering.cards.plain import is_ignorable

SIGN = "\ufffd"
"""Replaces characters that no font here has, once for a whole run of them."""


@dataclass(frozen=True, slots=True)
class Style:
    """How large (in pixels) and how heavy a text is."""

    size: int
    weight: int = 400


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph and where it stands, in 64ths of a pixel from the line's start on its baseline."""

    typeface: Typeface
    number: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, ready to be painted; ``width`` in pixels."""

    glyphs: tuple[Glyph, ...]
    width: int
    style: Style
    right_to_left: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of characters that are shaped together."""

    text: str
    typeface: Typeface
    level: int


def shape(clusters: Sequence[str], style: Style, *, right_to_left: bool) -> Line:
    """Set ``clusters`` (see `bot.rendering.cards.plain.clusters`) on one line, of whatever width."""
    runs = list(_runs(list(_writable(clusters)), right_to_left=right_to_left))
    language = _language("".join(clusters))
    glyphs: list[Glyph] = []
    x = 0
    for run in bidi.visual_order(runs, [run.level for run in runs]):
        x = _shape_run(run, style, language, x, glyphs)
    return Line(tuple(glyphs), -(-x // 64), style, right_to_left)


def _writable(clusters: Sequence[str]) -> Iterator[tuple[str, Typeface]]:
    """Return each cluster in the fullest form that a font covers, with that font."""
    before: Typeface | None = None
    missing = False
    for cluster in clusters:
        if before is not None and not before.is_coloured and not cluster[0].isalnum() and before.covers(cluster):
            yield cluster, before  # a space or a stop between words of one script stays with them
            continue
        written, typeface = _written(cluster)
        if typeface is None:
            if not missing:
                yield SIGN, _sign()
            missing = True
            continue
        missing = False
        before = typeface
        yield written, typeface


def _written(cluster: str) -> tuple[str, Typeface | None]:
    if all(map(is_ignorable, cluster)):
        return cluster, _sign()
    plainer = unicodedata.normalize("NFKC", cluster)
    bare = "".join(c for c in unicodedata.normalize("NFKD", cluster) if not unicodedata.category(c).startswith("M"))
    for form in (cluster, plainer, bare):
        typeface = typeface_for(form) if form else None
        if typeface is not None:
            return form, typeface
    return cluster, None


def _sign() -> Typeface:
    typeface = typeface_for(SIGN)
    assert typeface is not None  # noqa: S101 — Noto Sans has it
    return typeface


def _runs(written: Sequence[tuple[str, Typeface]], *, right_to_left: bool) -> Iterator[_Run]:
    levels = bidi.levels("".join(cluster for cluster, _ in written), right_to_left=right_to_left)
    placed = []
    start = 0
    for cluster, typeface in written:
        placed.append((cluster, typeface, levels[start]))
        start += len(cluster)
    for (typeface, level), group in groupby(placed, key=lambda item: item[1:]):
        yield _Run("".join(cluster for cluster, _, _ in group), typeface, level)


def _shape_run(run: _Run, style: Style, language: str, x: int, glyphs: list[Glyph]) -> int:
    """Append the run's glyphs, and return where the next run starts."""
    buffer = hb.Buffer()
    buffer.add_str(run.text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if run.level % 2 else "ltr"
    buffer.language = language
    hb.shape(sized(run.typeface, style.size, style.weight), buffer)
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyphs.append(Glyph(run.typeface, info.codepoint, x + position.x_offset, position.y_offset))
        x += position.x_advance
    return x


def _language(text: str) -> str:
    """Return the language whose forms of Chinese characters are meant: kana mean Japanese, hangul Korean."""
    if any("\u3041" <= character <= "\u30ff" for character in text):
        return "ja"
    if any("\uac00" <= character <= "\ud7a3" for character in text):
        return "ko"
    return "zh-Hans"
