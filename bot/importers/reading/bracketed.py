"""Takes keys that stand in brackets in the stem: "Which floats? (B)", "(B) Which floats?", "哪个（B）会浮？"."""

import re
from collections.abc import Sequence
from string import ascii_uppercase

from bot.importers.reading.anatomy import RawQuestion
from bot.importers.reading.lines import Line
from bot.importers.reading.words import leaves_open

_LETTERS = r"[(（\[【]\s*(?P<letters>[A-Za-z](?:\s*[,，、&/]?\s*[A-Za-z]){0,7})\s*[)）\]】]"
_BEHIND = re.compile(rf"\s*{_LETTERS}\s*(?P<end>[.。?？:：]?)$")
_BEFORE = re.compile(rf"^{_LETTERS}\s*")
_WITHIN = re.compile(
    r"(?<=[\u3040-\u9fff\uac00-\ud7a3])[(（]\s{0,4}(?P<letters>[A-Z]{1,5}|[A-Z](?:[,，、]\s?[A-Z]){1,4})\s{0,4}[)）]"
)
"""Letters in a blank of a Chinese, Japanese or Korean stem, which stays blank."""
_EMPTY = re.compile(r"[(（]\s{0,12}[)）]")
_BLANK = re.compile(rf"{_EMPTY.pattern}|_{{2}}")
_SENTENCE_ENDS = (".", "。", "?", "？", "؟", ":", "：", "!", "！")
_FEWEST = 2
_MOSTLY = 0.6


def apply_bracketed_keys(raws: Sequence[RawQuestion]) -> None:
    """Give each question without an answer the letters in brackets in its stem, if that is a habit.

    A habit is what most questions without an answer have, and at least two of them: a single letter in brackets may be
    part of a question. So may letters inside sentences that count up with the questions: "the part marked (A)".
    """
    unkeyed = [raw for raw in raws if raw.key is None and not raw.is_ticked and raw.choices and raw.labelled]
    for pattern in (_BEHIND, _BEFORE, _WITHIN):
        found = [
            (raw, at, match) for raw in unkeyed if (position := _position(raw, pattern)) for at, match in (position,)
        ]
        if len(found) < max(_FEWEST, _MOSTLY * len(unkeyed)) or _name_parts([match for _raw, _at, match in found]):
            continue
        for raw, at, match in found:
            line = raw.stem[at]
            end = match["end"] if pattern is _BEHIND else "（ ）" if pattern is _WITHIN else ""
            raw.keyed_by = "bracket"
            raw.key = " ".join(sign for sign in match["letters"].upper() if sign.isalpha())
            raw.stem[at] = line.with_text(line.text[: match.start()] + end + line.text[match.end() :])
        return


def _name_parts(found: Sequence[re.Match[str]]) -> bool:
    """Whether letters are A, B, C and so on, and stand inside sentences: then they may name parts of a picture."""
    letters = [match["letters"].upper() for match in found]
    return letters == [*ascii_uppercase[: len(letters)]] and not any(map(_ends_stem, found))


def _ends_stem(found: re.Match[str]) -> bool:
    """Whether letters stand behind a whole sentence, or behind one that only lacks its end: "Ice is (B)"."""
    before, behind = found.string[: found.start()], found.string[found.end() :]
    return before.endswith(_SENTENCE_ENDS) or (not behind.strip() and leaves_open(before))


def _position(raw: RawQuestion, pattern: re.Pattern[str]) -> tuple[int, re.Match[str]] | None:
    """The index of the stem's line that has the letters in brackets, and where they are in it; None if none has."""
    positions = [at for at, line in enumerate(raw.stem) if line.text.strip() and not line.code]
    if not positions:
        return None
    at = positions[0] if pattern is _BEFORE else positions[-1]
    found = _in_line(raw.stem[at], pattern)
    blank = _BLANK if pattern is _WITHIN else _EMPTY
    if found and any(blank.search(raw.stem[one].text) for one in positions):  # the answer belongs there
        return None
    labels = {choice.label for choice in raw.choices}
    letters = {sign for sign in found["letters"].upper() if sign.isalpha()} if found else set()
    return (at, found) if found and letters <= labels else None


def _in_line(line: Line, pattern: re.Pattern[str]) -> re.Match[str] | None:
    return pattern.search(line.text, max(len(line.text) - 60, 0)) if pattern is _BEHIND else pattern.search(line.text)
