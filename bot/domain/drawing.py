"""Which question comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.domain.identity import QuestionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A question that may be drawn, and when the space was last asked it."""

    question_id: QuestionId
    last_asked: datetime | None


def draw(candidates: Sequence[Candidate], random: Random) -> Candidate | None:
    """One that was never asked, at random; once all were, the one asked longest ago; None where there is none."""
    fresh = [candidate for candidate in candidates if candidate.last_asked is None]
    if fresh:
        return random.choice(fresh)
    asked = [(candidate.last_asked, candidate) for candidate in candidates if candidate.last_asked is not None]
    return min(asked, key=lambda pair: pair[0])[1] if asked else None
