"""Finds out whether a line begins with a word of some kind, such as "Answer" in any language, and what follows it."""

import re
from functools import lru_cache

from bot.importers.reading.vocabulary import UNSPACED, beginnings, first_words, folded, phrases, unspaced

LONGEST = 60
"""The longest label, in characters."""
BEFORE = "【[〔［《(（✅✔☑💡📝🔑👉➡►▶⭐🎯📌❓❗🔹🔸\ufe0f"
"""Signs that people put before a label."""
COLON = ":：﹕꞉=＝\u0903\u0983"
"""Colons, equals signs, and the visarga of Hindi and Bengali, which looks like a colon and is typed for one."""
_CLOSING = r"】\]〕］》"
GLUED = r"[(\[]?[A-Ha-h](?:[)\].]|\s{0,9}$)"
"""The letter of a choice, with its bracket or alone at the end of a line, right behind a sign: "Ans-b"."""
_LABELLED = re.compile(
    rf"""
    (?P<label>[^{COLON}{_CLOSING}→⇒–—-]{{1,{LONGEST}}}+)
    (?:[{COLON}](?:-(?=\s|{GLUED}))?|[{_CLOSING}]\s{{0,2}}[:：]?|[→⇒–—]|-(?:>|(?=\s|$|{GLUED}))|$)
    \s{{0,2}}(?P<rest>.*)$
    """,
    re.VERBOSE,
)
ENDING = re.compile(r"(?<=\w)[(（]-?(?:[^\W\d_A-ZА-Я]{2,3}|[sneiыіиа])[)）]|\s?\(s\)|(?<=\w)[.]")
"""The ending for several: "Antwort(en)", "réponse(s)". Or the full stop of a word that is cut short."""
_APART = re.compile(r"[/()（）|]+")


def labelled(text: str, kind: str) -> str | None:
    """The text behind a label of some kind; None if the line doesn't begin with one."""
    if not may_begin(text, kind):
        return None
    found = _LABELLED.match(text.lstrip(BEFORE + " "))
    if not found or not is_said(found["label"], kind):
        return None
    rest = found["rest"].strip(" *_")
    opened = text[:1] in "(（" and rest[-1:] in ")）" and rest.count("(") < rest.count(")") + rest.count("）")
    return rest[:-1].rstrip() if opened else rest


def may_begin(text: str, *kinds: str) -> bool:
    """Whether a word of some kind begins with the first two letters of a text: no look at the rest of most lines."""
    known = beginnings(*kinds)
    if text[:2].lower() in known:
        return True
    return text[:1] in BEFORE and text.lstrip(BEFORE + " ")[:2].lower() in known


@lru_cache  # a file has few labels, each of them on many lines
def is_said(label: str, kind: str) -> bool:
    """Whether a label is a word of some kind, or several such words: ``उत्तर / Answer``."""
    parts = [part for one in _APART.split(ENDING.sub("", label.strip(" *_"))) if (part := folded(one))]
    return bool(parts) and all(says_is(part, kind) is not None for part in parts)


def says_is(label: str, kind: str) -> bool | None:
    """Whether a label has "is" behind a word of some kind; None: it isn't such a word, with or without "the"."""
    known = phrases(kind)
    if label in known:
        return False
    first, _space, rest = label.partition(" ")
    if first in phrases("the"):
        if rest in known:
            return False
        label = rest
    before, _space, last = label.rpartition(" ")
    if last in phrases("is"):
        return True if before in known else None
    if label.isascii():
        return None
    return True if any(label.endswith(end) and label[: -len(end)] in known for end in unspaced("is")) else None


def first_word_is(text: str, kind: str) -> bool:
    """Whether a text begins with the first word of a label of some kind; always, where words aren't parted."""
    if UNSPACED.match(text):
        return True
    words = [*map(folded, text[:LONGEST].split(maxsplit=2)[:2])]
    at = 1 if len(words) > 1 and words[0] in phrases("the") else 0
    return bool(words) and ENDING.sub("", words[at]) in first_words(kind)
