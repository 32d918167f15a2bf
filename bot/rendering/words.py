"""Small pieces of wording that several messages share."""

import re
from datetime import timedelta

from bot.domain.errors import QuizbotError
from bot.domain.grading import in_points
from bot.domain.typed import plainly, without_marks
from bot.i18n import ngettext

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~>@:])")


def literal(text: str) -> str:
    """Text that somebody typed, escaped so that Markdown shows it as it is."""
    return _escaped(without_marks(text))


def explained(error: QuizbotError) -> str:
    """What went wrong as Markdown: the words of the error as they are, its commands still as data."""
    return _escaped(error.marked)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def plain(markdown: str) -> str:
    """A text without the escapes that `literal` gave it, its commands spelled, for where Markdown isn't read."""
    return plainly(_ESCAPED.sub(r"\1", markdown))


def points(parts: float) -> str:
    """Parts of a point in words: ``10 points``, ``6.67 points``."""
    value = in_points(parts)
    number = f"{value:.2f}".rstrip("0").rstrip(".")
    return ngettext("{number} point", "{number} points", 1 if number == "1" else 2).format(number=number)


def span(time: timedelta) -> str:
    """A stretch of time in whole words, rounded down: ``40 seconds``, ``3 minutes``; never nothing."""
    seconds = max(1, int(time.total_seconds()))
    if seconds < 60:
        return ngettext("{number} second", "{number} seconds", seconds).format(number=seconds)
    if (minutes := seconds // 60) < 60:
        return ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes)
    if (hours := minutes // 60) < 24:
        return ngettext("{number} hour", "{number} hours", hours).format(number=hours)
    days = hours // 24
    return ngettext("{number} day", "{number} days", days).format(number=days)


def bare_points(parts: float) -> str:
    """The same as a bare number, for tables."""
    return f"{in_points(parts):.2f}".rstrip("0").rstrip(".")
