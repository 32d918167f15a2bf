"""Reads words.toml: the words that mark the parts of a question, ready to be compared.

Texts are compared without case, accents and optional vowel signs, and with Arabic letters that are typed for one
another taken as the same.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

_SAME = str.maketrans(
    {"ı": "i", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه"}
    | {"ہ": "ه", "ھ": "ه", "ۃ": "ه", "’": "'", "ʼ": "'", "־": " "}
)
_LEFT_OUT = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0640\u064b-\u065f\u0670\u093c\u09bc\u0a3c\u0abc\u0b3c\u200b-\u200f]"
)
"""Accents, Hebrew and Arabic vowels, hamza, the stroke that makes Arabic letters longer, nukta, and joiners."""
_WORD = re.compile(r"\w+")
HAN_DIGITS = "一二三四五六七八九十"
"""The digits of Chinese and Japanese numbers below a hundred."""
UNSPACED = re.compile("[\u0e01-\u0e3a\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Letters of Thai, Korean, Japanese and Chinese: what goes on there is joined to the word before."""
_DIGITS = "0123456789０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
_BEHIND_ONE_LETTER = " :：.=-–(（】)）" + _DIGITS + HAN_DIGITS


def folded(text: str) -> str:
    """A text as it is compared."""
    if not text.isascii():
        text = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", text).translate(_SAME))
    return " ".join(text.casefold().split())


@cache
def languages() -> tuple[str, ...]:
    """The names of the languages whose words are known, in English."""
    return tuple(words["name"] for words in _read().values())


@cache
def _read() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))


@cache
def _listed(kind: str) -> tuple[str, ...]:
    """The words of one kind in all languages, as they are written."""
    return tuple(word for words in _read().values() for word in words.get(kind, ()))


@cache
def phrases(kind: str) -> frozenset[str]:
    """The words of one kind in all languages, as they are compared."""
    return frozenset(folded(word) for word in _listed(kind) if "#" not in word)


@cache
def unspaced(kind: str) -> tuple[str, ...]:
    """The words of one kind that are joined to the word before, as they are compared."""
    return tuple(filter(UNSPACED.match, phrases(kind)))


@cache
def first_words(kind: str) -> frozenset[str]:
    """The first words of the phrases of one kind, as they are compared."""
    return frozenset(phrase.split()[0] for phrase in phrases(kind))


@cache
def around(kind: str) -> Mapping[str, tuple[str, ...]]:
    """For words with a number inside: what stands before it, with everything that may stand behind it."""
    found: dict[str, tuple[str, ...]] = {}
    for word in _listed(kind):
        before, number, behind = word.partition("#")
        if number:
            before = folded(before)
            found[before] = (*found.get(before, ()), behind.lstrip(". "))
    return found


@cache
def behind_number(kind: str) -> frozenset[str]:
    """The words of one kind that stand right behind their number, as they are compared."""
    return frozenset(map(folded, around(kind).get("", ())))


@cache
def beginnings(*kinds: str) -> frozenset[str]:
    """The first two letters of the words of some kinds, in small letters, with accents and without."""
    found = {f"{the.lower()} "[:2] for the in _listed("the")} if "answer" in kinds else set()
    for listed in chain.from_iterable(map(_listed, kinds)):
        word = listed.partition("#")[0]
        for spelled in (word[:2].lower(), folded(word)[:2]):
            found |= {spelled + sign for sign in ("", *_BEHIND_ONE_LETTER)} if len(spelled) == 1 else {spelled}
    return frozenset(found - {""})


def mentions(kind: str, text: str) -> bool:
    """Whether a text has a word of one kind anywhere in it; some scripts put no spaces between words."""
    spaced = _apart(folded(text))
    return any((phrase if UNSPACED.match(phrase) else _apart(phrase)) in spaced for phrase in phrases(kind))


def has_words(words: str, text: str) -> bool:
    """Whether a text has some words in it, one right behind the other."""
    return _apart(folded(words)) in _apart(folded(text))


def own_words(texts: Sequence[str]) -> list[set[str]]:
    """The words of each text that not all of them have."""
    words = [{*_WORD.findall(folded(text))} for text in texts]
    common = set[str].intersection(*words) if words else set()
    return [some - common for some in words]


def begins_with(kind: str, text: str) -> bool:
    """Whether a text begins with words of one kind."""
    spaced = _apart(folded(text))
    return any(spaced.startswith(_apart(phrase)) for phrase in phrases(kind))


def _apart(text: str) -> str:
    """The words of a text with one space around each, without any other sign."""
    return f" {' '.join(_WORD.findall(text))} "


def parted_by(kind: str, text: str) -> list[str]:
    """The parts of a text between words of one kind that stand alone; all of it if nothing is beside one of them."""
    words = phrases(kind)
    parts: list[list[str]] = [[]]
    for word in text.split():
        if folded(word) in words:
            parts.append([])
        else:
            parts[-1].append(word)
    return [" ".join(part) for part in parts] if all(parts) else [text]
