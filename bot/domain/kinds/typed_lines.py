"""Texts that people type into a field, as they are kept: on one line, their letters in one encoding."""

import re
import unicodedata
from functools import lru_cache

from bot.domain.lookalikes import single_spaced
from bot.domain.responses import Given
from bot.domain.typed import without_marks

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+")
"""Control characters, what turns the reading direction, and halves of characters, which no database stores."""
_MOST_READ = 1_000
"""The rest of a longer text is cut off before anything else is done with it; fields take much less."""


def typed_line(given: Given) -> str:
    """Return the line typed into a control with one field; empty if there is none."""
    match given:
        case [str() as text]:
            return one_line(text[:_MOST_READ])
    return ""


def takes_back(given: Given) -> bool:
    """Whether a control's one field was left blank; a submission that lost its field says nothing."""
    match given:
        case [str() as text]:
            return not text.strip()
    return False


@lru_cache(maxsize=4_096)
def one_line(text: str) -> str:
    """Return a text on one line, with single spaces, composed letters (NFC) and no characters that can't be seen."""
    shown = _UNSEEN.sub("", without_marks(single_spaced(text)))
    return single_spaced(unicodedata.normalize("NFC", shown))
