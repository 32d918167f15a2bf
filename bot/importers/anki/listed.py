"""Finds multiple choice in cards: a list at the end of the front, some of which the back repeats or names by letter."""

import re
from collections.abc import Sequence
from dataclasses import replace
from string import ascii_uppercase
from typing import NamedTuple

from bot.domain.drafts import QuestionDraft
from bot.domain.questions import MAX_CHOICES
from bot.domain.selection import selection
from bot.importers.reading.compose import collapse

_ITEM = re.compile(r"(?P<bullet>[-*•] )?(?:\[[ xX]?\] ?)?(?:\(?(?P<letter>[A-Za-z])[.)](?: |$))?(?P<text>[^\n]*)")
_LABEL = re.compile(r"\W{0,3}(?:(?:the )?(?:correct|right) )?answers?(?: is)?\W{0,3}:\W{0,3}", re.IGNORECASE)
_LETTERS = re.compile(r"\(?[A-Z](?:(?:, ?|,? and | )[A-Z]){0,9}[.)]?")
_ASIDE = re.compile(r"\([^()\n]{1,60}\)")
_CODE = ("```", "~~~", "    ")


class _Item(NamedTuple):
    """A line as an item of a list: its letter, if it has one, and its text."""

    bullet: bool
    letter: str
    text: str


def with_choices(card: QuestionDraft) -> QuestionDraft | None:
    """Return a card as multiple choice; None if its front lists no choices, or its back doesn't name some of them."""
    lines = _lines(card.stem)
    if any(line.startswith(_CODE) for line in (*card.stem.split("\n"), *card.back.split("\n"))):
        return None
    asides = lines[-1:] if lines and _ASIDE.fullmatch(lines[-1]) else []
    lines = lines[: len(lines) - len(asides)]
    listed = _last_list(lines)
    choices = [item.text for item in listed]
    while choices and not choices[-1]:
        choices.pop()
    is_whole = 1 < len(choices) <= MAX_CHOICES and all(choices) and len({*choices}) == len(choices)
    asked = [*lines[: len(lines) - len(listed)], *asides]
    if not is_whole or not asked:
        return None
    key, explanation = _key(card.back, choices, lettered=bool(listed[0].letter))
    if not key:
        return None
    stem = "\n\n".join(asked)
    return replace(
        card,
        kind="choice",
        stem=stem,
        choices=tuple(choices),
        key=key,
        select=selection(stem, len(key)),
        back="",
        explanation=explanation,
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _item(line: str) -> _Item:
    found = _ITEM.match(line)
    assert found is not None  # noqa: S101  # it matches any line
    return _Item(bool(found["bullet"]), (found["letter"] or "").upper(), collapse(found["text"]))


def _last_list(lines: Sequence[str]) -> list[_Item]:
    """The items of the list at the end: all with letters in order, or all with bullets."""
    items: list[_Item] = []
    for line in reversed(lines):
        item = _item(line)
        if not item.bullet and not item.letter:
            break
        items.insert(0, item)
    letters = "".join(item.letter for item in items)
    if len(letters) == len(items) and letters:
        start = letters.rfind("A")
        return items[start:] if start >= 0 and letters[start:] == ascii_uppercase[: len(items) - start] else []
    return items if not letters and all(item.bullet for item in items) else []


def _key(back: str, choices: Sequence[str], *, lettered: bool) -> tuple[tuple[int, ...], str]:
    """The choices that the first lines of a back name, and the text below; none if a line below names one, too."""
    lines = _lines(back)
    named = [_named(line, choices, lettered=lettered) for line in lines]
    while lines and not named[0] and _LABEL.fullmatch(lines[0]):
        lines, named = lines[1:], named[1:]
    end = next((at for at, one in enumerate(named) if not one), len(named))
    key = sorted({at for one in named[:end] for at in one})
    return ((), "") if any(named[end:]) else (tuple(key), "\n\n".join(lines[end:]))


def _named(line: str, choices: Sequence[str], *, lettered: bool) -> tuple[int, ...]:
    """The choices that a line names by text or, if they have letters, by letter; none if it says something else."""
    label = _LABEL.match(line)
    told = line[label.end() :].strip() if label else line
    for text in (told, _item(told).text if lettered or told.startswith(("- ", "* ", "• ")) else told):
        if text in choices:
            return (choices.index(text),)
    if lettered and _LETTERS.fullmatch(told):
        positions = [ascii_uppercase.index(letter) for letter in told if letter in ascii_uppercase]
        return tuple(positions) if max(positions) < len(choices) else ()
    return ()
