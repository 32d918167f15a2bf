"""Clean a text for a card: remove invisible characters that move or hide others, and limit its length."""

import unicodedata
from itertools import islice

MOST_MARKS = 4
"""How many marks a character may carry: languages need three, ornaments any number."""
MOST_CODE_POINTS = 16
"""How many code points a character may have: the longest emoji sequences have a dozen."""
JOINERS = "\u200c\u200d"
_SIGN = "\ufffd"


def plain(text: str) -> str:
    """Put a text on one line, without control characters and those that turn the reading direction.

    Joiners stay, since emoji and some scripts are made with them, and so do the tags of emoji flags.
    """
    kept = "".join(map(_kept, text))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def _kept(character: str) -> str:
    if character in JOINERS or "\U000e0020" <= character <= "\U000e007f":
        return character
    category = unicodedata.category(character)
    if category in {"Cc", "Zs", "Zl", "Zp"}:
        return " "
    if category == "Cs":
        return _SIGN
    return "" if category == "Cf" else character


def clusters(text: str, most: int) -> list[str]:
    """Return the first ``most`` characters as readers count them, each with no more marks than languages need."""
    from wcwidth import iter_graphemes  # noqa: PLC0415 - only cards need it, and its tables take a MiB

    return [_trimmed(cluster) for cluster in islice(iter_graphemes(text), most)]


def _trimmed(cluster: str) -> str:
    marks = 0
    kept = []
    for character in cluster[:256]:
        marks += unicodedata.category(character) in {"Mn", "Me"} and not is_ignorable(character)
        if marks <= MOST_MARKS or not unicodedata.category(character).startswith("M"):
            kept.append(character)
    return "".join(kept[:MOST_CODE_POINTS])


def is_ignorable(character: str) -> bool:
    """Whether a character only joins others or selects a form, and needs no glyph of its own."""
    return (
        character in JOINERS
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0020" <= character <= "\U000e007f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )
