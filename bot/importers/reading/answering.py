"""Tells words that only a right answer has from those for somebody's own, and from those that end sentences, too."""

from functools import cache

from bot.importers.reading.vocabulary import UNSPACED, folded, phrases, unspaced


def names_answer(label: str) -> bool:
    """Whether a label is clearly that of the answer, even behind other words: ``Antwort``, ``Ans``, ``Right answer``.

    ``Right``, ``Key`` and ``Solution`` end sentences, too: "the second solution: B".
    """
    words = folded(label)
    first, _space, rest = words.partition(" ")
    words = rest if first in phrases("the") else words
    return words in answers_of_many_words() or (
        words in phrases("answer")
        and any(plain.startswith(words) or words.startswith(plain) for plain in _plain_answers())
    )


def is_own_answer(label: str) -> bool:
    """Whether a label says that somebody's own answer follows: ``Your answer``, ``我的答案``."""
    words = folded(label)
    return words in phrases("aside") and (
        words.endswith(unspaced("answer")) or any(f" {answer} " in f" {words} " for answer in phrases("answer"))
    )


@cache
def answers_of_many_words() -> frozenset[str]:
    """The words for an answer that say that it is right, as they are compared: ``correct answer``, ``正确答案``."""
    return frozenset(words for words in phrases("answer") if " " in words or (UNSPACED.match(words) and len(words) > 2))


@cache
def _plain_answers() -> frozenset[str]:
    """The words that people call their own answers by, too: ``answer``, and neither ``solution`` nor ``key``."""
    return frozenset(word for words in phrases("aside") for word in words.split() if word in phrases("answer"))
