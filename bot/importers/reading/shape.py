"""Limits on the shape of YAML and JSON, checked before anything is built: a small file can ask for endless memory."""

import re

from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.reading.text import MAX_BYTES

MAX_DATA_BYTES = MAX_BYTES // 4
"""The largest file of YAML or JSON: taking it apart and checking it takes longer than reading lines."""

MAX_DEPTH = 20
"""How many levels deep a file may nest; a bank needs five."""

MAX_VALUES = 500_000
"""How many values a file may hold: a question has about thirty, and in memory each takes a kilobyte."""

_NOT_TEXT = re.compile("[\0\ud800-\udfff]")


def refuse_large(size: int) -> None:
    """Check the size of a file, in bytes.

    Raises:
        BadFile: it is more than `MAX_DATA_BYTES`.
    """
    if size > MAX_DATA_BYTES:
        message = _("The file is {size} MiB, more than {limit} MiB. Split it into smaller ones.")
        raise BadFile(message.format(size=size >> 20, limit=MAX_DATA_BYTES >> 20))


def is_text(text: str) -> bool:
    """Whether a database can store all characters of a text: escapes can write NUL, and half a surrogate pair."""
    return not _NOT_TEXT.search(text)


def as_text(text: str) -> str:
    """Return a text with “\ufffd” in place of each character that no database stores and no screen shows."""
    return _NOT_TEXT.sub("\ufffd", text)


def too_many(line: int | None) -> BadFile:
    """Return the refusal of a file with more than `MAX_VALUES`."""
    message = _("The file holds more than {limit} values. Split it into smaller ones.")
    return BadFile(message.format(limit=MAX_VALUES), line=line)


def not_text(line: int | None) -> BadFile:
    """Return the refusal of a file with a character that no database stores."""
    return BadFile(_("A character here isn't text (NUL or half a surrogate pair). Delete it."), line=line)
