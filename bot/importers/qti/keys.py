"""Finds out which responses are right, by trying which ones earn most."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, islice, pairwise, product
from typing import NamedTuple

from bot.domain.accepted import AcceptedNumber
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.importers.qti.scoring import Responses, Scoring, number_in

_MOST_VALUES = 100
"""The most values that a response is tried with."""
_MOST_COMBINED = 30
"""How many answers to several responses are tried together, of each way to combine them."""
_ZERO = Fraction(0)


class Interval(NamedTuple):
    """Numbers that are right: from one to another, and whether these two are right as well."""

    low: Fraction
    high: Fraction
    closed: bool


class Trial:
    """One item's scoring with what its other responses are while one is tried.

    Args:
        scoring: the scoring.
        given: what the responses are at first.
    """

    def __init__(self, scoring: Scoring, given: Responses) -> None:
        self._scoring = scoring
        self.given: dict[str, tuple[str, ...]] = dict(given)

    def score(self, ident: str, values: Iterable[str]) -> Fraction:
        """Return what is earned if a response has these values, and all others stay.

        Raises:
            CannotTellError: the scoring can't be run.
        """
        return self._scoring.judge({**self.given, ident: tuple(values)}).score

    def shown(self, ident: str, values: Iterable[str]) -> frozenset[str]:
        """Return the names of the feedback that is then shown.

        Raises:
            CannotTellError: as for `score`.
        """
        return self._scoring.judge({**self.given, ident: tuple(values)}).shown

    def each(self, ident: str, values: Sequence[str]) -> Mapping[str, Fraction]:
        """Return what is earned with each of some values alone.

        Raises:
            CannotTellError: as for `score`.
            BadInput: they are too many.
        """
        if len(values) > _MOST_VALUES:
            message = _("It compares an answer with {count} values, but at most {most} can be tried.")
            raise BadInput(message.format(count=len(values), most=_MOST_VALUES))
        return {value: self.score(ident, (value,)) for value in values}

    def settle(self, ident: str, values: Sequence[str]) -> None:
        """Give a response the one of some values that earns most, if any of them earns more than it does now.

        Raises:
            CannotTellError, BadInput: as for `each`.
        """
        earned = self.each(ident, values)
        best = max(earned, key=lambda value: earned[value], default=None)
        if best is not None and earned[best] > self.score(ident, self.given.get(ident, ())):
            self.given[ident] = (best,)

    def others(self, rights: Mapping[str, Sequence[str]]) -> bool:
        """Return whether other answers together earn as much as the right ones of several responses.

        Then these can't be told apart: perhaps what is right in one depends on what stands in another.

        Raises:
            CannotTellError: as for `score`.
        """
        idents = list(rights)
        whole = self._scoring.judge(self.given).score
        offered = [dict.fromkeys([*rights[ident], *self._scoring.named(ident)]) for ident in idents]
        everywhere = list(dict.fromkeys(value for some in offered for value in some))
        for choices in (product(everywhere, repeat=len(idents)), product(*offered), _swapped(rights)):
            for answers in islice(choices, _MOST_COMBINED):
                wrong = any(not _is_among(rights[ident], answer) for ident, answer in zip(idents, answers, strict=True))
                given = {**self.given, **{ident: (answer,) for ident, answer in zip(idents, answers, strict=True)}}
                if wrong and self._scoring.judge(given).score >= whole:
                    return True
        return False

    def best_set(self, ident: str, options: Sequence[str]) -> tuple[str, ...]:
        """Return the smallest set of options near a likely one that earns most; empty if nothing is earned.

        Raises:
            CannotTellError, BadInput: as for `each`.
        """
        known = set(options)
        starts = [tuple(value for value in group if value in known) for group in self._scoring.groups(ident)]
        starts += [(option,) for option in options]
        if len(starts) > 2 * _MOST_VALUES:
            message = _("It compares an answer with {count} values, but at most {most} can be tried.")
            raise BadInput(message.format(count=len(starts), most=2 * _MOST_VALUES))
        best = max(starts, key=lambda start: self.score(ident, start), default=())
        chosen, most = set(best), self.score(ident, best)
        for _step in options:
            changed = [chosen ^ {option} for option in options]
            scores = [self.score(ident, sorted(one)) for one in changed]
            better = [
                (score, -len(one), at)
                for at, (one, score) in enumerate(zip(changed, scores, strict=True))
                if (score, -len(one)) > (most, -len(chosen))
            ]
            if not better:
                break
            most, _size, at = max(better)
            chosen = changed[at]
        return tuple(option for option in options if option in chosen) if most > self.score(ident, ()) else ()

    def intervals(self, ident: str, claimed: Sequence[str]) -> list[Interval]:
        """Return the numbers that earn most, between those that the scoring compares a response with.

        Raises:
            CannotTellError, BadInput: as for `each`.
            BadInput: numbers without end are right.
        """
        points = sorted(self._turning_points(ident, claimed))
        if len(points) > _MOST_VALUES:
            message = _("It compares an answer with {count} values, but at most {most} can be tried.")
            raise BadInput(message.format(count=len(points), most=_MOST_VALUES))
        if not points:
            return []
        between = [points[0] - 1, *((one + other) / 2 for one, other in pairwise(points)), points[-1] + 1]
        at_points = [self.score(ident, (str(point),)) for point in points]
        beside = [self.score(ident, (str(number),)) for number in between]
        most = max([*at_points, *beside])
        if most <= max(_ZERO, self.score(ident, ())):
            return []
        if most in {beside[0], beside[-1]}:
            raise BadInput(_("All numbers above or below a limit are right."))
        return list(_runs(points, [score == most for score in at_points], [score == most for score in beside]))

    def _turning_points(self, ident: str, claimed: Sequence[str]) -> Iterator[Fraction]:
        seen: set[Fraction] = set()
        tolerances = self._scoring.tolerances(ident)
        for text in [*claimed, *self._scoring.named(ident)][: 2 * _MOST_VALUES]:
            number = number_in(text)
            if number is None or number in seen:
                continue
            around = [number + sign * off for off in tolerances for sign in (1, -1)]
            around += [number + sign * abs(number) * off / 100 for off in tolerances for sign in (1, -1)]
            for point in (number, *around):
                if point not in seen:
                    seen.add(point)
                    yield point


def _is_among(rights: Sequence[str], answer: str) -> bool:
    number = number_in(answer)
    return answer in rights or (number is not None and number in map(number_in, rights))


def _swapped(rights: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the first right answers with two of them in each other's place."""
    firsts = [answers[0] for answers in rights.values()]
    for one, other in combinations(range(len(firsts)), 2):
        swapped = list(firsts)
        swapped[one], swapped[other] = firsts[other], firsts[one]
        yield tuple(swapped)


def _runs(points: Sequence[Fraction], at_points: Sequence[bool], beside: Sequence[bool]) -> Iterator[Interval]:
    """Yield where numbers are right without a gap; ``beside`` is about what lies before each point, and after all."""
    low: Fraction | None = None
    closed = True
    for at, point in enumerate(points):
        if at_points[at] and low is None:
            low, closed = point, True
        elif not at_points[at] and low is not None:
            yield Interval(low, point, closed=False)
            low = None
        if beside[at + 1] and low is None:
            low, closed = point, False
        elif not beside[at + 1] and low is not None:
            yield Interval(low, point, closed)
            low = None


def accepted(intervals: Sequence[Interval], claimed: Sequence[str]) -> tuple[AcceptedNumber, ...]:
    """Return intervals as accepted numbers, around the value that the source names where that is in the middle."""
    named = [number for text in claimed if (number := number_in(text)) is not None]
    return tuple(_accepted(one, named) for one in intervals)


def _accepted(one: Interval, named: Sequence[Fraction]) -> AcceptedNumber:
    middle = (one.low + one.high) / 2
    if one.low == one.high or middle in named:
        return AcceptedNumber(value=middle, tolerance=one.high - middle)
    return AcceptedNumber.between(one.low, one.high)
