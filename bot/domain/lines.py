"""Texts that people type, as they are kept: without characters that can't be seen, their letters in one encoding."""

import re
import unicodedata
from functools import lru_cache

from bot.domain.lookalikes import single_spaced
from bot.domain.typed import without_marks

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+")
"""Control characters, what turns the reading direction, and halves of characters, which no database stores."""
_TAB = "    "
_MOST_ACCENTS = 30
_LONGEST_KEPT = 1_000


def one_line(text: str) -> str:
    """Return a text on one line, with single spaces, composed letters (NFC) and no characters that can't be seen."""
    return _kept(text) if len(text) <= _LONGEST_KEPT else _put_on_one_line(text)


def _put_on_one_line(text: str) -> str:
    if text.isascii() and text.isprintable():  # most texts: they hold nothing to take out but spaces
        return " ".join(text.split())
    return single_spaced(_seen(single_spaced(text)))


_kept = lru_cache(maxsize=4_096)(_put_on_one_line)


def several_lines(text: str) -> str:
    """Return a text with its lines and their indentation, without blank lines around it or spaces behind a line."""
    lines = [_seen(line.replace("\t", _TAB)).rstrip() for line in text.splitlines()]
    return "\n".join(lines).strip("\n")


def _seen(text: str) -> str:
    text = _UNSEEN.sub("", without_marks(text))
    return text if text.isascii() else unicodedata.normalize("NFC", _stream_safe(text))


def _stream_safe(text: str) -> str:
    """Drop what comes after thirty accents in a row: no letter has as many, and putting them in order is quadratic.

    Thirty is what Unicode's stream-safe text format allows (UAX 15); it parts longer rows instead of cutting them.
    """
    kept = []
    row = 0
    for character in text:
        row = row + 1 if unicodedata.combining(character) else 0
        if row <= _MOST_ACCENTS:
            kept.append(character)
    return text if len(kept) == len(text) else "".join(kept)
