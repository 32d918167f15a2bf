"""How people write a kind of question is one record, declared beside the functions it names."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.drafts import QuestionDraft
from bot.i18n import Later


class Part(StrEnum):
    """A field of a written question."""

    KIND = "kind"
    QUESTION = "question"
    ANSWERS = "answers"
    EXPLANATION = "explanation"
    TOPIC = "topic"


Complain = Callable[[Part, str], None]
"""Notes that something in a field is wrong, and what to do about it, in plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindInWriting:
    """How people write questions of a kind.

    Attributes:
        name: the kind's name in `bot.domain.kinds`.
        title: what people call the kind, at most `LONGEST_TITLE` characters.
        notation: how its answers are written, in one line of at most `LONGEST_NOTATION` characters.
        read: adds what the field for answers says to a draft that has the rest, and complains about what is wrong.
        write: returns what the field for answers says; the inverse of ``read``.
    """

    name: str
    title: Later
    notation: Later
    read: Callable[[QuestionDraft, str, Complain], QuestionDraft]
    write: Callable[[QuestionDraft], str]


LONGEST_TITLE = 40
"""The most characters of a kind's title, because a platform's menu shows it on a phone."""

LONGEST_NOTATION = 75
"""The most characters of a notation, because platforms' menus take no more."""
