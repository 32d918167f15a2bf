"""Small pieces of wording that several messages share."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.domain.errors import QuizbotError
from bot.domain.grading import in_points
from bot.domain.typed import plainly, without_marks
from bot.i18n import gettext as _
from bot.i18n import ngettext, npgettext, pgettext
from bot.rendering.numbers import number, plural_of

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~>@:$])")


def literal(text: str) -> str:
    """Escape text that somebody typed, so that Markdown shows it unchanged."""
    return _escaped(without_marks(text))


def explained(error: QuizbotError) -> str:
    """An error's text as Markdown: its words escaped, its commands still as marks."""
    return _escaped(error.marked)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def plain(markdown: str) -> str:
    """Undo the escapes of `literal` and spell the commands, for places that don't read Markdown."""
    return plainly(_ESCAPED.sub(r"\1", markdown))


def points(parts: float) -> str:
    """Write parts of a point in words: ``10 points``, ``6.67 points``."""
    value = round(in_points(parts), 2)
    return ngettext("{number} point", "{number} points", plural_of(value)).format(number=number(value))


def worth(parts: int, for_speed: int) -> str:
    """Write parts of a point in words, those for speed apart: ``10 points +1 for speed``."""
    if not for_speed:
        return points(parts)
    return _("{points} +{bonus} for speed").format(points=points(parts - for_speed), bonus=bare_points(for_speed))


def moved(change: int) -> str:
    """Write a change of rank: ``up 2 places``, or ``down 1 place`` if it is negative."""
    if change > 0:
        return ngettext("up {number} place", "up {number} places", change).format(number=change)
    return ngettext("down {number} place", "down {number} places", -change).format(number=-change)


def span(time: timedelta) -> str:
    """Write a length of time in words, rounded down: ``40 seconds``, ``3 minutes``; at least one second."""
    seconds = max(1, int(time.total_seconds()))
    if seconds < 60:
        return ngettext("{number} second", "{number} seconds", seconds).format(number=seconds)
    if (minutes := seconds // 60) < 60:
        return ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes)
    if (hours := minutes // 60) < 24:
        return ngettext("{number} hour", "{number} hours", hours).format(number=hours)
    days = hours // 24
    return ngettext("{number} day", "{number} days", days).format(number=days)


def side_by_side(parts: Iterable[str]) -> str:
    """Write words or phrases one after another, with the comma of the language."""
    return pgettext("list", ", ").join(parts)


def listed(names: Sequence[str]) -> str:
    """Write one name or several as a list that ends a sentence: ``Monday, Wednesday and Friday``."""
    *others, last = names
    if not others:
        return last
    return _("{others} and {last}").format(others=side_by_side(others), last=last)


def and_more_people(left: int) -> str:
    """How many more people a list of names leaves out."""
    return npgettext("people", "and {number} more", "and {number} more", left).format(number=left)


def days_in_a_row(days: int) -> str:
    """A streak in words."""
    return ngettext("{number} day in a row", "{number} days in a row", days).format(number=days)


def bare_points(parts: float) -> str:
    """Write parts of a point as a bare number of points, for tables."""
    return number(in_points(parts))
