"""What a deleted bank is called while rounds need some of its questions; no other bank may be called so."""

import re

_FORMER = re.compile(r"former \d+", re.IGNORECASE)


def former_name(bank_id: int) -> str:
    """Return what a deleted bank is called; lists leave it out."""
    return f"former {bank_id}"


def is_former(name: str) -> bool:
    """Whether a deleted bank may be called so: somebody's bank of this name would keep that one from being deleted."""
    return _FORMER.fullmatch(name) is not None
