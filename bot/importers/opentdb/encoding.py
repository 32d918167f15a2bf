"""Finds out which of four encodings the texts of Open Trivia DB are in: an answer of its API doesn't say."""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from enum import StrEnum
from html import unescape
from urllib.parse import unquote_plus

from bot.domain.errors import BadInput
from bot.i18n import gettext as _

_ESCAPED = re.compile(r"(?:[\w.~*()!'+-]++|%[0-9A-Fa-f]{2})*+", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WORDS = frozenset(b64encode(word).decode() for word in (b"multiple", b"boolean", b"easy", b"medium", b"hard"))
"""What can stand for the type and the difficulty of a question in Base64."""
_LEAST = 2
_SHORTEST = 8
"""Shorter texts, such as Rome, may look like Base64 by chance."""


class Encoding(StrEnum):
    """How texts are encoded, by the names that the API has for it."""

    ENTITIES = "html"
    URL = "url"
    BASE64 = "base64"


def encoding(texts: Sequence[str], words: Sequence[str] = ()) -> Encoding:
    """Return the encoding that all these texts are in; ``words`` are a type and a difficulty."""
    if _WORDS.intersection(words):
        return Encoding.BASE64
    if all(map(_ESCAPED.fullmatch, texts)) and any("%" in text or _is_joined(text) for text in texts):
        return Encoding.URL
    if max(map(len, texts), default=0) >= _SHORTEST and all(map(_is_base64, texts)):
        return Encoding.BASE64
    return Encoding.ENTITIES


def decoded(text: str, found: Encoding) -> str:
    """Return a text as people read it.

    Raises:
        BadInput: it isn't in this encoding.
    """
    if found is Encoding.BASE64:
        return _from_base64(text)
    return unquote_plus(text) if found is Encoding.URL else unescape(text)


def _is_joined(text: str) -> bool:
    """Whether plus signs stand for spaces between words, rather than in a sum."""
    words = text.split("+")
    return len(words) > _LEAST and sum(len(word) > _LEAST for word in words) >= _LEAST


def _is_base64(text: str) -> bool:
    try:
        return not _CONTROL.search(_from_base64(text))
    except BadInput:
        return False


def _from_base64(text: str) -> str:
    try:
        return b64decode(text, validate=True).decode("utf-8")
    except ValueError as error:
        raise BadInput(_("“{text}” isn't Base64, as other texts here are.").format(text=text[:40])) from error
