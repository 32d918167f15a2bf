"""Reads the lines of a PDF's pages: in the file's order, or column by column where the file mixes columns."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.documents.labels import typed_label
from bot.importers.documents.piece import Family

MOST_OPERATORS = 2_000_000
"""The most operators that are carried out for one file: a page can repeat parts of itself without end."""
MOST_LINES = 999
"""The most lines that are read of one page."""

_SIGNS = dict.fromkeys([0, *range(0xD800, 0xE000)], "\ufffd") | str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\uf0b7": "•",
        "\uf0a7": "•",
        "\uf0d8": "•",
        "\uf0fc": "✓",
        "\uf0fe": "☑",
        "\uf0a8": "☐",
        "\uf06f": "☐",
    }
)
"""Ligatures, signs of Word's symbol fonts, which PDF files name by private numbers, and what isn't text: NUL and halves
of surrogate pairs, which broken fonts name.
"""
_SPACE = re.compile(r"[ \t\u00a0]+")
_BULLET_ALONE = re.compile(r"[•✓☑☐]")
_FAR = 1.6
"""How much further apart than usual lines of two paragraphs are."""
_FEWEST_ROWS = 6
_MOSTLY = 0.5
_MIDDLE = (0.4, 0.62)
"""Where a second column begins, as a share of the page's width."""
_WIDE = 0.5
"""The usual width of a letter, as a share of its height."""


class Fragment(NamedTuple):
    """A piece of text, where it begins on the page, and how high its letters are."""

    x: float
    y: float
    size: float
    text: str


class Page(NamedTuple):
    """The lines of a page, and whether they were sorted into columns. Blank lines stand between paragraphs."""

    lines: list[str]
    is_sorted: bool


class Extraction:
    """Extracts the text of pages, as long as their work is bounded."""

    def __init__(self) -> None:
        self._operators = 0

    def page(self, page: Any) -> Page:  # noqa: ANN401  # pypdf is an extra, so its types aren't there
        """The lines of a page.

        Raises:
            BadFile: it takes too much work.
        """
        fragments: list[Fragment] = []

        def see(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, size: float | None) -> None:
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            fragments.append(Fragment(x, y, abs((size or 1.0) * tm[3] * cm[3]) or 1.0, text))

        page.extract_text(visitor_text=see, visitor_operand_before=self._count)
        gutter = _gutter(fragments, float(page.mediabox.width))
        if gutter is None:
            return Page(_in_order(fragments)[:MOST_LINES], is_sorted=False)
        left = [one for one in fragments if one.x < gutter - 2]
        right = [one for one in fragments if one.x >= gutter - 2]
        return Page([*_by_height(left), *_by_height(right)][:MOST_LINES], is_sorted=True)

    def _count(self, *_told: object) -> None:
        self._operators += 1
        if self._operators > MOST_OPERATORS:
            raise BadFile(_("The PDF takes too much work to read. Print its pages to a new PDF, or save it as text."))


def _in_order(fragments: Sequence[Fragment]) -> list[str]:
    """The lines as the file has them."""
    lines: list[tuple[float | None, str]] = [(None, "")]
    for fragment in fragments:
        first, *others = fragment.text.split("\n")
        for number, part in enumerate((first, *others)):
            if number:
                lines.append((None, ""))
            y, text = lines[-1]
            if y is None and part.strip():
                y = fragment.y
            lines[-1] = (y, text + part)
    return [*_spaced([(y, _tidy(text)) for y, text in lines if y is not None])]


def _by_height(fragments: Sequence[Fragment]) -> list[str]:
    """The lines from top to bottom, and each from left to right."""
    rows: list[tuple[float, list[Fragment]]] = []
    for fragment in sorted((one for one in fragments if one.text.strip()), key=lambda one: (-one.y, one.x)):
        if rows and abs(rows[-1][0] - fragment.y) < _WIDE * fragment.size:
            rows[-1][1].append(fragment)
        else:
            rows.append((fragment.y, [fragment]))
    return [*_spaced([(y, _tidy(_joined(sorted(row)))) for y, row in rows])]


def _joined(row: Sequence[Fragment]) -> str:
    text = row[0].text.strip("\n")
    for before, fragment in pairwise(row):
        end = before.x + len(before.text.strip()) * before.size * _WIDE
        text += (" " if fragment.x > end else "") + fragment.text.strip("\n")
    return text


def _spaced(lines: Sequence[tuple[float, str]]) -> Iterator[str]:
    """The lines with blank ones where the page leaves room for one; a bullet alone joins the line that it is before."""
    steps = [abs(one[0] - other[0]) for one, other in pairwise(lines)]
    usual = median(step for step in steps if step) if any(steps) else 0
    lead = ""
    for (y, text), before in zip(lines, (None, *lines), strict=False):
        if before and usual and abs(before[0] - y) > _FAR * usual and not lead:
            yield ""
        if _BULLET_ALONE.fullmatch(text):
            lead = f"{text} "
            continue
        yield lead + text
        lead = ""
    if lead:
        yield lead.strip()


def _tidy(text: str) -> str:
    return _SPACE.sub(" ", text.translate(_SIGNS)).strip()


def _gutter(fragments: Sequence[Fragment], width: float) -> float | None:
    """Where a second column begins, if the file writes both columns of a line before the next line; otherwise None.

    Choices beside each other (``a. x   b. y``) are no columns.
    """
    told = [one for one in fragments if one.text.strip()]
    starts = Counter(round(one.x) for one in told if _MIDDLE[0] * width <= one.x <= _MIDDLE[1] * width)
    if not starts or starts.most_common(1)[0][1] < _FEWEST_ROWS:
        return None
    gutter = starts.most_common(1)[0][0]
    rows = {round(one.y) for one in told if one.x < gutter - 2}
    right = [one for one in told if abs(one.x - gutter) <= 2]
    beside = [one for one in right if round(one.y) in rows]
    back = sum(one.x >= gutter - 2 > other.x for one, other in pairwise(told))
    labelled = sum(
        bool((label := typed_label(one.text.strip())) and label.family is Family.LETTER and label.ordinal % 2 == 0)
        for one in beside
    )
    is_mixed = len(beside) >= max(_FEWEST_ROWS, _MOSTLY * len(rows)) and back >= _MOSTLY * len(beside)
    return gutter if is_mixed and labelled < _MOSTLY * len(beside) / 2 else None
