"""Codes that people pass on: shown once, typed in elsewhere, stored only as a digest; and a code for a whole class."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from random import Random

GROUP_BITS = 20
"""How many bits a group of four letters holds."""

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's letters: none looks like another
_CLASS_LETTERS = "CDFHJKMNPRTVWXY3479"  # none looks like another from afar, and without vowels they make no words
_CLASS_LENGTH = 8
"""So many that guesses from any number of addresses come to nothing in the hours that a code is good for."""
_READ_AS = str.maketrans("OIL", "011")


class Purpose(StrEnum):
    """What a code lets somebody do."""

    LEAGUE = "league"
    """The subject is the space that invites another into its league."""
    ACCOUNT = "account"
    """The subject is the player who has another account."""
    RETURN = "return"
    """The subject is the player who may come back into a space that admits people itself."""
    GO_ON = "go on"
    """Its owner was asked before something that can't be undone, and may say yes; the subject is nobody."""
    USED = "used"
    """The code has been used and does nothing any more."""
    WRONG = "wrong"
    """Not a code, but a failed guess at one; the subject is the space that tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code as it is stored: nobody who reads the database can use it."""

    digest: str
    purpose: Purpose
    subject: int
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassCode:
    """What a class types to join while it stands on a screen; it is stored as it is, and many people use it."""

    letters: str
    until: datetime

    @property
    def shown(self) -> str:
        """The letters in two groups, as people read them."""
        half = len(self.letters) // 2
        return f"{self.letters[:half]} {self.letters[half:]}"


def class_code(random: Random) -> str:
    """Return the letters of a new class code, of some 34 bits."""
    return "".join(random.choices(_CLASS_LETTERS, k=_CLASS_LENGTH))


def class_letters(typed: str) -> str:
    """Return the letters in what somebody typed; case, dashes and spaces don't matter."""
    return "".join(c for c in typed.upper() if c.isalnum())


def spelled(number: int, groups: int) -> str:
    """Spell a random number of ``groups`` times `GROUP_BITS` bits as people type it: ``7QJ2-0XKD-…``."""
    letters = [_LETTERS[number >> 5 * position & 31] for position in range(4 * groups)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, len(letters), 4))


def digest(typed: str, bound_to: str = "") -> str:
    """Return the digest that is stored for a code; case, dashes and spaces don't matter.

    A code that is ``bound_to`` a text is worth nothing with any other.
    """
    letters = "".join(c for c in typed.upper() if c.isalnum()).translate(_READ_AS)
    return sha256(f"{letters}{bound_to}".encode("utf-8", "surrogatepass")).hexdigest()
