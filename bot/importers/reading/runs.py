"""Finds runs of choices: lines whose labels count up from the first, ``A. … B. … C. …``.

A run makes a question; a numbered sentence without one is prose. So runs are found first, and stems from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.importers.reading.marks import (
    RULER,
    ChoiceMark,
    bullet,
    choice_mark,
    explanation_text,
    key_text,
    question_mark,
    verdict,
)
from bot.importers.reading.text import Line

LETTERS = frozenset({"upper", "lower"})
NUMBERS = frozenset({"number"})


@dataclass(slots=True)
class Run:
    """A run of choices: for each, the index of its line and its mark."""

    family: str
    items: list[tuple[int, ChoiceMark]] = field(default_factory=list)

    @property
    def start(self) -> int:
        """The index of the first choice's line."""
        return self.items[0][0]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in order, letters as capitals."""
        return tuple(mark.label.upper() for _, mark in self.items)

    def takes(self, mark: ChoiceMark) -> bool:
        """Whether ``mark`` is the next one in this run; one choice in between may be missing from the source."""
        if mark.family != self.family:
            return False
        ahead = position(mark.label) - position(self.items[-1][1].label)
        return ahead == 1 or (ahead == 2 and len(self.items) > 1)


def position(label: str) -> int:
    """The position that a label stands for, from 0: that of ``A`` and ``1`` is 0."""
    return int(label) - 1 if label.isdigit() else ord(label.upper()) - ord("A")


def find_runs(lines: Sequence[Line], families: frozenset[str] = LETTERS, *, fewest: int = 2) -> list[Run]:
    """The runs of at least ``fewest`` labelled choices on ``lines``, in order.

    A ruler, a named question number and an answer line end a run. A lone choice with an answer right below it
    is a run in any case: a question that lost its other choices.
    """
    runs: list[Run] = []
    open_run: Run | None = None
    for at, line in enumerate(lines):
        text = line.text
        if not text:
            continue
        mark = choice_mark(text)
        if mark and mark.family in families:
            if open_run and open_run.takes(mark):
                open_run.items.append((at, mark))
                continue
            if position(mark.label) == 0:
                open_run = Run(mark.family, [(at, mark)])
                runs.append(open_run)
                continue
        if open_run and _ends_run(text):
            open_run = None
    return [run for run in runs if len(run.items) >= fewest or _is_answered(lines, run)]


def _ends_run(text: str) -> bool:
    if RULER.match(text) or key_text(text) is not None or explanation_text(text) is not None:
        return True
    mark = question_mark(text)
    return bool(mark and mark.named)


def _is_answered(lines: Sequence[Line], run: Run) -> bool:
    """Whether an answer line follows right after a lone choice."""
    for line in lines[run.start + 1 : run.start + 4]:
        if line.text.strip():
            return key_text(line.text) is not None
    return False


def runs_of(lines: Sequence[Line]) -> list[Run]:
    """The runs of choices in a document: lettered ones, else bulleted ones, else numbered ones.

    Questions and lists have numbers, too. So numbers label choices only in a document with lines such as "Question 7",
    or if something marks them as choices.
    """
    runs = find_runs(lines, LETTERS) or find_bullet_runs(lines)
    if runs:
        return runs
    numbered = find_runs(lines, NUMBERS)
    if any((mark := question_mark(line.text)) and mark.named for line in lines):
        return numbered
    return [run for run in numbered if _are_choices(lines, run)]


def find_bullet_runs(lines: Sequence[Line]) -> list[Run]:
    """The bulleted or boxed lists that something marks as choices.

    Lists are everywhere: only boxes, a mark such as "(Correct)", or an answer line below turn one into choices.
    """
    runs: list[Run] = []
    open_run: Run | None = None
    for at, line in enumerate(lines):
        if not line.text:
            continue
        found = bullet(line.text)
        if found:
            mark = ChoiceMark(
                str(len(open_run.items) + 1 if open_run else 1), "bullet", found[0], ticked=bool(found[1])
            )
            if open_run:
                open_run.items.append((at, mark))
            else:
                open_run = Run("bullet", [(at, mark)])
                runs.append(open_run)
        elif _ends_run(line.text) or question_mark(line.text) or line.text.lstrip().startswith("#"):
            open_run = None
    return [run for run in runs if len(run.items) > 1 and _are_choices(lines, run)]


def _are_choices(lines: Sequence[Line], run: Run) -> bool:
    texts = [lines[at].text for at, _ in run.items]
    if any((found := bullet(text)) and found[1] is not None for text in texts) or any(verdict(t)[1] for t in texts):
        return True
    below = run.items[-1][0] + 1
    while below < len(lines) and not lines[below].text.strip():
        below += 1
    return below < len(lines) and key_text(lines[below].text) is not None
