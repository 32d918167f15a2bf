"""Which characters of Chinese, Japanese and Korean a card can write, and in whose forms."""

from collections.abc import Iterable

from fontTools.ttLib import TTFont


def _of(codec: str, seconds: Iterable[int] = range(0xA1, 0xFF)) -> set[int]:
    """The characters that a national standard has: two bytes each in this encoding."""
    found: set[int] = set()
    for first in range(0xA1, 0xFF):
        for second in seconds:
            found.update(map(ord, bytes((first, second)).decode(codec, errors="ignore")))
    return {character for character in found if character > 0x7F}


CHINESE = _of("gb2312")
TAIWANESE = _of("big5", (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
JAPANESE = _of("euc_jp")
KOREAN = _of("euc_kr")
CHARACTERS = {
    *CHINESE,
    *TAIWANESE,
    *JAPANESE,
    *KOREAN,
    *range(0x3000, 0x3130),  # punctuation and kana
    *range(0x3131, 0x3190),  # Hangul letters by themselves
    *range(0x31F0, 0x3200),  # small kana
    *range(0x4E00, 0xA000),  # unified ideographs
    *range(0xAC00, 0xD7A4),  # Hangul syllables
    *range(0xFF00, 0xFFF0),  # wide and narrow forms
    0x20BB7,  # in Japanese names as 吉 is, and in no standard above
}


def keep_forms(font: TTFont) -> None:
    """Take from the font all forms but Japanese and Korean ones, and these where their standard has the character."""
    names = font.getBestCmap()
    table = font["GSUB"].table
    of = {"JAN ": JAPANESE, "KOR ": KOREAN}
    for record in table.ScriptList.ScriptRecord:
        kept = [language for language in record.Script.LangSysRecord if language.LangSysTag in of]
        for language in kept:
            wanted = {names[character] for character in of[language.LangSysTag] if character in names}
            for index in language.LangSys.FeatureIndex:
                feature = table.FeatureList.FeatureRecord[index]
                if feature.FeatureTag == "locl":
                    _keep(table, feature.Feature.LookupListIndex, wanted)
        record.Script.LangSysRecord, record.Script.LangSysCount = kept, len(kept)


def _keep(table, lookups: Iterable[int], wanted: set[str]) -> None:
    for index in lookups:
        for part in table.LookupList.Lookup[index].SubTable:
            substitution = getattr(part, "ExtSubTable", part)
            mapping = substitution.mapping
            substitution.mapping = {glyph: mapping[glyph] for glyph in mapping if glyph in wanted}
