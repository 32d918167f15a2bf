r"""Tell formulas in a text from money: ``$x^2$`` is a formula, "$5 and $10" isn't.

The rule is that of pandoc's extension ``tex_math_dollars`` (https://pandoc.org/MANUAL.html#extension-tex_math_dollars):
a formula's first ``$`` has a character other than a space on its right, and its last ``$`` one on its left and no digit
on its right. ``\$`` is a dollar sign, in a formula, too. Between ``$$`` and ``$$``, which display a formula on its own,
there may be spaces and line breaks, but no blank line. As code comes first, a formula has no backtick. Whoever reads a
text skips its code and its escapes.
"""

from dataclasses import dataclass

LONGEST = 500
"""The most characters of a formula that is shown as one; a longer one is shown as its source."""

_LINE, _DISPLAY = "$", "$$"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in a text.

    Attributes:
        source: the formula itself, in TeX.
        displayed: whether it stands on its own, in full size, rather than within a line.
        end: the position in the text behind it.
    """

    source: str
    displayed: bool
    end: int


@dataclass(frozen=True, slots=True)
class LabelledFormula:
    """A formula as a picture shows it: behind the label of its choice or, in the stem, behind none."""

    label: str
    source: str

    @property
    def words(self) -> str:
        """The formula for people who can't see it."""
        return f"{self.label}: {self.source}" if self.label else self.source


def formula_at(text: str, start: int) -> Formula | None:
    """Return the formula that begins with the ``$`` at a position; None if that is a dollar sign."""
    if text.startswith(_DISPLAY, start):
        return _displayed(text, start + len(_DISPLAY))
    opened = start + len(_LINE)
    if not text[opened : opened + 1].strip():
        return None
    end = _next(_LINE, text, opened)
    if end is None or text[end - 1].isspace() or text[end + 1 : end + 2].isdigit():
        return None
    return _formula(text, opened, end, displayed=False)


def _displayed(text: str, opened: int) -> Formula | None:
    end = _next(_DISPLAY, text, opened)
    return None if end is None else _formula(text, opened, end, displayed=True)


def _formula(text: str, opened: int, end: int, *, displayed: bool) -> Formula | None:
    lines = text[opened:end].split("\n")
    if "`" in text[opened:end] or any(not line.strip() for line in lines[1:-1]):
        return None
    source = " ".join(map(str.strip, lines)).strip()
    return Formula(source, displayed, end + len(_DISPLAY if displayed else _LINE)) if source else None


def _next(sign: str, text: str, start: int) -> int | None:
    """Return where a sign stands next, unless it is escaped."""
    found = text.find(sign, start)
    while found >= 0 and _is_escaped(text, start, found):
        found = text.find(sign, found + 1)
    return found if found >= 0 else None


def _is_escaped(text: str, start: int, at: int) -> bool:
    """Whether an odd number of backslashes stands before a position."""
    behind = at
    while behind > start and text[behind - 1] == "\\":
        behind -= 1
    return (at - behind) % 2 == 1
