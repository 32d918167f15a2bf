"""Question lists of any length, as people write them: by a few habits, from a fixed seed."""

from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from random import Random

_SMALL_WORDS = (
    "the",
    "of",
    "a",
    "to",
    "in",
    "and",
    "is",
    "for",
    "with",
    "by",
    "from",
    "as",
    "on",
    "that",
    "when",
    "it",
)
_SYLLABLES = tuple(
    consonant + vowel for consonant in ("b", "d", "gr", "l", "m", "pr", "s", "t", "v") for vowel in "aeiou"
)
_VOCABULARY = 8_000
_LABELS = "ABCD"
_CHAPTER = 50
"""How many questions stand under one heading."""


class _Writer:
    """Writes sentences of made-up words, a few of which are as frequent as in a language."""

    def __init__(self) -> None:
        self.chance = Random(16)
        made = ("".join(self.chance.choices(_SYLLABLES, k=self.chance.randint(2, 3))) for _ in range(_VOCABULARY))
        self._words = [*_SMALL_WORDS, *dict.fromkeys(made)]
        self._weights = [*accumulate(1 / rank for rank in range(3, len(self._words) + 3))]

    def words(self, fewest: int, most: int) -> str:
        """Some words, with a capital first."""
        count = self.chance.randint(fewest, most)
        return " ".join(self.chance.choices(self._words, cum_weights=self._weights, k=count)).capitalize()

    def key(self) -> str:
        """The letter of a choice."""
        return self.chance.choice(_LABELS)


def explained(count: int) -> Iterator[str]:
    """Numbered questions, each with its answer and an explanation below the choices."""
    writer = _Writer()
    for number in range(1, count + 1):
        yield f"{number}. {writer.words(8, 18)}?\n"
        yield from (f"{label}. {writer.words(2, 8)}\n" for label in _LABELS)
        yield f"Answer: {writer.key()}\nExplanation: {writer.words(8, 18)}.\n\n"


def listed(count: int) -> Iterator[str]:
    """Numbered questions, and below the last one a list of all answers."""
    writer = _Writer()
    keys = []
    for number in range(1, count + 1):
        yield f"{number}) {writer.words(12, 24)}?\n"
        yield from (f"   {label.lower()}) {writer.words(4, 10)}\n" for label in _LABELS)
        yield "\n"
        keys.append(f"{number}. {writer.key()}\n")
    yield "Answer key\n\n"
    yield from keys


def headed(count: int) -> Iterator[str]:
    """Markdown: a heading for each question, bullets with letters, and a bold answer."""
    writer = _Writer()
    yield "# A list of questions\n\n"
    for number in range(count):
        if number % _CHAPTER == 0:
            yield f"## Chapter {number // _CHAPTER + 1}\n\n"
        yield f"### {writer.words(8, 18)}?\n\n"
        yield from (f"- {label}. {writer.words(2, 8)}\n" for label in _LABELS)
        yield f"\n**Answer: {writer.key()}**\n\n{writer.words(8, 18)}.\n\n"


HABITS: Mapping[str, Callable[[int], Iterator[str]]] = {"explained": explained, "listed": listed, "headed": headed}
"""Each habit by its name: it yields the text of so many questions in pieces."""
