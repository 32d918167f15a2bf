"""Which question comes next."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from random import Random
from typing import NamedTuple

from bot.domain.accuracy import EASY_FROM, HARD_TO, Accuracy
from bot.domain.identity import QuestionId
from bot.domain.series_options import ADAPTIVE, LEVELS, mix_of

ENOUGH_ANSWERS = 5
"""How many answers tell how hard a question is."""
ENOUGH_FOR_GROUP = 10
"""How many tell how good a group is."""
_MIDDLE = "medium"


class Candidate(NamedTuple):
    """A question that may be drawn; very many are made for a single draw.

    Attributes:
        last_asked: when the space was last asked it; None: never.
        difficulty: as its bank names it, or as `hardness` finds it; None: unknown.
        waits_for: the question that must be asked before it and wasn't yet.
        waits_in_vain: that one can't be asked as it is: withdrawn, without a key, or wanting a look.
    """

    question_id: QuestionId
    last_asked: datetime | None
    topic: str | None = None
    difficulty: str | None = None
    waits_for: QuestionId | None = None
    waits_in_vain: bool = False

    @property
    def level(self) -> str:
        """How hard it is taken to be."""
        return self.difficulty if self.difficulty in LEVELS else _MIDDLE

    @property
    def folded_topic(self) -> str:
        """Its topic, case ignored."""
        return (self.topic or "").casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """What a series wants to ask.

    Attributes:
        weights: topics, case ignored, with the share of each relative to the others; empty: any.
        difficulty: as `bot.domain.series_options.parse_difficulty` gives it.
        group: how hard it should be for the group now, where the difficulty is adaptive.
    """

    weights: Mapping[str, int] = field(default_factory=dict)
    difficulty: str | None = None
    group: str = _MIDDLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Why a topic or a level had its turn: it was asked ``had`` times of ``of``, its share among those left is ``due``.

    ``due`` is None where nothing of what is wanted was left, so that anything was taken.
    """

    name: str
    had: int
    of: int
    due: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was drawn and why; ``fresh`` is how many questions were left that the space was never asked."""

    candidate: Candidate
    fresh: int
    topic: Share | None = None
    level: Share | None = None

    @property
    def repeats(self) -> bool:
        """Whether it was asked before, as all there are were."""
        return not self.fresh


ANYTHING = Taste()


def hardness(answers: Accuracy) -> str | None:
    """How hard a question proved to be; None: too few answered it."""
    return answers.hardness if answers.answered >= ENOUGH_ANSWERS else None


def group_level(lately: Accuracy) -> str:
    """How hard it should be for a group that did so well lately."""
    if lately.answered < ENOUGH_FOR_GROUP:
        return _MIDDLE
    return "hard" if lately.share > EASY_FROM else "easy" if lately.share < HARD_TO else _MIDDLE


def draw(
    candidates: Sequence[Candidate], random: Random, taste: Taste = ANYTHING, asked: Sequence[Candidate] = ()
) -> Drawn | None:
    """One that was never asked; once all were, the one asked longest ago; None where there is none.

    Among the fresh ones topics have their turn by their weights, then levels of difficulty; among what is left chance
    decides. What waits for another question isn't drawn.

    Args:
        candidates: what there is.
        random: chance.
        taste: what is wanted.
        asked: what the same series asked before: its topics and levels count for the shares.
    """
    free = [one for one in candidates if one.waits_for is None]
    if taste.difficulty in LEVELS:
        free = [one for one in free if one.level == taste.difficulty]
    fresh = [one for one in free if one.last_asked is None]
    if not fresh:
        again = [(one.last_asked, one.question_id, one) for one in free if one.last_asked is not None]
        return Drawn(candidate=min(again)[2], fresh=0) if again else None
    topic, pool = _balanced(fresh, taste.weights, asked, lambda one: one.folded_topic)
    level, pool = _by_difficulty(pool, taste, asked)
    return Drawn(candidate=random.choice(pool), fresh=len(fresh), topic=topic, level=level)


def _by_difficulty(
    pool: list[Candidate], taste: Taste, asked: Sequence[Candidate]
) -> tuple[Share | None, list[Candidate]]:
    if taste.difficulty is None or taste.difficulty in LEVELS:
        return None, pool
    if taste.difficulty != ADAPTIVE:
        return _balanced(pool, mix_of(taste.difficulty), asked, lambda one: one.level)
    wanted = LEVELS.index(taste.group)
    nearest = min((one.level for one in pool), key=lambda level: abs(LEVELS.index(level) - wanted))
    return None, [one for one in pool if one.level == nearest]


def _balanced(
    pool: list[Candidate], weights: Mapping[str, int], asked: Sequence[Candidate], name_of: Callable[[Candidate], str]
) -> tuple[Share | None, list[Candidate]]:
    """The part of the pool whose turn it is, and why.

    Names without anything left in the pool hand their share on to the others; names without a weight come once
    nothing else is left. The turns are those of Balinski and Young's quota method ("The quota method of
    apportionment", 1975): of the names that aren't ahead of their share, the one that would have most of it for each
    question. So each name is less than one question off its share at any time; taking whichever is farthest behind
    would not do that.
    """
    if not weights:
        return None, pool
    parts: dict[str, list[Candidate]] = defaultdict(list)
    for one in pool:
        parts[name_of(one)].append(one)
    left = {name: weights[name] for name in sorted(weights) if name in parts}
    counts = Counter(name_of(one) for one in asked)
    if not left:
        return Share(name="", had=0, of=len(asked), due=None), pool
    total, of = sum(left.values()), sum(counts[name] for name in left)
    behind = [name for name in left if counts[name] * total < (of + 1) * left[name]]
    turn = max(behind, key=lambda name: Fraction(left[name], counts[name] + 1))
    return Share(name=turn, had=counts[turn], of=of, due=Fraction(left[turn], total)), parts[turn]


def once_asked(candidates: Sequence[Candidate], question_id: QuestionId, at: datetime) -> list[Candidate]:
    """What there is after one of them was asked: what waited for it is free."""
    return [
        one._replace(last_asked=at)
        if one.question_id == question_id
        else one._replace(waits_for=None)
        if one.waits_for == question_id
        else one
        for one in candidates
    ]
