"""Convert stored columns to responses and keys: an integer, or the text beside it for kinds that are stored as one."""

import sqlalchemy as sa

from bot.domain.kinds import kind_named
from bot.domain.responses import Key, Response
from bot.storage import tables as t

is_given = sa.or_(t.answers.c.choices != 0, t.answers.c.typed.is_not(None))
"""Whether an answer's row holds a response that isn't taken back."""


def response_in(kind: str, choices: int, typed: str | None) -> Response:
    """Return the response in an answer's row, whose round asks a question of this kind."""
    return kind_named(kind).stored_response(choices if typed is None else typed)


def key_in(kind: str, key: int, text: str | None) -> Key:
    """Return the key in a round's or a revision's row."""
    return kind_named(kind).stored_key(key if text is None else text)


def columns(stored: int | str) -> tuple[int, str | None]:
    """Return what the two columns hold for the stored form of a response or a key."""
    return (stored, None) if isinstance(stored, int) else (0, stored)
