"""How to understand the lines of a file, as somebody has shown with one of its questions."""

import re
from dataclasses import dataclass
from typing import NoReturn

from bot.domain.errors import BadInput
from bot.i18n import gettext as _

LONGEST_PATTERN = 200
"""The most characters of a pattern."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What marks the lines of a file. Each part is a pattern: what stands on such a line, with fields in braces.

    The fields are ``{number}``, ``{letter}`` and ``{text}``, for instance ``Task {number} >> {text}``. A part is empty
    if nothing marks such lines.

    Attributes:
        question: how the first line of a question looks.
        choice: how the first line of a choice looks, unless it is marked as right.
        right: how the first line of a right choice looks, if a sign marks it.
        answer: how a line looks whose text says which choices are right.
        explanation: how the first line of an explanation looks.
        answer_above: whether the answer stands above its question.
    """

    question: str = ""
    choice: str
    right: str = ""
    answer: str = ""
    explanation: str = ""
    answer_above: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One question of a file with its lines, which are counted from 1.

    Attributes:
        question: the first line of its text.
        choices: the first line of each choice, in order.
        right: the positions of the right ones among the choices, ascending.
        answer: the line that says which are right; None: signs at the choices do.
        explanation: the first line of the explanation; None: it has none, or none that is marked.
    """

    question: int
    choices: tuple[int, ...]
    right: tuple[int, ...]
    answer: int | None = None
    explanation: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """The reading by example that a file was read with.

    Attributes:
        name: the name under which it is kept; empty if it was learned just now.
        unsure: the first line of a question that another reading, which fits the examples as well, reads differently;
            None if no other does.
    """

    reading: Reading
    name: str = ""
    unsure: int | None = None


_WORDS = ("question", "choices", "right", "answer", "explanation")
_MOST_LINES = 100
_TOKEN = re.compile(r"[a-z]+|[0-9]{1,7}(?:-[0-9]{1,7})?|[^\s,]")


def parse_example(text: str) -> Example:
    """Return the example that somebody typed, such as ``question 3, choices 5-8, right 6, answer 9, explanation 10``.

    All numbers are those of lines, also of the right choices.

    Raises:
        BadInput: it isn't spelled like that, or a right choice is none of the choices.
    """
    lines: dict[str, list[int]] = {}
    word = ""
    for token in _TOKEN.findall(text.lower()):
        if token in _WORDS and token not in lines:
            word = token
            lines[word] = []
        elif word and token[0].isdecimal():
            first, _dash, last = token.partition("-")
            lines[word] += range(int(first), min(int(last or first), int(first) + _MOST_LINES) + 1)
        else:
            _misspelled(text)
    choices, right = lines.get("choices", []), lines.get("right", [])
    singles = [len(lines.get(name, [0])) for name in ("question", "answer", "explanation")]
    if "question" not in lines or not choices or singles != [1, 1, 1] or not {*right} <= {*choices}:
        _misspelled(text)
    return Example(
        question=lines["question"][0],
        choices=tuple(choices),
        right=tuple(sorted(choices.index(line) for line in {*right})),
        answer=next(iter(lines.get("answer", [])), None),
        explanation=next(iter(lines.get("explanation", [])), None),
    )


def _misspelled(text: str) -> NoReturn:
    message = _(
        "“{example}” doesn't name the lines of a question. Write it like this, with line numbers: question 3, "
        "choices 5-8, right 6, answer 9, explanation 10. Leave out what the file doesn't have."
    )
    raise BadInput(message.format(example=text))
