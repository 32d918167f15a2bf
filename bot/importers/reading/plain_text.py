"""Turns plain text into Markdown that shows it unchanged: most texts have no signs that Markdown takes for its own."""

import re

from bot.importers.reading.compose import collapse, markdown
from bot.importers.reading.lines import Line

_SIGN = re.compile(r"_{3,}+|(?<![^\W_])_{1,2}|_{1,2}(?![^\W_])|[*$]|\\(?=[!-/:-@\[-`{-~])")
_BLANK = re.compile(r"\n{3,}+")
_LEAST = 2
"""Emphasis and formulas take two signs: one begins them, and another ends them."""
_CODE = ("    ", "```", "~~~")
"""How lines of code begin in composed text, which shows every sign as it is."""


def plain_line(text: str) -> str:
    """Return a plain text on one line, as Markdown."""
    return escaped(collapse(text))


def plain_text(text: str) -> str:
    """Return a plain text with its lines, as Markdown; what looks like code becomes a block of code."""
    lines = text.strip().split("\n")
    shown = markdown([Line(0, line.rstrip()) for line in lines]) if len(lines) > 1 else ""
    if any(line.startswith(_CODE) for line in shown.split("\n")):
        return shown
    return escaped(_BLANK.sub("\n\n", "\n".join(map(collapse, lines))))


def escaped(text: str) -> str:
    """Put a backslash before signs that would be markup; rows of underscores are gaps, and stay."""
    signs = [found[0] for found in _SIGN.finditer(text)]
    pairs = {sign for sign in "*$_" if sum(one.startswith(sign) for one in signs if len(one) < 3) >= _LEAST}

    def shown(found: re.Match[str]) -> str:
        sign = found[0]
        if len(sign) > _LEAST or (sign[0] != "\\" and sign[0] not in pairs):
            return sign
        return "".join(f"\\{one}" for one in sign)

    return _SIGN.sub(shown, text)
