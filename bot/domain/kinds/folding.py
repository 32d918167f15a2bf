"""Fold texts, so that two that differ in nothing that matters become the same."""

import re
import unicodedata
from functools import lru_cache

from bot.domain.lines import one_line
from bot.domain.lookalikes import single_spaced, without_ignorable

ARTICLES = {
    "German": "der die das den dem des ein eine einen einem einer eines",
    "English": "the a an",
    "Spanish": "el la lo los las un una unos unas",
    "French": "le la les un une du des",
    "Italian": "il lo la gli le un uno una",  # without "i", which is a letter more often
    "Dutch": "de het een",
    "Portuguese": "a os as um uma uns umas",  # without "o": blood may be O negative or A negative
}
"""The articles that may stand in front of an answer or be left out, by language."""
_ALSO_A_NAME = "a"
"""An article that is a name in front of one word as often: blood may be A positive."""
ELIDED = ("l'", "un'")
"""Articles that are written together with the next word."""

_ARTICLES = frozenset(word for words in ARTICLES.values() for word in words.split())
_QUOTES = "'\"«»‹›“”„‟`"
_LEADING = f"{_QUOTES}([{{.,;:¿¡…「『《〈【、。・؟،؛।"
_TRAILING = f"{_QUOTES})]}}.,;:!?…」』》〉】、。・؟،؛।"
_SYMBOL = 2
"""The most letters of a symbol, which signs behind it belong to."""
_PAIRED = ("'", "¡")
"""Signs in front of a text that belong to a sign behind it."""
_SIGNS = str.maketrans({**dict.fromkeys("’‘ʼ‛′´", "'"), **dict.fromkeys("‐‑‒–—−", "-")})
_ACCENTS = re.compile(
    "[\u0300-\u0334\u0339-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]"
)
"""Accents, and the points of Hebrew and Arabic; not strokes (≠ isn't =), nor signs that make other letters (が, कि)."""
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)


def fold(text: str) -> str:
    """Fold a text: case, accents, white space, outer punctuation and a leading article don't count.

    Letters and digits that stand for each other become the same: ß and ss, i with and without a dot, full width and
    plain, the digits of all scripts. An article or punctuation stays if nothing else is there: "A", "The", "[]". So do
    an "a" in front of a single word, and an exclamation mark or apostrophe behind one or two letters: "n!", "f'".
    """
    return _parted(text)[1] or one_line(text)


def behind_a(folded: str) -> str:
    """Return the single word behind an "a" that folding leaves in front of it; empty if there is none."""
    first, _space, rest = folded.partition(" ")
    return rest if first == _ALSO_A_NAME and " " not in rest else ""


def article(text: str) -> str:
    """Return the leading article that folding a text leaves out; empty if there is none."""
    return _parted(text)[0]


@lru_cache(maxsize=8_192)
def _parted(text: str) -> tuple[str, str]:
    return _split_article(_bare(single_spaced(_letters(text))))


def _letters(text: str) -> str:
    """Take case, accents and other forms of a letter out of a text."""
    if text.isascii():
        return text.lower()
    plain = _without_accents(without_ignorable(text).translate(_SIGNS)).casefold()
    letters = unicodedata.normalize("NFC", _without_accents(plain).translate(_LETTERS))
    return letters if letters.isascii() else "".join(map(_digit, letters))


def _digit(sign: str) -> str:
    """Return a digit of any script in ASCII; other signs as they are."""
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def _without_accents(text: str) -> str:
    return text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", text))


def _bare(text: str) -> str:
    inner = text.lstrip(_LEADING + " ")
    bare = inner.rstrip(_TRAILING + " ")
    if 0 < len(bare) <= _SYMBOL and not text.startswith(_PAIRED):
        behind = inner[len(bare) :]
        bare += behind[: len(behind) - len(behind.lstrip("!'"))]
    return bare or text


def _split_article(text: str) -> tuple[str, str]:
    """Return the article in front of a text, empty if there is none, and the rest."""
    first, space, rest = text.partition(" ")
    if not space or first not in _ARTICLES or (first == _ALSO_A_NAME and " " not in rest):
        first = next((article for article in ELIDED if text.startswith(article)), "")
        rest = text.removeprefix(first)
    return (first, _bare(rest)) if first and rest else ("", text)
