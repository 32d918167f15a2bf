"""The commonest wrong answers that people typed, as a result shows them to everybody."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from bot.domain.kinds.kind import ShownOption
from bot.domain.lookalikes import single_spaced, without_ignorable

_MOST = 5
_LONGEST = 80
_DOTS = str.maketrans("。｡", "..")
"""Full stops that addresses may have in place of a dot, beside those that NFKC makes one."""
_REACHES_OUT = re.compile(
    r"""
    @ | <[!#/:] | <\w+: | \w:// | \b(?: mailto | tel ): | \bwww\.
    | [^\W_] [(\[{]? \. [)\]}]? [^\W\d_]{2}
    | \w\.\w{2,}/
    | \d (?: [-\u2010-\u2015\u2212\s()\[\]{}/]* \d ){6}
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Mentions, whatever looks like a web address, with any ending, and seven digits, as phone numbers have."""
_NO_ADDRESS = re.compile(
    r"""
    (?<![\w.-])
    (?: (?: ado | asp | ml | vb )\.net | (?: d3 | express | next | node | react | tensorflow | three | vue )\.js )
    (?! \.?[\w/:] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Names of software that look like web addresses."""


def may_be_shown(text: str) -> bool:
    """Whether everybody may see a text before a host has: it is short and visible, and leads to nobody and nowhere."""
    if len(text) > _LONGEST:
        return False
    plain = without_ignorable(unicodedata.normalize("NFKC", text).translate(_DOTS))
    return bool(single_spaced(plain)) and not _REACHES_OUT.search(_NO_ADDRESS.sub(" ", plain))


def commonest(typed: Iterable[tuple[str, str]]) -> tuple[ShownOption, ...]:
    """Return the commonest wrong answers that may be shown, without a letter, the commonest first.

    ``typed`` holds pairs: a text that is the same for all answers that count as one, and the text that was typed.
    """
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for alike, text in typed:
        groups[alike][text] += 1
    shown = []
    for group in groups.values():
        number, texts = group.total(), [text for text in group if may_be_shown(text)]
        if texts:
            shown.append((-number, min(texts, key=lambda text: (-group[text], text))))
    return tuple(
        ShownOption(letter="", text=text, number=-number, is_plain=True) for number, text in sorted(shown)[:_MOST]
    )
