"""Lets readings compete: of all ways to part a document into questions, the one that explains it best is taken.

A question that could be is a run of items with a place above it where its stem could begin, or a place with a number
and no choices. A reading is a row of such questions that don't overlap. Its weight is what speaks for each of them
(`evidence`, `starts`), and how each goes on from the one before: numbers that count up, one answer for each. The
heaviest reading is found from top to bottom, because what follows a question depends on that question alone. Then the
habits of the document are counted, and the readings compete once more: what is usual in a file counts for what is
doubtful in it.
"""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.importers.reading.evidence import weigh
from bot.importers.reading.page import Page, within
from bot.importers.reading.runs import Run, ticked_by_sign
from bot.importers.reading.starts import Start, asks, starts_above

_HOPELESS = -3.1
"""A run for which less speaks is a plain list: no start can outweigh that."""
_STRONG = 1.9
"""A run for which more speaks is crossed by no stem."""
_LOOK_BACK = 4
"""How many runs back the question before can be."""
_MOST_KEPT = 30
"""How many candidates back it can be."""

_COUNTS_UP = 3.0
_COUNTS_ANEW = 1.0
_SKIPS = -0.5
_PER_SKIPPED = -0.2
_COUNTS_DOWN = -3.0
_NUMBER_LOST = -1.0
_NAME_LOST = -2.5
_ANSWERED = 1.0
_ANSWERED_AGAIN = -2.5
_NAMED_LEFT = -4.0
_NEXT_LEFT = -2.5
_IN_EXPLANATION = -2.5
_REST = -0.8
_MOST_REST = 3
_LONE_NAMED = 1.0
_LONE_NUMBER = -1.5
_LONE_DOUBTFUL = -3.0
_LONE_FIRST = -2.5
"""A number 1 before a 2 that has choices: nothing is above that it could go on from."""
_MOST_GAIN = 4.0
"""The most that going on from the question before can add."""
_HABIT = 1.5
_HEADING_LEFT = -2.0
_FAR = 40
"""A heading more than this many lines above belongs to a whole part of the file."""
_RARELY = 20
"""A habit that no more than one question in this many has may be something else, such as a list in a stem."""
_FEWEST_FOR_HABIT = 3


class Found(NamedTuple):
    """A question of the reading that was taken: where it begins, how, and its choices (None if it has none)."""

    start: Start
    run: Run | None


@dataclass(slots=True)
class _Candidate:
    start: Start
    run: Run | None
    weight: float
    end: int
    """The index after the last item's line, or after the number of a question without choices."""
    anchor: int
    """Where it stands among the candidates: at its first choice."""
    best: float = 0.0
    before: int = -1

    @property
    def style(self) -> str:
        """The style of its choices; empty if it has none."""
        return self.run.style if self.run else ""


def best_reading(page: Page, runs: Sequence[Run]) -> list[Found]:
    """Return the questions of a document, in order, as the reading that explains it best has them."""
    candidates = _candidates(page, runs)
    taken = _heaviest(page, candidates)
    if len(taken) >= _FEWEST_FOR_HABIT and len({(one.style, one.start.habit) for one in taken}) > 1:
        _favour_habits(page, candidates, taken)
        taken = _heaviest(page, candidates)
    return [Found(candidate.start, candidate.run) for candidate in taken]


def _candidates(page: Page, runs: Sequence[Run]) -> list[_Candidate]:
    found: list[_Candidate] = []
    floor = -1
    for run in runs:
        signed = ticked_by_sign(page, run) if run.style == "sign" else run
        weight = weigh(page, signed).weight
        if weight < _HOPELESS:
            continue
        found += [
            _Candidate(start, signed, weight + start.weight, run.last + 1, run.start)
            for start in starts_above(page, run, floor)
        ]
        if weight > _STRONG:
            floor = max(floor, run.last)
    found += _without_choices(page)
    found.sort(key=lambda candidate: (candidate.anchor, candidate.start.at, candidate.run is None))
    return found


def _without_choices(page: Page) -> Iterator[_Candidate]:
    """The numbers that could begin a question although no choices follow."""
    lines = page.number_lines
    for position, at in enumerate(lines):
        mark = page.numbers[at]
        is_asked = page.lines[at].number in page.asked
        if at in page.listed_numbers and not is_asked:
            continue
        if mark.named or is_asked:
            yield _Candidate(Start(at, mark, "number", _LONE_NAMED), None, _LONE_NAMED, at + 1, at)
            continue
        end = lines[position + 1] if position + 1 < len(lines) else len(page.lines)
        answered = any(within(page.key_lines, at, end))
        weight = _LONE_NUMBER if answered or asks(mark.rest) else _LONE_DOUBTFUL
        near = [page.numbers[one].number for one in lines[max(position - 1, 0) : position + 2]]
        if weight == _LONE_DOUBTFUL and mark.number is not None:
            if not {mark.number - 1, mark.number + 1} & {*near}:
                continue
            if mark.number == 1 and near[-1] == 2 and page.has_choices_below(end):
                weight = _LONE_FIRST
        yield _Candidate(Start(at, mark, "number", weight), None, weight, at + 1, at)


