"""Codes that somebody passes on: shown once, typed in elsewhere, kept as a digest alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

GROUP_BITS = 20
"""What a group of four letters holds."""

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none that people take for another
_READ_AS = str.maketrans("OIL", "011")


class Purpose(StrEnum):
    """What a code is good for."""

    LEAGUE = "league"
    """The subject is the space that invites another into its league."""
    ACCOUNT = "account"
    """The subject is the player who has another account."""
    RETURN = "return"
    """The subject is the player who may come back into a space that has a door of its own."""
    USED = "used"
    """Nothing any more."""
    WRONG = "wrong"
    """Not a code, but a try to guess one, by the space that is the subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code as it is kept: whoever reads the database can't use it."""

    digest: str
    purpose: Purpose
    subject: int
    expires_at: datetime


def spelled(number: int, groups: int) -> str:
    """A random number of ``groups`` times `GROUP_BITS` as people type it: ``7QJ2-0XKD-…``."""
    letters = [_LETTERS[number >> 5 * position & 31] for position in range(4 * groups)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, len(letters), 4))


def digest(typed: str) -> str:
    """What is kept of a code: the same whatever the case, with dashes and spaces or without."""
    letters = "".join(c for c in typed.upper() if c.isalnum()).translate(_READ_AS)
    return sha256(letters.encode()).hexdigest()
