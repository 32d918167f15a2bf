"""How the scores of a league's teams change over some weeks; `bot.domain.team_race` says what a score is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.domain.identity import TeamId
from bot.domain.team_race import mean, score, weeks_begun


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWeek:
    """What some of a team's members earned in a week: those who have ``since`` and ``first`` in common.

    Attributes:
        since: the Monday of the week in which they joined, or of the first week that is looked at.
        first: the Monday of the first week in which they answered; None: they never did, and ``week`` is None, too.
        week: the Monday of the week in which they earned this.
        members: how many of them answered in it.
        points: in parts of a point; ``on_demand`` is how many of them are from ``/quiz``.
    """

    team_id: TeamId
    since: date
    first: date | None
    week: date | None
    members: int
    points: int
    on_demand: int


@dataclass(slots=True)
class _Sums:
    """The sums of one team or of all; ``member_weeks`` adds up the weeks for which members who answered were there."""

    points: int = 0
    answered: int = 0
    member_weeks: int = 0

    def add(self, one: TeamWeek, until: date, *, on_demand: bool) -> None:
        self.points += one.points if on_demand else one.points - one.on_demand
        if one.week == one.first:
            self.answered += one.members
            self.member_weeks += one.members * weeks_begun(one.since, until)

    def mean(self, weeks: int) -> Fraction:
        return mean(self.points, self.member_weeks, weeks)


def team_climbs(
    earned: Iterable[TeamWeek], teams: Collection[TeamId], mondays: Sequence[date], *, on_demand: bool = True
) -> dict[TeamId, tuple[Fraction, ...]]:
    """Return the scores of some teams at the end of each week, counted from the first week on.

    Args:
        earned: what all teams of the league earned in these weeks.
        teams: whose scores to return.
        mondays: the first days of the weeks, oldest first.
        on_demand: whether points of ``/quiz`` count.
    """
    earned = list(earned)
    start = min((one.since for one in earned), default=mondays[0])
    climbs: dict[TeamId, tuple[Fraction, ...]] = dict.fromkeys(teams, ())
    for monday in mondays:
        weeks = weeks_begun(start, monday)
        of_all, of_team = _Sums(), defaultdict[TeamId, _Sums](_Sums)
        for one in earned:
            if one.week and one.week <= monday:
                of_all.add(one, monday, on_demand=on_demand)
                of_team[one.team_id].add(one, monday, on_demand=on_demand)
        for team_id in teams:
            own = of_team[team_id]
            shown = score(own.mean(weeks), own.answered, of_all.mean(weeks)) if own.answered else Fraction(0)
            climbs[team_id] += (shown,)
    return climbs
