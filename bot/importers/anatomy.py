"""The parts of one question: stem, choices, key, explanations; and what on its lines belongs to none of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.importers.compose import continues
from bot.importers.headings import strict_heading
from bot.importers.marks import RULER, explanation_text, key_text, star_behind, verdict
from bot.importers.runs import Run, find_runs
from bot.importers.text import Line


@dataclass(slots=True)
class RawChoice:
    """One choice as it stands in the source; ``ticked`` where a sign says that it is right."""

    label: str
    lines: list[Line]
    ticked: bool = False


@dataclass(slots=True)
class RawQuestion:
    """One question taken apart, its texts still lines of the source.

    Attributes:
        number: what the source numbers it, or None.
        last_line: number of the last line that belongs to it.
        key: what the source gives as the answer, or None.
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
    """The question on ``lines`` whose choices are ``run``, and the lines behind it that aren't its own."""
    stem = [line for line in lines[: run.start] if line.text.strip() or line.figure]
    raw = RawQuestion(number, stem[0].number if stem else lines[run.start].number, list(lines[: run.start]))
    bounds = [at for at, _ in run.items]
    for (at, mark), end in zip(run.items[:-1], bounds[1:], strict=True):
        raw.choices.append(_choice(mark.label, mark.ticked, [lines[at]._replace(text=mark.rest), *lines[at + 1 : end]]))
    at, mark = run.items[-1]
    end = end_of_paragraph(lines, at + 1)
    raw.choices.append(_choice(mark.label, mark.ticked, [lines[at]._replace(text=mark.rest), *lines[at + 1 : end]]))
    raw.labelled = run.family != "bullet"
    settle_ticks(raw.choices)
    own = read_tail(raw, lines[end:])
    raw.last_line = lines[end + own - 1].number
    return raw, lines[end + own :]


def end_of_paragraph(lines: Sequence[Line], at: int) -> int:
    """The index of the first line from ``at`` on that is blank or begins another part of a question."""
    while at < len(lines):
        text = lines[at].text
        if not text.strip() or _begins_part(text) or strict_heading(lines, at):
            break
        at += 1
    return at


def _begins_part(text: str) -> bool:
    return bool(RULER.match(text)) or key_text(text) is not None or explanation_text(text) is not None


def _choice(label: str, ticked: bool, lines: list[Line]) -> RawChoice:
    while len(lines) > 1 and not lines[-1].text.strip():
        lines.pop()
    text, right = verdict(lines[-1].text)
    return RawChoice(label.upper(), [*lines[:-1], lines[-1]._replace(text=text)], ticked or right)


def settle_ticks(choices: list[RawChoice]) -> None:
    """Let stars behind choices count where only some have one; take ticks back where every choice has the same."""
    starred = [star_behind(choice.lines[-1].text) for choice in choices]
    if 0 < sum(text is not None for text in starred) < len(choices):
        for choice, text in zip(choices, starred, strict=True):
            if text is not None:
                choice.lines[-1] = choice.lines[-1]._replace(text=text)
                choice.ticked = True
    if all(choice.ticked for choice in choices):
        for choice in choices:
            choice.ticked = False


def read_tail(raw: RawQuestion, lines: Sequence[Line]) -> int:
    """Read key and explanation from the lines below the choices; how many of them belong to the question.

    Text that neither an answer line nor a mark explains ends the question, as do headings and rulers.
    """
    explained = any(choice.ticked for choice in raw.choices)
    has_key_below = any(key_text(line.text) is not None for line in lines)
    explanation: list[Line] = []
    awaiting_key = False
    at = 0
    while at < len(lines):
        text = lines[at].text
        if text.strip() and _ends_question(lines, at):
            break
        key = key_text(text) if raw.key is None and not explained else None
        marked = explanation_text(text)
        if key is not None:
            raw.key, awaiting_key, explained = key or None, not key, bool(key)
        elif marked is not None:
            explained, awaiting_key = True, False
            explanation.append(lines[at]._replace(text=marked))
        elif awaiting_key and text.strip():
            raw.key, awaiting_key, explained = text.strip(), False, True
        elif explained:
            explanation.append(lines[at])
        elif text.strip() and not has_key_below:
            break
        at += 1
    while at and not lines[at - 1].text.strip():
        at -= 1
    read_explanation(raw, explanation)
    return at


def _ends_question(lines: Sequence[Line], at: int) -> bool:
    return bool(RULER.match(lines[at].text) or strict_heading(lines, at))


def read_explanation(raw: RawQuestion, lines: Sequence[Line]) -> None:
    """Part an explanation into what it says of each choice and what it says in general."""
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
    """Where the text on the last choice ends and the general one begins: at a new paragraph."""
    at += 1
    while at < len(lines) and lines[at].text.strip() and continues(lines[at - 1].text, lines[at].text.strip()):
        at += 1
    return at
