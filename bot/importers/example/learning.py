"""Finds the readings that fit an example: one for each way to combine the patterns that its lines could show."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from bot.domain.errors import BadInput
from bot.domain.readings import Example, Reading
from bot.i18n import gettext as _
from bot.importers.example.guessing import for_answer, for_beginning, for_choices, for_questions, for_right
from bot.importers.example.pattern import pattern
from bot.importers.example.tagging import UNMARKED
from bot.importers.reading.lines import Line

_FEWEST_CHOICES, _MOST_CHOICES = 2, 26
_LONGEST = 500
"""How many characters of a marked line are looked at."""


def readings(lines: Sequence[Line], example: Example) -> list[Reading]:
    """Return the readings that fit an example, those that say most first.

    Args:
        lines: all lines of the file.
        example: one of its questions.

    Raises:
        BadInput: the lines aren't in the file or not in order, or nothing tells choices from other lines.
    """
    _check(lines, example)
    choices = [_text(lines, number) for number in example.choices]
    begins = [*for_questions(_text(lines, example.question)), ""]
    explains = [*for_beginning(_text(lines, example.explanation))] if example.explanation else [""]
    above = example.answer is not None and example.answer < example.question
    found = [
        Reading(
            question=question,
            choice=choice,
            right=right,
            answer=answer,
            explanation=explanation,
            answer_above=above,
        )
        for choice, right, answer in _keyed(lines, choices, example)
        for question, explanation in product(begins, explains)
    ]
    if not found:
        raise BadInput(_("Nothing marks the choices or the right ones. Check the lines."))
    return list(dict.fromkeys(found))


def _check(lines: Sequence[Line], example: Example) -> None:
    marked = [example.question, *example.choices]
    others = [number for number in (example.answer, example.explanation) if number is not None]
    for number in [*marked, *others]:
        if not 1 <= number <= len(lines) or not _text(lines, number):
            raise BadInput(_("There is no text on line {line}.").format(line=number))
    if any(one >= other for one, other in pairwise(marked)) or {*marked} & {*others}:
        raise BadInput(_("The question comes first, then its choices in order, each on a line of its own."))
    if not _FEWEST_CHOICES <= len(example.choices) <= _MOST_CHOICES:
        raise BadInput(_("Name the lines of all the question's choices: at least two."))
    if not example.right:
        raise BadInput(_("Say which of the choices are right."))


def _text(lines: Sequence[Line], number: int) -> str:
    return lines[number - 1].text.strip()[:_LONGEST]


def _keyed(lines: Sequence[Line], choices: Sequence[str], example: Example) -> Iterator[tuple[str, str, str]]:
    """The patterns of choices, of right ones if signs mark them, and of the answer if a line gives it."""
    if example.answer:
        for choice in [*for_choices(dict(enumerate(choices)))] or _unmarked(lines, example):
            for answer in for_answer(_text(lines, example.answer), choices, example.right, choice):
                yield choice, "", answer
        return
    right = {*example.right}
    wrong = {at: text for at, text in enumerate(choices) if at not in right}
    if not wrong:
        raise BadInput(_("All choices of this question are right. Show a question that also has a wrong one."))
    for choice in [*for_choices(wrong)] or _unmarked(lines, example):
        for sign in for_right(choice, choices[example.right[0]], example.right[0]):
            known = pattern(sign)
            if all((known.match(text) is not None) == (at in right) for at, text in enumerate(choices)):
                yield choice, sign, ""


def _unmarked(lines: Sequence[Line], example: Example) -> list[str]:
    """The pattern of choices that nothing marks, if they are one below the other right below a question of one line."""
    first, last = example.choices[0], example.choices[-1]
    between = (_text(lines, number) for number in range(example.question + 1, first))
    return [] if any(between) or last - first >= len(example.choices) else [UNMARKED]
