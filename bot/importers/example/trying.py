"""Tries the readings that fit an example on its file, and takes the one that explains the file best."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from bot.domain.drafts import LineRole, ParsedDocument, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.excerpts import is_ready
from bot.domain.readings import Example, Learned, Reading
from bot.i18n import gettext as _
from bot.i18n import pgettext
from bot.importers.checks.judging import judged
from bot.importers.example.learning import readings
from bot.importers.example.reader import read_like
from bot.importers.example.tagging import PARTS
from bot.importers.reading.lines import Line

_AROUND = 300
"""How many lines before and after an example are read to compare readings."""
_MOST_READINGS = 200
_FINALISTS = 3
"""How many readings are tried on the whole file."""


def learned(lines: Sequence[Line], examples: Sequence[Example]) -> ParsedDocument:
    """Return a file's questions, with one or several of them as examples.

    Raises:
        BadInput: the examples name lines that can't be a question, or no reading fits all of them.
    """
    possible = readings(lines, examples[0])[:_MOST_READINGS]
    fitting = [(reading, like(_around(lines, examples[0].question), reading)) for reading in possible]
    fitting = [(reading, nearby) for reading, nearby in fitting if _shows(nearby, examples[0])]
    for example in examples[1:]:
        around = _around(lines, example.question)
        fitting = [(reading, nearby) for reading, nearby in fitting if _shows(like(around, reading), example)]
    if not fitting:
        raise BadInput(_("No way of reading the file finds exactly these questions. Check the lines."))
    fitting.sort(key=lambda one: _worth(*one), reverse=True)
    tried = [(reading, like(lines, reading)) for reading, _nearby in fitting[:_FINALISTS]]
    tried.sort(key=lambda one: _worth(*one), reverse=True)
    (best, document), *rivals = tried
    apart = [_differ(document, rival) for _reading, rival in rivals if explained(rival) == explained(document)]
    unsure = min(filter(None, apart), default=None)
    return replace(document, learned=Learned(reading=best, unsure=unsure))


def like(lines: Sequence[Line], reading: Reading, name: str = "") -> ParsedDocument:
    """Return a file's questions, read like this; ``name`` is the reading's, if it is kept under one.

    Raises:
        BadInput: a part of the reading isn't a pattern.
    """
    document = judged(read_like(lines, reading), lambda _done: None)
    return replace(document, reading=in_words(reading), learned=Learned(reading=reading, name=name))


def likest(lines: Sequence[Line], kept: Mapping[str, Reading], otherwise: ParsedDocument) -> ParsedDocument:
    """Read a file with the kept reading that explains most of it; return ``otherwise`` if none explains more.

    Args:
        lines: the lines of the file.
        kept: readings by their names.
        otherwise: the file as it is read without an example.
    """
    tried = [otherwise, *(like(lines, reading, name) for name, reading in kept.items())]
    return max(tried, key=explained)


def explained(document: ParsedDocument) -> float:
    """Return how much of a file is explained: ready questions count for it, others and lines left over against it."""
    ready = sum(map(is_ready, document.questions))
    return 3 * ready - len(document.questions) - 0.01 * document.roles.count(LineRole.NOTE)


def in_words(reading: Reading) -> tuple[str, ...]:
    """Return a line for each mark that a reading names."""
    named = (
        (_("Question"), reading.question),
        (_("Choice"), reading.choice),
        (_("Right choice"), reading.right),
        (pgettext("noun", "Answer"), reading.answer),
        (_("Explanation"), reading.explanation),
    )
    return tuple(f"{name}: {written}" for name, written in named if written)


def _shows(nearby: ParsedDocument, example: Example) -> bool:
    """Whether the lines around an example were read so that its question has the choices and the key of the example."""
    line = min(example.question, _AROUND + 1)
    found = next((one for one in nearby.questions if one.line == line), None)
    return found is not None and len(found.choices) == len(example.choices) and found.key == example.right


def _around(lines: Sequence[Line], number: int) -> Sequence[Line]:
    """The lines around a question, numbered from 1."""
    first = max(number - 1 - _AROUND, 0)
    return [line._replace(number=line.number - first) for line in lines[first : number + _AROUND]]


def _worth(reading: Reading, document: ParsedDocument) -> tuple[float, int]:
    """How good a reading is: by what it explains, then by how much it says."""
    return explained(document), sum(len(getattr(reading, part)) for part in PARTS)


def _differ(one: ParsedDocument, other: ParsedDocument) -> int | None:
    """The first line of the first question that has more or fewer choices or another key in ``other``; None: none."""
    for left, right in zip_longest(one.questions, other.questions):
        if left is None or right is None or _answers(left) != _answers(right):
            return min(draft.line for draft in (left, right) if draft)
    return None


def _answers(draft: QuestionDraft) -> tuple[int, int, tuple[int, ...]]:
    return draft.line, len(draft.choices), draft.key
