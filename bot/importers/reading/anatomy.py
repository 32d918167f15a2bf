"""Takes one question apart into stem, choices, key and explanations, and finds where it ends."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bot.importers.reading.compose import continues, ends_sentence
from bot.importers.reading.headings import is_titled, strict_heading
from bot.importers.reading.marks import (
    RULER,
    ChoiceMark,
    bold,
    explanation_text,
    key_text,
    part_inline_explanation,
    star_behind,
    verdict,
)
from bot.importers.reading.runs import Run, find_runs
from bot.importers.reading.text import Line

_MOST_STRAY_WORDS = 8


@dataclass(slots=True)
class RawChoice:
    """One choice as the source has it.

    Attributes:
        ticked: whether a sign marks it as right.
        typographic: whether that sign may be mere typography, such as bold type.
    """

    label: str
    lines: list[Line]
    ticked: bool = False
    typographic: bool = False


@dataclass(slots=True)
class RawQuestion:
    """One question taken apart; its texts are still lines of the source.

    Attributes:
        number: its number in the source, or None.
        last_line: the number of the last line that belongs to it.
        key: the answer as the source gives it, or None.
    """

    number: int | None
    line: int
    stem: list[Line]
    last_line: int = 0
    choices: list[RawChoice] = field(default_factory=list)
    labelled: bool = True
    key: str | None = None
    explanation: list[Line] = field(default_factory=list)
    choice_explanations: dict[str, list[Line]] = field(default_factory=dict)
    section: str | None = None


def read_labelled(lines: Sequence[Line], run: Run, number: int | None) -> tuple[RawQuestion, Sequence[Line]]:
    """The question on ``lines`` whose choices are ``run``, and the lines after it that belong to something else."""
    stem = [line for line in lines[: run.start] if line.text.strip() or line.figure]
    raw = RawQuestion(number, stem[0].number if stem else lines[run.start].number, list(lines[: run.start]))
    bounds = [at for at, _ in run.items]
    for (at, mark), end in zip(run.items[:-1], bounds[1:], strict=True):
        raw.choices.append(_choice(mark, [lines[at]._replace(text=mark.rest), *lines[at + 1 : end]]))
    at, mark = run.items[-1]
    end = end_of_paragraph(lines, at + 1)
    raw.choices.append(_choice(mark, [lines[at]._replace(text=mark.rest), *lines[at + 1 : end]]))
    raw.labelled = run.family != "bullet"
    settle_ticks(raw.choices)
    own = read_tail(raw, lines[end:])
    raw.last_line = lines[end + own - 1].number
    return raw, lines[end + own :]


def end_of_paragraph(lines: Sequence[Line], at: int) -> int:
    """The index, from ``at`` on, of the first line that is blank or begins another part of a question."""
    while at < len(lines):
        text = lines[at].text
        if not text.strip() or _begins_part(text) or strict_heading(lines, at):
            break
        at += 1
    return at


def _begins_part(text: str) -> bool:
    return bool(RULER.match(text)) or key_text(text) is not None or explanation_text(text) is not None


def _choice(mark: ChoiceMark, lines: list[Line]) -> RawChoice:
    while len(lines) > 1 and not lines[-1].text.strip():
        lines.pop()
    text, right = verdict(lines[-1].text)
    lines = [*lines[:-1], lines[-1]._replace(text=text)]
    return RawChoice(mark.label.upper(), lines, mark.ticked or right, mark.typographic and not right)


def settle_ticks(choices: list[RawChoice]) -> None:
    """Count bold type and stars as ticks, unless every choice has them."""
    for choice in choices:
        text = choice.lines[-1].text
        unmarked = (bold(text) if len(choice.lines) == 1 else None) or star_behind(text)
        if unmarked:
            choice.lines[-1] = choice.lines[-1]._replace(text=unmarked)
            choice.typographic = not choice.ticked
            choice.ticked = True
    if all(choice.typographic for choice in choices):
        for choice in choices:
            choice.ticked = False


def read_tail(raw: RawQuestion, lines: Sequence[Line]) -> int:
    """Read key and explanation from the lines below the choices, and return how many of them the question takes up.

    Headings and rulers end the question. Without an answer, a tick or an explanation, none of the lines belong to it.
    """
    is_ticked = any(choice.ticked for choice in raw.choices)
    end = _end_of_tail(lines, is_keyed=is_ticked)
    explanation: list[Line] = []
    awaiting_key = explaining = False
    for line in lines[:end]:
        key = key_text(line.text) if raw.key is None else None
        marked = explanation_text(line.text)
        if marked is not None:
            awaiting_key, explaining = False, True
            explanation.append(line._replace(text=marked))
        elif explaining:
            # Some sources give the answer only in the words of its explanation.
            raw.key = raw.key if is_ticked else raw.key or key
            explanation.append(line)
        elif key is not None:
            key, told = part_inline_explanation(key)
            raw.key, awaiting_key, explaining = key or None, not key, bool(told)
            explanation.append(line._replace(text=told))
        elif awaiting_key and line.text.strip():
            raw.key, awaiting_key = line.text.strip(), False
        else:
            explanation.append(line)
    read_explanation(raw, explanation)
    return end


def _end_of_tail(lines: Sequence[Line], *, is_keyed: bool) -> int:
    """The index after the last line below the choices that belongs to the question."""
    end = next((at for at in range(len(lines)) if lines[at].text.strip() and _ends_question(lines, at)), len(lines))
    parts = {
        at for at in range(end) if key_text(lines[at].text) is not None or explanation_text(lines[at].text) is not None
    }
    if not parts and not is_keyed:
        return 0
    while end and (not lines[end - 1].text.strip() or _is_stray_title(lines, end - 1, parts)):
        end -= 1
    return end


def _is_stray_title(lines: Sequence[Line], at: int, parts: Collection[int]) -> bool:
    """Whether the last line of an explanation is really a heading of what follows, or a website's footer."""
    text = lines[at].text
    if at == 0 or at in parts or len(text.split()) > _MOST_STRAY_WORDS or not is_titled(text):
        return False
    above = lines[at - 1].text
    return not above.strip() or (ends_sentence(above) and at - 1 not in parts)


def _ends_question(lines: Sequence[Line], at: int) -> bool:
    return bool(RULER.match(lines[at].text) or strict_heading(lines, at))


def read_explanation(raw: RawQuestion, lines: Sequence[Line]) -> None:
    """Split an explanation into what it says about each choice and what it says in general."""
    labels = [choice.label for choice in raw.choices]
    runs = [run for run in find_runs(lines) if len(run.items) > 1 and set(run.labels) <= set(labels)]
    if not raw.labelled or not runs:
        raw.explanation = list(lines)
        return
    run = runs[0]
    bounds = [at for at, _ in run.items] + [_end_of_last(lines, run.items[-1][0])]
    for (at, mark), end in zip(run.items, bounds[1:], strict=True):
        raw.choice_explanations[mark.label.upper()] = [lines[at]._replace(text=mark.rest), *lines[at + 1 : end]]
    raw.explanation = [*lines[: run.start], *lines[bounds[-1] :]]


def _end_of_last(lines: Sequence[Line], at: int) -> int:
    """The index where the text about the last choice ends and the general text begins: at a new paragraph."""
    at += 1
    while at < len(lines) and lines[at].text.strip() and continues(lines[at - 1].text, lines[at].text.strip()):
        at += 1
    return at
