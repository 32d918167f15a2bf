"""Tell whether two texts are worded the same."""

from bot.domain.kinds.folding import fold
from bot.domain.kinds.slips import slips


def same_words(text: str, other: str) -> bool:
    """Whether two texts have the same words in the same order, but for slips in their letters."""
    words, others = text.split(), other.split()
    return len(words) == len(others) and all(map(_same_word, words, others))


def _same_word(word: str, other: str) -> bool:
    folded = fold(other)
    return slips(fold(word), folded, [folded] if word.isupper() or other.isupper() else []) is not None
