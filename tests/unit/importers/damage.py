"""Damages documents as copying, editing and e-mail do, to see that a reader is right afterwards, or says so."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from textwrap import wrap

from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.questions import HARMLESS
from tests.unit.importers.as_read import flat

_LABEL = re.compile(r"^(?P<before>\s*(?:[-*•]\s+)?[(\[]?)(?P<label>[A-Ha-h])(?P<after>[).\]:]+\s)")
_NUMBER = re.compile(r"^(?P<before>\W{0,5}(?:Q|Question\s*)?)(?P<number>\d{1,4})(?P<after>[.):])")


def drop_a_blank_line(lines: list[str], chance: Random) -> bool:
    """Take out one of the blank lines."""
    blank = [at for at, line in enumerate(lines) if not line.strip()]
    if blank:
        del lines[chance.choice(blank)]
    return bool(blank)


def swap_markers(lines: list[str], chance: Random) -> bool:
    """Let two choices, one below the other, change their letters."""
    marked = [at for at in range(len(lines) - 1) if _LABEL.match(lines[at]) and _LABEL.match(lines[at + 1])]
    if not marked:
        return False
    at = chance.choice(marked)
    one, other = _LABEL.match(lines[at]), _LABEL.match(lines[at + 1])
    assert one
    assert other
    lines[at] = f"{one['before']}{other['label']}{one['after']}{lines[at][one.end() :]}"
    lines[at + 1] = f"{other['before']}{one['label']}{other['after']}{lines[at + 1][other.end() :]}"
    return True


def double_a_number(lines: list[str], chance: Random) -> bool:
    """Give a question the number of the one before it."""
    numbered = [at for at, line in enumerate(lines) if (found := _NUMBER.match(line)) and int(found["number"]) > 1]
    if not numbered:
        return False
    at = chance.choice(numbered)
    found = _NUMBER.match(lines[at])
    assert found
    lines[at] = f"{found['before']}{int(found['number']) - 1}{found['after']}{lines[at][found.end() :]}"
    return True


def wrap_at_60(lines: list[str], _chance: Random) -> bool:
    """Wrap every line at 60 columns, as e-mail does."""
    wrapped = [piece for line in lines for piece in (wrap(line, 60) or [""])]
    changed = wrapped != lines
    lines[:] = wrapped
    return changed


def drop_a_number(lines: list[str], chance: Random) -> bool:
    """Take the number off one question."""
    numbered = [at for at, line in enumerate(lines) if _NUMBER.match(line)]
    if not numbered:
        return False
    at = chance.choice(numbered)
    found = _NUMBER.match(lines[at])
    assert found
    lines[at] = lines[at][found.end() :].lstrip(" *")
    return True


def drop_a_line(lines: list[str], chance: Random) -> bool:
    """Take out one line, whatever it is."""
    written = [at for at, line in enumerate(lines) if line.strip()]
    if written:
        del lines[chance.choice(written)]
    return bool(written)


Damage = Callable[[list[str], Random], bool]
DAMAGES: Sequence[Damage] = (
    drop_a_blank_line,
    swap_markers,
    double_a_number,
    wrap_at_60,
    drop_a_number,
    drop_a_line,
)


@dataclass(frozen=True)
class Known:
    """What may be said of a document's questions: the key of each by the text of its right choices or answers."""

    stems: frozenset[str]
    right: dict[str, frozenset[str]]
    """The right choices, by stem."""

    @classmethod
    def of(cls, document: ParsedDocument) -> "Known":
        """What the undamaged document says."""
        right = {_stem(question): _right(question) for question in document.questions}
        return cls(frozenset(right), right)


def silently_wrong(document: ParsedDocument, known: Known, damage: Damage) -> list[str]:
    """The questions that would be asked although they aren't what the document said before it was damaged.

    Letters that were swapped on purpose change what is right, and a line that was dropped can be part of a stem or a
    choice: there, only a wrong key counts.
    """
    wrong = []
    for question in document.questions:
        if any(code not in HARMLESS for code in question.findings) or not _right(question):
            continue
        right = known.right.get(_stem(question))
        if right is None:
            if damage is not drop_a_line:
                wrong.append(f"unknown stem: {question.stem[:80]}")
        elif right and _right(question) != right and damage not in {swap_markers, drop_a_line}:
            wrong.append(f"wrong key: {question.stem[:80]}")
    return wrong


def _stem(question: QuestionDraft) -> str:
    return re.sub(r"\s|-", "", question.stem).casefold()


def _right(question: QuestionDraft) -> frozenset[str]:
    """The right choices or, without any, what may be typed or stands on the back."""
    told = [question.choices[place] for place in question.key] or [*map(str, question.accepted), question.back]
    return frozenset(re.sub(r"\s|-", "", flat(text)).casefold() for text in filter(None, told))
