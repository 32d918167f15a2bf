"""Reads what marks a choice as right or wrong: "(Correct)" or a sign at its end, bold type, a star after it."""

import re

from bot.importers.reading.words import verdict_word

_RIGHT = r"(?:the\s+)?(?:correct|right)(?:\s+(?:answer|choice|option))?"
_WRONG = r"(?:the\s+)?(?:incorrect|wrong|false)(?:\s+(?:answer|choice|option))?"
_VERDICT_BEHIND = re.compile(
    rf"\s*(?:[(\[]\s*(?P<in_brackets>{_RIGHT})\s*[)\]]|(?:<?(?<![-=—–])[-=—–]+>?|←|⇐)\s*(?P<arrowed>{_RIGHT})|(?P<tick>[✓✔✅☑]))\W*$",
    re.IGNORECASE,
)
_REJECTED_BEHIND = re.compile(rf"\s*(?:[(\[]\s*{_WRONG}\s*[)\]]|[✗✘❌]|(?<=\S)\s+most\s+voted)\s*$", re.IGNORECASE)
_OWN_ANSWER_BEHIND = re.compile(r"\s*[(\[]\s?(?:your|my|selected)\s(?:answer|choice|response)\s?[)\]]$", re.IGNORECASE)
"""What somebody chose, as a program prints it beside a choice."""
_IN_BRACKETS_BEHIND = re.compile(r"\s*[(（\[【](?P<word>[^()（）\[\]【】]{1,30})[)）\]】]$")
_REASONED = re.compile(
    r"(?P<verdict>[(\[]\s*(?:in)?correct|[(\[]\s*wrong)\s*(?:[-–—:]|,(?=\s(?:because|since|as)\b))\s*"
    r"(?P<reason>[^()\[\]]{2,200})(?P<end>[)\]])$",
    re.IGNORECASE,
)
"""A verdict with a reason: "(Incorrect – it sinks)"."""
_VERDICT_SIGNS = ("correct", "right", "wrong", "false", "voted", *"✓✔✅☑✗✘❌")
"""One of these is in every verdict."""
_VERDICT_ENDS = ("correct", "right", "answer", "choice", "option", "voted")
_FARTHEST = 250
"""How far before the end of a choice a verdict with its reason begins."""
_CLOSING = (")", "）", "]", "】")
_STAR_BEHIND = re.compile(r"(?<=[\w.)\]\"'’”%])\s?\*{1,2}$")


def verdict(text: str) -> tuple[str, bool]:
    """A choice's text without a sign such as "(Correct)" at its end, and whether that sign marks it as right."""
    text, _reason = parted_reason(text)
    end = text[-60:]
    if not end or (end[-1].isalnum() and not end.lower().endswith(_VERDICT_ENDS)):
        return text, False
    before = len(text) - len(end)
    folded = end.casefold()
    if any(map(folded.__contains__, _VERDICT_SIGNS)):
        if right := _VERDICT_BEHIND.search(end):
            return text[: before + right.start()].rstrip(), True
        if wrong := _REJECTED_BEHIND.search(end):
            return text[: before + wrong.start()].rstrip(), False
    bracketed = _IN_BRACKETS_BEHIND.search(end) if end[-1:] in _CLOSING else None
    judged = verdict_word(bracketed["word"]) if bracketed else None
    if bracketed and judged is not None:
        return text[: before + bracketed.start()].rstrip(), judged
    return text, False


def parted_reason(text: str) -> tuple[str, str]:
    """A choice's text whose verdict has no reason, and that reason: "Tin (Wrong: it sinks)"; empty if there is none."""
    found = _REASONED.search(text[-_FARTHEST:]) if text[-1:] in {")", "]"} else None
    if not found:
        return text, ""
    before = text[: max(len(text) - _FARTHEST, 0) + found.start()]
    return f"{before}{found['verdict']}{found['end']}", found["reason"].strip()


def without_own_answer(text: str) -> str:
    """A choice's text without "(Your answer)" at its end, which doesn't say whether it is right."""
    return _OWN_ANSWER_BEHIND.sub("", text) if text[-1:] in {")", "]"} else text


def bold(text: str) -> str | None:
    """A text without its bold type if all of it is bold, else None."""
    sign = text[:2]
    if sign not in {"**", "__"} or not text.endswith(sign) or len(text) <= 4 or text.count(sign) != 2:
        return None
    is_name = sign == "__" and text.strip("_").isidentifier()  # such as __init__
    return None if is_name else text[2:-2].strip()


def star_behind(text: str) -> str | None:
    """A choice's text without the star at its end, or None if there is no star or it closes an emphasis."""
    if not text.endswith("*") or "*" in text.rstrip("*"):
        return None
    bare = _STAR_BEHIND.sub("", text)
    return bare if bare != text else None