def _heaviest(page: Page, candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates that together weigh most."""
    window: deque[int] = deque()
    """The positions of the candidates for the last few runs."""
    runs: deque[int] = deque([-1] * _LOOK_BACK, maxlen=_LOOK_BACK)
    """The first lines of the last few runs."""
    far = (0.0, -1)
    """The heaviest reading that ends before the window, and its last candidate."""
    for position, candidate in enumerate(candidates):
        if candidate.run and candidate.anchor != runs[-1]:
            runs.append(candidate.anchor)
        while window and (candidates[window[0]].anchor < runs[0] or len(window) > _MOST_KEPT):
            gone = window.popleft()
            far = max(far, (candidates[gone].best, gone))
        weight, before = far if far[1] < 0 or candidates[far[1]].end <= candidate.start.at else (0.0, -1)
        for earlier in reversed(window):
            one = candidates[earlier]
            if one.end <= candidate.start.at and one.best + _MOST_GAIN > weight:
                together = one.best + _follows(page, one, candidate)
                if together > weight:
                    weight, before = together, earlier
        candidate.best, candidate.before = weight + candidate.weight, before
        window.append(position)
    last = max(range(len(candidates)), key=lambda position: candidates[position].best, default=-1)
    taken: list[_Candidate] = []
    if last >= 0 and candidates[last].best <= 0:
        return []
    while last >= 0:
        taken.append(candidates[last])
        last = candidates[last].before
    taken.reverse()
    return taken


def _follows(page: Page, one: _Candidate, other: _Candidate) -> float:
    """How well a question goes on from the one before it."""
    start, end = one.end, other.start.at
    keys = len(within(page.key_lines, start, end))
    explained = bool(within(page.explanation_lines, start, end))
    weight = _ANSWERED if keys else 0.0
    weight += max(keys - 1, 0) * _ANSWERED_AGAIN
    before, mark = one.start.mark, other.start.mark
    weight += _counting(page, one, other)
    for at in within(page.number_lines, start, end):
        left = page.numbers[at]
        if left.named:
            weight += _NAMED_LEFT
        elif before and left.number is not None and before.number is not None and left.number == before.number + 1:
            weight += _NEXT_LEFT
    parted = bool(within(page.ruler_lines, start, end))
    if explained and other.run and not mark and other.start.habit in {"paragraph", "parted"} and not parted:
        weight += _IN_EXPLANATION
    if keys and not explained and not mark and not parted:
        answered = page.end_of_answer(within(page.key_lines, start, end)[-1])
        weight += _REST * min(_paragraphs(page, answered, end), _MOST_REST)
    return weight


def _counting(page: Page, one: _Candidate, other: _Candidate) -> float:
    before = one.start.mark.number if one.start.mark else None
    number = other.start.mark.number if other.start.mark else None
    if before is None or number is None:
        if before is None or (other.start.mark and other.start.mark.named):
            return 0.0
        return _NAME_LOST if one.start.mark and one.start.mark.named else _NUMBER_LOST
    if number == before + 1:
        return _COUNTS_UP
    if number == 1:
        return _COUNTS_ANEW if _parted(page, one.end, other.start.at) else 0.0
    if number > before:
        return _SKIPS + _PER_SKIPPED * min(number - before - 1, 5)
    return _COUNTS_DOWN


def _parted(page: Page, start: int, end: int) -> bool:
    return bool(within(page.ruler_lines, start, end) or within(page.heading_lines, start, end))


def _paragraphs(page: Page, start: int, end: int) -> int:
    """How many paragraphs begin from ``start`` to before ``end``."""
    count = 0
    blank = True
    for at in range(start, min(end, start + 100)):
        if page.is_blank(at) or at in page.rulers or at in page.headings:
            blank = True
        elif blank:
            count, blank = count + 1, False
    return count


def _leaves_heading(page: Page, candidate: _Candidate, lists: bool) -> bool:
    """Whether a question would begin in text below a heading, or at a number there; ``lists``: numbers make lists."""
    at, habit = candidate.start.at, candidate.start.habit
    if habit not in {"parted", "paragraph"} and not (habit == "number" and lists):
        return False
    above = within(page.heading_lines, max(at - _FAR, 0), at)
    parts = (page.ruler_lines, page.key_lines, page.explanation_lines)
    return bool(above) and not any(within(indexes, above[-1], at) for indexes in parts)


def _favour_habits(page: Page, candidates: Sequence[_Candidate], taken: Sequence[_Candidate]) -> None:
    """Add to each candidate what is usual among those that were taken.

    Where each question is a heading, the text and numbers below it belong to that question.
    """
    styles = Counter(candidate.style for candidate in taken)
    habits = Counter(candidate.start.habit for candidate in taken)
    headed = 2 * habits["heading"] > len(taken) - habits["opener"]
    for candidate in candidates:
        if headed and _leaves_heading(page, candidate, _RARELY * habits["number"] < len(taken)):
            candidate.weight += _HEADING_LEFT
        if candidate.run:
            candidate.weight += _HABIT * styles[candidate.style] / len(taken)
            candidate.weight += _HABIT * (habits[candidate.start.habit] / len(taken) - 0.5)
