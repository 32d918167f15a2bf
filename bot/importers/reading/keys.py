"""Resolves the answer that a source gives, as letters or as text, to places among the choices."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.importers.reading.compose import collapse

CLOSE_ENOUGH = 30.0
"""From this likeness (0..100) on, an answer that is none of the choices still points at the most similar one."""

NEARLY_THE_SAME = 85.0
"""From this likeness (0..100) on, an answer means the similar choice, not a shorter one that it begins with."""

MOST_COMPARED = 500
"""How many characters of a text are compared for likeness."""

_LABEL = r"(?:[(\[]?(?:[A-Za-z]|\d{1,2})[)\]]?)"
_ONLY_LABELS = re.compile(
    rf"^(?:(?:options?|choices?)\s+)?{_LABEL}(?:(?:\s*(?:[,;&/+]|\band\b|\bor\b)\s*|\s+){_LABEL}){{0,25}}\s*[.)\]]?$",
    re.IGNORECASE,
)
_FEW = 12
_SIGN = r"[\s\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]"
_SIGNS_BEHIND = re.compile(rf"(?<!{_SIGN}){_SIGN}+$")
_RUN_TOGETHER = re.compile(r"^(?:[A-Z]{2,26}|[a-z]{2,26})[.)]?$")
_LABEL_THEN_TEXT = re.compile(
    r"^(?:options?\s+|choices?\s+)?(?:[(\[](?P<inside>[A-Za-z]|\d{1,2})[)\]]|(?P<label>[A-Za-z]|\d{1,2})(?:[.):]|\s+[-–—]))\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_LABELS_THEN_VERDICT = re.compile(
    r"^(?:option\s+)?(?P<labels>[A-Z](?:\s*(?:,|&|and)\s*[A-Z]){0,25})\s+(?P<rest>(?:is|are|because|since|as)\b.*)$"
)
_SINGLE = re.compile(r"\b(?:[A-Za-z]|\d{1,2})\b")
_AND = re.compile(r"\band\b|\bor\b|\boptions?\b|\bchoices?\b", re.IGNORECASE)
_QUOTES = str.maketrans("“”„‘’‚´", "\"\"\"''''")
_PART = re.compile(r"\s*(?:;|\n|,|\band\b)\s*")


class Key(NamedTuple):
    """A resolved answer.

    Attributes:
        places: 0-based places of the right choices, ascending.
        rest: the text after the answer, usually an explanation.
        literal: False if the answer is none of the choices and only the most similar one was taken, if any.
    """

    places: tuple[int, ...]
    rest: str = ""
    literal: bool = True


def resolve(text: str, choices: Sequence[str], labels: Sequence[str] = ()) -> Key:
    """The key that ``text`` names.

    Args:
        text: the answer in the source: labels, a label with its choice, or the text of choices.
        choices: the texts to choose from.
        labels: their labels in the source; empty if it has none, so that only text can name a choice.
    """
    text = text.strip().strip("*_`")
    text = text[:-_FEW] + _SIGNS_BEHIND.sub("", text[-_FEW:])
    if not text or not choices:
        return Key(())
    return (_by_labels(text, choices, labels) if labels else None) or _by_text(text, choices)


def _by_labels(text: str, choices: Sequence[str], labels: Sequence[str]) -> Key | None:
    places = _label_places(text, labels)
    if places:
        return Key(places)
    found = _LABEL_THEN_TEXT.match(text)
    if found:
        places = _places([found["inside"] or found["label"]], labels)
        rest = collapse(found["rest"])
        if places:
            return Key(places, "" if _same(rest, choices[places[0]]) else rest)
    found = _LABELS_THEN_VERDICT.match(text)
    if found:
        places = _places(_SINGLE.findall(_AND.sub(" ", found["labels"])), labels)
        return Key(places, text) if places else None
    return None


def _label_places(text: str, labels: Sequence[str]) -> tuple[int, ...]:
    if _ONLY_LABELS.match(text):
        return _places(_SINGLE.findall(_AND.sub(" ", text)), labels)
    if _RUN_TOGETHER.match(text):
        return _places(list(text.rstrip(".)")), labels)
    return ()


def _places(named: Sequence[str], labels: Sequence[str]) -> tuple[int, ...]:
    """The places of labels; empty if one of them belongs to no choice."""
    places = {label: place for place, label in enumerate(labels)}
    found = {places.get(label.upper(), -1) for label in named}
    return () if -1 in found else tuple(sorted(found))


def _by_text(text: str, choices: Sequence[str]) -> Key:
    plain = [_bare(choice) for choice in choices]
    if _bare(text) in plain:
        return Key((plain.index(_bare(text)),))
    several = _several(text, plain)
    if several:
        return Key(several)
    answer, _, rest = text.partition(". ")
    compared = [choice[:MOST_COMPARED] for choice in plain]
    best = process.extractOne(_bare(answer)[:MOST_COMPARED], compared, scorer=fuzz.token_sort_ratio)
    begun = _begun_with(text, choices)
    if begun and (best is None or best[1] < NEARLY_THE_SAME or best[2] in begun.places):
        return begun
    if best is None or best[1] < CLOSE_ENOUGH:
        return Key((), text, literal=False)
    return Key((best[2],), rest.strip(), literal=False)


def _several(text: str, plain: Sequence[str]) -> tuple[int, ...]:
    """The places of the choices that ``text`` lists; empty if a part of it is not a choice."""
    places = {plain.index(part) if (part := _bare(piece)) in plain else -1 for piece in _PART.split(text)}
    return () if -1 in places else tuple(sorted(places))


def _begun_with(text: str, choices: Sequence[str]) -> Key | None:
    """The longest choice that ``text`` begins with, word for word; the rest explains it."""
    by_length = sorted(range(len(choices)), key=lambda place: -len(choices[place]))
    for place in by_length:
        choice = choices[place].strip().rstrip(".")
        if not choice or text[: len(choice)].casefold() != choice.casefold():
            continue
        rest = text[len(choice) :]
        if rest[:1] in {".", ",", ";", ":", "-", "–", "—"} and not rest[1:2].isalnum():
            return Key((place,), rest.lstrip(".,;:-–— "))
        if rest[:1].isspace():
            return Key((place,), text)
    return None


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    """``text`` as a reader compares it, ignoring case, extra spaces, the kind of quotes and a final full stop."""
    return collapse(text).casefold().translate(_QUOTES).strip("*_`\"' ").rstrip(".;,: ") or text.strip()
