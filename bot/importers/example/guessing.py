"""Guesses the patterns that marked lines could show, the most telling first.

Nothing is decided here. A sign that only happens to stand on a line makes a pattern, too; it fits hardly any other
question of the file, so `trying` sorts it out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.domain.readings import LONGEST_PATTERN
from bot.importers.example.pattern import literally, pattern
from bot.importers.example.tagging import positions
from bot.importers.reading.keys import bare

_MOST_WORDS = 3
"""How many words at the end of a right choice may be the sign."""
_LABEL = re.compile(r"(?<![^\W_])[^\W\d_](?![^\W_])|(?<!\d)\d{1,3}(?!\d)")
_LABEL_FIELD = re.compile(r"\{(?:letter|number)\}")
_NUMBER = re.compile(r"\d{1,6}")
_NUMBER_WITHIN = 40
"""How many characters from the beginning of a line the number of a question may stand."""
_WORD = re.compile(r"\S+")
_SIGNS = re.compile(r"\W+")
_OPENING = "\"'“„«‹*_`-+$"
"""What belongs to the text behind it, rather than to the signs before."""
_STOPS = frozenset({"", ".", "?", "!"})
_BOX = re.compile(r"[\[(<{][^\w]?\w?[^\w]?[\])>}]\s*")
_WORDS = re.compile(r"\w+(?:\s\w+){0,3}\s?[^\w\s]+\s*")
"""Up to four words with signs behind them, such as "Right answer:"."""


def for_choices(choices: Mapping[int, str]) -> Iterator[str]:
    """Yield the patterns that choices at these positions fit: with labels that count up or, without any, with signs."""
    first, text = next(iter(choices.items()))
    for label in _LABEL.finditer(text):
        field = "{number}" if label.group().isdigit() else "{letter}"
        signs = _signs_at(text, label.end())
        for behind in dict.fromkeys([signs, signs.rstrip(_OPENING), ""]):
            written = f"{literally(text[: label.start()])}{field}{literally(behind)}{{text}}"
            if _is_usable(written) and _count_up(written, choices):
                yield written
                return
    for opening in for_beginning(text):
        known = pattern(opening)
        if all(known.match(other) for at, other in choices.items() if at != first):
            yield opening


def for_right(choice: str, text: str, at: int) -> Iterator[str]:
    """Yield the patterns for right choices, given the pattern of the others and a right one at a position."""
    matched = pattern(choice).match(text)
    guesses = for_beginning(text) if matched is None else _around(choice, matched.text)
    yield from filter(_is_usable, guesses)
    yield from filter(_is_usable, _before_label(choice, text, at))


def for_questions(text: str) -> Iterator[str]:
    """Yield the patterns for the first line of a question."""
    if number := _NUMBER.search(text, 0, _NUMBER_WITHIN):
        before, behind = literally(text[: number.start()]), literally(_signs_at(text, number.end()))
        yield f"{before}{{number}}{behind}{{text}}"
    yield from for_beginning(text)


def for_beginning(text: str) -> Iterator[str]:
    """Yield the patterns for what a line can begin with: words with signs behind them, a box, or signs alone."""
    for matched in (_WORDS.match, _BOX.match, _SIGNS.match):
        if (found := matched(text)) and _is_usable(written := f"{literally(found.group())}{{text}}"):
            yield written


def for_answer(text: str, choices: Sequence[str], right: Sequence[int], choice: str) -> Iterator[str]:
    """Yield the patterns for the line that says which choices are right.

    Args:
        text: the line.
        choices: all choices of the question.
        right: the positions of the right ones.
        choice: the pattern of choices.
    """
    for at in sorted({*_named_at(text, choices, right, choice)}):
        before = text[:at]
        if not before.strip():
            continue
        number = _NUMBER.search(before)
        if number:
            before = f"{literally(before[: number.start()])}{{number}}{literally(before[number.end() :])}"
        else:
            before = literally(before)
        closing = _signs_behind(text[at + 1 :])
        endings = [literally(closing)] if closing not in _STOPS else []
        yield from filter(_is_usable, (f"{before}{{text}}{ending}" for ending in [*endings, ""]))


def _is_usable(written: str) -> bool:
    return len(written) <= LONGEST_PATTERN


def _count_up(written: str, choices: Mapping[int, str]) -> bool:
    """Whether choices fit a pattern, and their labels go with their positions."""
    known = pattern(written)
    found = {at: known.match(text) for at, text in choices.items()}
    return all(matched is not None and at in positions(matched.label) for at, matched in found.items())


def _signs_at(text: str, at: int) -> str:
    found = _SIGNS.match(text, at)
    return found.group() if found else ""


def _signs_behind(text: str) -> str:
    """The signs that a text ends with."""
    at = len(text)
    while at and not (text[at - 1].isalnum() or text[at - 1].isspace() or text[at - 1] == "_"):
        at -= 1
    return text[at:]


def _around(choice: str, text: str) -> Iterator[str]:
    """The patterns with something before or behind the text of a choice."""
    opening = choice[: choice.rindex("{text}")]
    closing = _signs_behind(text)
    endings = [f" {literally(closing)}", ""] if closing else [""]
    for sign in dict.fromkeys(
        found.group() for begins in (_BOX.match, _SIGNS.match, _WORDS.match) if (found := begins(text))
    ):
        yield from (f"{opening}{literally(sign)}{{text}}{ending}" for ending in endings)
    yield from (f"{choice}{ending}" for ending in endings if ending)
    words = text.split()
    for count in range(1, min(_MOST_WORDS, len(words) - 1) + 1):
        yield f"{choice} {literally(' '.join(words[-count:]))}"


def _before_label(choice: str, text: str, at: int) -> Iterator[str]:
    """The patterns with a sign before the label of a choice, or with other signs behind it."""
    field = _LABEL_FIELD.search(choice)
    label = next((found for found in _LABEL.finditer(text) if at in positions(found.group())), None)
    if not field or not label:
        return
    opening = f"{literally(text[: label.start()])}{field.group()}"
    if not choice.startswith(opening):
        yield f"{opening}{choice[field.end() :]}"
    for matched in (_BOX.match, _SIGNS.match):
        if sign := matched(text, label.end()):
            yield f"{opening}{literally(sign.group())}{{text}}"


def _named_at(text: str, choices: Sequence[str], right: Sequence[int], choice: str) -> Iterator[int]:
    """Where on a line the right choices could be named, by text or by label."""
    known = pattern(choice)
    for position in right:
        matched = known.match(choices[position])
        own = bare(matched.text) if matched else ""
        if own:
            yield from (word.start() for word in _WORD.finditer(text) if bare(text[word.start() :]).startswith(own))
        yield from (label.start() for label in _LABEL.finditer(text) if position in positions(label.group()))
