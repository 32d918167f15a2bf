"""How well a text reads as language: what it costs in bits, by the letters that follow each other in its words.

The costs are those of `languages.txt`, which `tests/supply/languages.py` makes. Each script has one table. A line of it
is a pair of letters, where a space stands for the edge of a word, and the cost of the second letter after the first in
each of the script's languages; Chinese, Japanese and Korean characters stand alone instead of in pairs.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_ALONE = r"\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_NO_LETTERS = r"\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u00bc-\u00be\u2070-\u218b\u2460-\u24ff"
_LETTER = rf"(?:[^\W\d_{_NO_LETTERS}]|[{_MARKS}])"
WORD = re.compile(rf"{_LETTER}+")
"""A run of letters, with the marks above and below them."""
ALONE = re.compile(rf"[{_ALONE}]")
"""A Chinese, Japanese or Korean character: these are counted one by one."""
_RUN = re.compile(r"[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")
"""Letters, digits and everything that isn't ASCII."""
_PIECE = re.compile(rf"[0-9]+|[{_ALONE}]|(?:(?![{_ALONE}]){_LETTER})+|.", re.DOTALL)
_SAME_LETTER = str.maketrans({"İ": "i", "ș": "ş", "ț": "ţ", "Ș": "ş", "Ț": "ţ", "ی": "ي", "ک": "ك"})
"""Letters that old encodings write as another one."""
_USUAL_SIGNS = frozenset("\u00a0“”‘’„…–—«»•€£°²³½×，。、？")
_COMMON_SIGNS = frozenset("´·§®©™µºª،؛؟「」『』！（）：；．・《》№")
_BESIDE_LETTERS = frozenset("®©™°²³µºª´")
_BETWEEN_LETTERS = frozenset("\u00a0\u00ad’–—·…")
_CJK = "CJK"
_UNKNOWN, _UNKNOWN_PAIR = 36, 28
_OTHER_LANGUAGE = 20
_OTHER_SCRIPT = 32
_CASE_RISES = 16
_ALONE_BEGINS = 20  # scripts without spaces have long runs; misread words of other scripts are short ones
_BEHIND_DIGIT = 14
_ONE_LETTER = 24
_USUAL_SIGN, _COMMON_SIGN, _RARE_SIGN, _NO_SIGN, _MISPLACED = 9, 13, 26, 48, 28
"""All costs are in half bits."""
_LONGEST_WORD = 50
_LEVELS = bytes(max(0, level - ord("A")) for level in range(256))
"""From the character that stands for a cost in the tables to the cost."""


class Table(NamedTuple):
    """What letters cost in the languages of one script."""

    languages: Sequence[str]
    costs: Mapping[str, bytes]
    unknown: bytes


def folded(text: str) -> str:
    """A text in lower case, with the letters that old encodings write alike made one."""
    return text.translate(_SAME_LETTER).lower()


class Cost(NamedTuple):
    """What a text costs in bits, and the scripts that its words are written in."""

    bits: float
    scripts: frozenset[str]


def cost(text: str) -> Cost:
    """What a text costs if each of its scripts is one language: the less, the more it reads like language."""
    signs = 0
    words: dict[str, list[Sequence[int]]] = defaultdict(list)
    for run in set(_RUN.findall(text)):
        sign, pieces = _run_cost(run)
        signs += sign
        for script, piece in pieces:
            words[script].append(piece)
    halves = signs + sum(map(_in_one_language, words.values())) + _OTHER_SCRIPT * len(words)
    return Cost(halves / 2, frozenset(words))


def _in_one_language(words: Sequence[Sequence[int]]) -> int:
    """What words cost in the language that suits most of them, while the others are from another one."""
    most = [min(word) + _OTHER_LANGUAGE for word in words]
    totals: list[int] = [sum(map(min, column, most)) for column in zip(*words, strict=True)]
    return min(totals)


def _run_cost(run: str) -> tuple[int, Sequence[tuple[str, Sequence[int]]]]:
    """What the signs in a run of letters and signs cost, and its words with their scripts and costs by language."""
    if run.isascii() and run.isalpha():
        return 0, [_word_cost(run.lower()[:_LONGEST_WORD])]
    signs, words = 0, []
    pieces = _PIECE.findall(run)
    for before, piece, after in zip(["", *pieces], pieces, [*pieces[1:], ""], strict=False):
        if WORD.match(piece):
            signs += _CASE_RISES * _rises(piece) + _ALONE_BEGINS * (_is_alone(before) != _is_alone(piece))
            signs += _BEHIND_DIGIT * (before.isdecimal() and not piece.isascii() and not _is_alone(piece))
            words.append(_word_cost(folded(piece)[:_LONGEST_WORD]))
        elif not piece.isascii():
            signs += _sign_cost(piece, beside=before.isalpha() + after.isalpha())
    return signs, words


def _is_alone(piece: str) -> bool:
    return bool(ALONE.match(piece))


def _rises(word: str) -> int:
    """How often a capital follows a small letter."""
    return sum(one.islower() and two.isupper() for one, two in pairwise(word))


def _sign_cost(sign: str, *, beside: int) -> int:
    """What a sign costs that stands beside so many words: none, one, or two."""
    category = unicodedata.category(sign)
    if category in {"Cc", "Cn", "Co", "Cs"} or sign == "\ufffd":
        return _NO_SIGN
    if category[0] not in "SN" or sign in _BESIDE_LETTERS:
        beside = beside == 2 and sign not in _BETWEEN_LETTERS
    if sign in _USUAL_SIGNS:
        return _USUAL_SIGN + _MISPLACED * beside
    return (_COMMON_SIGN if sign in _COMMON_SIGNS else _RARE_SIGN) + _MISPLACED * beside


@lru_cache(maxsize=10_000)
def _word_cost(word: str) -> tuple[str, Sequence[int]]:
    """The script of a word in lower case, and what it costs in each of the script's languages."""
    script = _script(next((letter for letter in word if letter > "\x7f"), word[0]))
    table = _tables()[script]
    edged = word if script == _CJK else f" {word} "
    size = 1 if script == _CJK else 2
    rows = [table.costs.get(edged[at : at + size], table.unknown) for at in range(len(edged) - size + 1)]
    costs = tuple(map(sum, zip(*rows, strict=True)))
    if len(word) == 1 and script != _CJK:
        costs = tuple(min(cost, _ONE_LETTER) for cost in costs)
    return script, costs


def _script(letter: str) -> str:
    code = ord(letter)
    for last, script in (
        (0x36F, "Latin"),
        (0x3FF, "Greek"),
        (0x52F, "Cyrillic"),
        (0x5FF, "Hebrew"),
        (0x6FF, "Arabic"),
        (0xE7F, "Thai"),
        (0x2FFF, "Latin"),
    ):
        if code <= last:
            return script
    return _CJK


@cache
def _tables() -> Mapping[str, Table]:
    tables: dict[str, Table] = {}
    for line in Path(__file__).with_name("languages.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            script, *languages = line[1:].replace("]", "").split()
            costs: dict[str, bytes] = {}
            unknown = _UNKNOWN if script == _CJK else _UNKNOWN_PAIR
            tables[script] = Table(languages, costs, bytes([unknown] * len(languages)))
        else:
            levels = line[-len(languages) :].encode()
            costs[line[: -len(languages)]] = levels.translate(_LEVELS)
    return tables
