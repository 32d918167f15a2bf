"""The commonest wrong answers that people typed, as a result shows them to everybody."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from bot.domain.kinds.kind import ShownOption

_MOST = 5
_LONGEST = 80
_REACHES_OUT = re.compile(r"@|<[^\s\d]|://|www\.|\w\.[a-z]{2}", re.IGNORECASE)


def may_be_shown(text: str) -> bool:
    """Whether everybody may see a text before a host has: it is short, and has no mention and nothing like a link."""
    return len(text) <= _LONGEST and not _REACHES_OUT.search(text)


def commonest(typed: Iterable[tuple[str, str]], *, single: bool) -> tuple[ShownOption, ...]:
    """Return the commonest wrong answers that may be shown, without a letter, the commonest first.

    Args:
        typed: each answer's text, behind a text that is the same for all answers that count as one.
        single: whether to show also what only one person typed.
    """
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for alike, text in typed:
        groups[alike][text] += 1
    shown = []
    for group in groups.values():
        number, texts = group.total(), [text for text in group if may_be_shown(text)]
        if texts and (single or number > 1):
            shown.append((-number, min(texts, key=lambda text: (-group[text], text))))
    return tuple(
        ShownOption(letter="", text=text, number=-number, is_plain=True) for number, text in sorted(shown)[:_MOST]
    )
