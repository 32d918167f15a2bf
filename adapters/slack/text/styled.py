"""Turn runs of styled text into Slack's mrkdwn: markup around styled text, and none by accident.

Slack's markup has no escapes except those of ``& < >``. So a typed ``*`` is shown as a similar sign, but only where
Slack would read it as markup; and a colon is followed by an invisible space where it would begin an emoji.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from string import ascii_letters, digits

NOTHING = "\u200b"
"""A space without width: it separates what Slack would read together, and lets markup begin inside a word."""

_LOOKALIKES = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_EMOJI_NAME = frozenset(ascii_letters + digits + "_+-'")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style.

    Attributes:
        link: whether it is a web address.
        ready: whether it is mrkdwn already, which is written as it is.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: bool = False
    ready: bool = False


def halves(runs: Sequence[Run]) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Split runs into two parts of about the same length, at white space if there is any.

    An address or a mention stays whole.
    """
    flat = "".join(run.text for run in runs)
    middle = max(flat.rfind(" ", 1, len(flat) // 2), flat.rfind("\n", 1, len(flat) // 2)) + 1 or len(flat) // 2
    first: list[Run] = []
    second: list[Run] = []
    start = 0
    for run in runs:
        cut = min(max(middle - start, 0), len(run.text))
        if (run.link or run.ready) and 0 < cut < len(run.text):
            cut = 0 if first else len(run.text)
        first += [replace(run, text=run.text[:cut])] if cut else []
        second += [replace(run, text=run.text[cut:])] if cut < len(run.text) else []
        start += len(run.text)
    return tuple(first), tuple(second)


def rendered(runs: Sequence[Run]) -> str:
    """Write runs as mrkdwn."""
    shown = ""
    for run in _disarmed(runs):
        text = _marked(run)
        if (shown[-1:].isalnum() and text[:1] in _LOOKALIKES) or (shown[-1:] in _LOOKALIKES and text[:1].isalnum()):
            shown += NOTHING
        shown += text
    return "\n".join(NOTHING + line if line.startswith("&gt;") else line for line in shown.split("\n"))


def _marked(run: Run) -> str:
    """Put the markup of a run's style around each of its lines, with outer white space outside the markup."""
    if run.ready:
        return run.text
    marks = ("*" if run.bold else "") + ("_" if run.italic else "") + ("`" if run.code else "")
    if run.link:
        address = entities(run.text).replace("|", "%7C")  # behind it Slack would read another text to show
        return f"{marks}<{address}>{marks[::-1]}"
    lines = []
    for line in run.text.split("\n"):
        core = line.strip()
        if not marks or not core:
            lines.append(entities(line) if run.code else entities(_without_emoji(line)))
            continue
        start = line.index(core)
        inner = entities(core if run.code else _without_emoji(core))
        lines.append(line[:start] + marks + inner + marks[::-1] + line[start + len(core) :])
    return "\n".join(lines)


def entities(text: str) -> str:
    """Escape a text with the only escapes that Slack knows."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _without_emoji(text: str) -> str:
    """Break up ``:name:``, which Slack would show as an emoji; times such as ``12:30:45`` stay."""
    parts = text.split(":")
    for at in range(1, len(parts) - 1):
        if parts[at] and _EMOJI_NAME.issuperset(parts[at].lower()) and not parts[at].isdigit():
            parts[at] = NOTHING + parts[at]
    return ":".join(parts)


def _disarmed(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs with lookalikes for typed signs that Slack would pair up as markup."""
    flat = "".join("x" * len(run.text) if run.code or run.link else run.text for run in runs)
    code = "".join(run.text for run in runs if run.code)
    real = {"*": any(run.bold for run in runs), "_": any(run.italic for run in runs), "~": False, "`": bool(code)}
    real |= {mark: True for mark in real if mark in code}  # because Slack may not read code first
    risky = {at for mark, is_real in real.items() for at in _paired(flat, mark, is_real=is_real)}
    start = 0
    for run in runs:
        text = "".join(
            _LOOKALIKES[c] if (c == "`" if run.code else at in risky) else c
            for at, c in enumerate(run.text, start=start)
        )
        start += len(run.text)
        yield replace(run, text=text)


def _paired(flat: str, mark: str, *, is_real: bool) -> set[int]:
    """Find where a typed sign could begin or end markup; an unpaired one can only beside ``is_real`` markup."""
    opening, closing = set(), set()
    for at, c in enumerate(flat):
        if c == mark:
            before, after = flat[at - 1 : at], flat[at + 1 : at + 2]
            if mark == "`" or (not before.isalnum() and after.strip()):
                opening.add(at)
            if mark == "`" or (before.strip() and not after.isalnum()):
                closing.add(at)
    if is_real:
        return opening | closing
    first, last = min(opening, default=len(flat)), max(closing, default=-1)
    return {at for at in opening if at < last} | {at for at in closing if at > first}
