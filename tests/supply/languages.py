"""Writes `bot/importers/reading/languages.txt`: how common letters are beside each other, language by language.

What is counted are the translations of Django (BSD licence) and of the Unicode CLDR in Babel (Unicode licence), which
are real sentences and names in every language, and for Chinese the frequencies of words in jieba (MIT licence). Only
counts are kept. Run it with `uv run --with django==5.2.19 --with jieba==0.42.1 python -m tests.supply.languages`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.metadata import distribution
from math import log2
from pathlib import Path

from babel import Locale
from babel.messages.mofile import read_mo

from bot.importers.reading.letters import ALONE, WORD, folded

TARGET = Path(__file__).parents[2] / "bot" / "importers" / "reading" / "languages.txt"

SCRIPTS = {
    "Latin": "en de fr es pt it nl pl cs sk hu ro hr sl sq tr az vi et lv lt sv da nb fi is ca ga cy eo mt",
    "Cyrillic": "ru uk bg be mk sr",
    "Greek": "el",
    "Hebrew": "he",
    "Arabic": "ar fa ur",
    "Thai": "th",
    "CJK": "zh_Hans zh_Hant ja ko",
}
_VARIANTS = {"en": ("de",), "pt": ("pt", "pt_BR"), "hr": ("hr", "bs", "sr_Latn")}
"""Directories of Django's with a language, where it isn't the one that is named after it."""
_MORE = {
    "en": "naïve café résumé cliché fiancé façade jalapeño piñata Noël Zoë Brontë Beyoncé Pokémon Schrödinger Gödel "
    "Möbius Poincaré Curaçao São Tomé Bogotá Cancún Côte Réunion Zürich Köln Münster Reykjavík Málaga",
    "fr": "œil œuvre sœur bœuf nœud vœu mœurs chœur manœuvre cœlacanthe",
    "cy": "tŷ ŷd hŷn cŵn stŵr llŵyth ŵyr gŵydd gŵyr ffŵr mŵn llŷr pŵer cŵyn ŵy dŷ môr ôl ôd ên tân mân gwên hêd tîm",
    "nl": "patiënt poëzie beëindigen coöperatief geïnd ruïne egoïst reünies Azië Indië Tunesië categorieën ziekteën",
    "it": "perché poiché né sì può già più là lì giù tribù servitù metà età città bontà cioè ciò venerdì",
}
"""Words with letters that a language has and its translations hardly ever."""
_LETTERS = {
    "Latin": re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]+"),
    "Cyrillic": re.compile(r"[\u0400-\u052f]+"),
    "Greek": re.compile(r"[\u0370-\u03ff]+"),
    "Hebrew": re.compile(r"[\u0590-\u05ff]+"),
    "Arabic": re.compile(r"[\u0600-\u06ff]+"),
    "Thai": re.compile(r"[\u0e00-\u0e7f]+"),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|\{[^{}]*\}|<[^<>]*>|https?://\S+|&\w+;")
_CODECS = {"zh_Hans": "gb2312", "zh_Hant": "big5", "ja": "euc_jp", "ko": "euc_kr"}
_COMMON = {"zh_Hans": range(0xB0, 0xD8), "zh_Hant": range(0xA4, 0xC7), "ja": range(0xB0, 0xD0), "ko": range(0xB0, 0xC9)}
"""The first bytes of what each standard itself calls its common characters."""
_ANYWHERE = 0.08
"""How much of a letter's chance doesn't depend on the letter before it."""
_UNSEEN = 0.3
"""How much of a character's chance is that of any common character: the texts are few."""
_LEAST, _LEAST_ALONE = 2**-14, 2**-18
"""The chance of letters and of characters that aren't in the table, the same as in `letters`."""


