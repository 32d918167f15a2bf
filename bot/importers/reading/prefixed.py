"""Handles words that judge choices and come before them: "Correct: a rose", "Incorrect: the sky"."""

import re
from collections.abc import Sequence
from itertools import takewhile

from bot.importers.reading.anatomy import RawChoice
from bot.importers.reading.words import truth_of, verdict_word

_VERDICT_BEFORE = re.compile(r"^\W{0,3}(?P<word>[^\W\d_][^:：]{1,24})[:：]\W{0,3}?\s*(?=\S)")

_TRUTHS = 2


def judged(texts: Sequence[str]) -> bool:
    """Whether each text begins with a word that judges it, and some are right and some wrong."""
    found = [_VERDICT_BEFORE.match(text) for text in texts]
    return {verdict_word(one["word"]) if one else None for one in found} == {True, False}


def part_verdicts(choices: list[RawChoice]) -> None:
    """Take the words off if each choice begins with one, and some are right and some wrong; they count as ticks.

    If there are only two choices, words that also mean true or false may be part of them: "对：…" and "错：…".
    """
    texts = ["" if choice.lines[0].code else choice.lines[0].text for choice in choices]
    found = [one for one in takewhile(bool, map(_VERDICT_BEFORE.match, texts)) if one]
    if len(found) < len(choices):
        return
    sure = len(choices) > _TRUTHS or all(truth_of(one["word"]) is None for one in found)
    verdicts = [verdict_word(one["word"]) for one in found]
    if not sure or {*verdicts} != {True, False}:
        return
    for choice, one, right in zip(choices, found, verdicts, strict=True):
        choice.lines[0] = choice.lines[0].with_text(choice.lines[0].text[one.end() :])
        choice.ticked, choice.rejected = choice.ticked or bool(right), choice.rejected or not right
