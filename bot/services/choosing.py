"""Which question a series asks next: decided by what is stored, so that it can be foretold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from bot.domain.drawing import Candidate, Drawn, Taste, draw, group_level, hardness, once_asked
from bot.domain.identity import Space
from bot.domain.series import Series, local
from bot.domain.series_options import ADAPTIVE
from bot.ports import QuestionFilter, Unit

_LATELY = 14
"""How many days of answers tell how good a group is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What a series could ask now, what it wants, and what it asked before."""

    series: Series
    candidates: Sequence[Candidate]
    taste: Taste
    asked: Sequence[Candidate]

    def draw(self) -> Drawn | None:
        """The question that comes next; None where there is none."""
        seed = f"{self.series.id}:{len(self.asked)}"
        chance = Random(seed)  # noqa: S311 - no secret: who sees the database may foretell it, players don't
        return draw(self.candidates, chance, self.taste, self.asked)

    def after(self, drawn: Drawn, at: datetime) -> "Prospect":
        """What it could ask once it has asked this."""
        return replace(
            self,
            candidates=once_asked(self.candidates, drawn.candidate.question_id, at),
            asked=[*self.asked, drawn.candidate],
        )


async def prospect(unit: Unit, series: Series, space: Space, now: datetime) -> Prospect:
    """What a series could ask now."""
    which = QuestionFilter(space_id=series.space_id, bank=series.bank, topic=series.topic)
    candidates, asked = await unit.banks.candidates(which), await unit.rounds.drawn_in(series.id)
    taste = Taste(
        weights={topic.casefold(): share for topic, share in series.weights.items()}, difficulty=series.difficulty
    )
    if series.difficulty is not None:
        proved = {number: hardness(*tally) for number, tally in (await unit.banks.verdicts(which)).items()}
        candidates, asked = (
            [one._replace(difficulty=one.difficulty or proved.get(one.question_id)) for one in some]
            for some in (candidates, asked)
        )
    if series.difficulty == ADAPTIVE:
        taste = replace(taste, group=await _level_of(unit, space, now))
    return Prospect(series=series, candidates=candidates, taste=taste, asked=asked)


async def _level_of(unit: Unit, space: Space, now: datetime) -> str:
    """How hard it should be for those who answered in a space lately."""
    league = await unit.leagues.get(space.league_id)
    if league is None:
        raise LookupError(f"space {space.id} has lost its league")
    today = local(now, league.zone).date()
    days = [(today - timedelta(days=n)).isoformat() for n in range(_LATELY)]
    lately = await unit.boards.accuracy(league.id, space.id, days)
    return group_level(lately.right, lately.answered)