def translations(language: str) -> Iterator[str]:
    """The sentences and names that Django and the CLDR have in a language."""
    variants = tuple(f"/{name}/LC_MESSAGES/django.mo" for name in _VARIANTS.get(language, (language,)))
    for file in distribution("django").files or ():
        if str(file).endswith(variants):
            with Path(str(file.locate())).open("rb") as opened:
                for message in read_mo(opened):
                    said = message.id if language == "en" else message.string
                    yield from (said,) if isinstance(said, str) else said
    yield from [_MORE.get(language, "")] * 5
    locale = Locale.parse(language)
    for named in (locale.languages, locale.territories, locale.currencies):
        yield from named.values()
    for width in locale.months["format"], locale.days["format"]:
        yield from width["wide"].values()


def pairs(language: str, script: str) -> Counter[str]:
    """How often each two letters follow each other; a space stands for the edge of a word."""
    counts: Counter[str] = Counter()
    for text in translations(language):
        for word in WORD.findall(_PLACEHOLDER.sub(" ", text)):
            for run in _LETTERS[script].findall(folded(word)):
                edged = f" {run} "
                counts.update(edged[at : at + 2] for at in range(len(edged) - 1))
    return counts


def pair_costs(counts: Counter[str]) -> Callable[[str], float]:
    """What each second letter costs in bits, given the first, also where it was never seen behind it."""
    firsts, seconds = Counter[str](), Counter[str]()
    for pair, count in counts.items():
        firsts[pair[0]] += count
        seconds[pair[1]] += count
    total = seconds.total()

    def bits(pair: str) -> float:
        seen = counts[pair] / max(1, firsts[pair[0]])
        return -log2(max((1 - _ANYWHERE) * seen + _ANYWHERE * seconds[pair[1]] / total, _LEAST))

    return bits


def character_costs(language: str) -> tuple[Callable[[str], float], set[str]]:
    """What each Chinese, Japanese or Korean character costs in bits, and those that are used at all."""
    counts = Counter(character for text in translations(language) for character in ALONE.findall(text))
    codec = _CODECS[language]
    common = set()
    for first in _COMMON[language]:
        for second in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            common.update(ALONE.findall(bytes((first, second)).decode(codec, errors="ignore")))
    if language.startswith("zh"):
        counts += _in_words(common)
    total = counts.total()

    def bits(character: str) -> float:
        seen = counts[character] / total
        return -log2(max((1 - _UNSEEN) * seen + _UNSEEN * (character in common) / len(common), _LEAST_ALONE))

    return bits, common | {character for character in counts if counts[character] > 1}


def _in_words(common: set[str]) -> Counter[str]:
    """How often characters are used, by the frequencies of words in jieba, which is brought down to a like amount."""
    counts: Counter[str] = Counter()
    dictionary = next(file for file in distribution("jieba").files or () if file.name == "dict.txt")
    for line in Path(str(dictionary.locate())).read_text(encoding="utf-8").splitlines():
        word, count, _kind = line.split(" ")
        for character in word:
            if character in common:
                counts[character] += int(count)
    return Counter({character: 200_000 * count // counts.total() for character, count in counts.items()})


def table(script: str) -> Iterator[str]:
    """A script's lines: its name and languages, then each pair of letters, or character, with its costs."""
    languages = SCRIPTS[script].split()
    yield f"[{script}] {' '.join(languages)}"
    if script == "CJK":
        costs, used = zip(*map(character_costs, languages), strict=True)
        kept = set().union(*used)
    else:
        counted = [pairs(language, script) for language in languages]
        costs = tuple(map(pair_costs, counted))
        kept = {
            pair for counts in counted for pair, count in counts.items() if count >= max(2, counts.total() / 40_000)
        }
    for letters in sorted(kept):
        yield letters + "".join(_level(cost(letters)) for cost in costs)


def _level(bits: float) -> str:
    return chr(ord("A") + round(2 * bits))


def written() -> str:
    """The whole file."""
    return "".join(f"{line}\n" for script in SCRIPTS for line in table(script))


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")
