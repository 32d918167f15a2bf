"""Choose the next question."""

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
"""How many answers it takes to judge how hard a question is."""
ENOUGH_FOR_GROUP = 10
"""How many tell how good a group is."""
_MIDDLE = "medium"


class Candidate(NamedTuple):
    """A question that may be drawn. Keep it small: a single draw makes very many.

    Attributes:
        last_asked: when it was last asked in the space; None: never.
        difficulty: the bank's own level, or the one that `hardness` finds; None: unknown.
        waits_for: the question that must be asked first and hasn't been yet, if any.
        waits_in_vain: that question can't be asked: it is withdrawn, has no key, or needs a look.
    """

    question_id: QuestionId
    last_asked: datetime | None
    topic: str | None = None
    difficulty: str | None = None
    waits_for: QuestionId | None = None
    waits_in_vain: bool = False

    @property
    def level(self) -> str:
        """The level that counts; unknown ones count as medium."""
        return self.difficulty if self.difficulty in LEVELS else _MIDDLE

    @property
    def folded_topic(self) -> str:
        """The topic with its case folded."""
        return (self.topic or "").casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """What a series wants to ask.

    Attributes:
        weights: each topic's share (case ignored), relative to the others; empty: any topic.
        difficulty: as `bot.domain.series_options.parse_difficulty` gives it.
        group: the level that suits the group now, for an adaptive difficulty.
    """

    weights: Mapping[str, int] = field(default_factory=dict)
    difficulty: str | None = None
    group: str = _MIDDLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Why a topic or a level had its turn: it was asked ``had`` times of ``of``, its share among those left is ``due``.

    ``due`` is None if none of the wanted topics or levels was left, so that any was taken.
    """

    name: str
    had: int
    of: int
    due: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The drawn question and why; ``fresh`` counts the questions left that the space was never asked."""

    candidate: Candidate
    fresh: int
    topic: Share | None = None
    level: Share | None = None

    @property
    def repeats(self) -> bool:
        """Whether the question was asked before, because all of them were."""
        return not self.fresh


ANYTHING = Taste()


def hardness(answers: Accuracy) -> str | None:
    """How hard a question proved to be; None if too few answered it."""
    return answers.hardness if answers.answered >= ENOUGH_ANSWERS else None


def group_level(lately: Accuracy) -> str:
    """The level that suits a group with this recent accuracy."""
    if lately.answered < ENOUGH_FOR_GROUP:
        return _MIDDLE
    return "hard" if lately.share > EASY_FROM else "easy" if lately.share < HARD_TO else _MIDDLE


def draw(
    candidates: Sequence[Candidate], random: Random, taste: Taste = ANYTHING, asked: Sequence[Candidate] = ()
) -> Drawn | None:
    """Draw a question that was never asked, or else the one asked longest ago; None if there is none.

    Among the fresh questions, topics take turns by their weights, then levels of difficulty; chance decides among the
    rest. A question that waits for another one isn't drawn.

    Args:
        candidates: the questions that may be drawn.
        random: the source of chance.
        taste: what the series wants.
        asked: what the series asked before; these topics and levels count towards the shares.
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
    """Return the part of the pool whose turn it is, and why.

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
