"""How teams are compared: fair to small ones, to big ones, and to those whose members came later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from bot.domain.identity import PlayerId, TeamId
from bot.domain.standings import MIN_TEAM, Standing, Window, period, placed

FULL_TEAM = 5
"""With this many members who answered, a team's score is simply its own mean."""

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """A player's sums; ``points``, and how many of them are ``on_demand``, in parts of a point."""

    points: int = 0
    right: int = 0
    answered: int = 0
    on_demand: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A player in a team, with their sums for it in a window.

    Attributes:
        since: the Monday of the week in which they came, by the league's zone: that whole week counts.
    """

    player_id: PlayerId
    team_id: TeamId
    team: str
    since: date
    sums: Sums = Sums()


def race(members: Iterable[Membership], *, first: date, last: date, on_demand: bool = True) -> list[Standing]:
    """One league's teams with at least one answer, in no order and without places.

    A team's points are the mean of its members who answered. Somebody who came later counts as the part of a member
    that their weeks are of the window's: with 30 points in one of three weeks they stand for a third of a member,
    not for a weak one. The weeks count from when the first of all members came.

    The mean of a small team says less than that of a big one: two lucky people are soon found, ten aren't. So the
    score of a team with fewer than `FULL_TEAM` members who answered lies between its own mean and that of all teams'
    members, ``(n x own + (5 - n) x all) / 5``. Actuaries call that credibility weighting, ``Z x own + (1 - Z) x
    collective`` with ``Z = n / 5`` (Whitney 1918, Bühlmann 1967), statisticians shrinkage (James and Stein 1961).
    The overall mean is that of all team members: players without a team don't take part and don't affect it.

    Args:
        members: all members of the league's teams, even if they didn't answer.
        first: the window's first day on which anything was asked.
        last: its last one, or today.
        on_demand: whether points of ``/quiz`` count.
    """
    there = [member for member in members if member.since <= last]
    start = max(first, min((member.since for member in there), default=first))
    weeks = weeks_begun(start, last)
    parts = [_Part(member, weeks_begun(max(start, member.since), last), on_demand=on_demand) for member in there]
    of_all = _mean_of([part for part in parts if part.answered], weeks)
    teams: dict[TeamId, list[_Part]] = {}
    for part in parts:
        teams.setdefault(part.member.team_id, []).append(part)
    return [_standing(team, weeks, of_all) for team in teams.values() if any(part.answered for part in team)]


def place_teams(standings: Iterable[Standing]) -> list[Standing]:
    """Rank teams by score, best first; teams with fewer than `MIN_TEAM` answerers follow without a place."""
    standings = list(standings)
    alone = [standing for standing in standings if standing.members < MIN_TEAM]
    return placed(s for s in standings if s.members >= MIN_TEAM) + sorted(alone, key=lambda s: s.name.casefold())


def mean(points: int, member_weeks: int, weeks: int) -> Fraction:
    """Return the mean points of a member who was there for all ``weeks``.

    Args:
        points: what all members who answered earned, in parts of a point.
        member_weeks: for how many weeks each of them was there, added up.
        weeks: how many weeks there were.
    """
    return Fraction(points * weeks, member_weeks) if member_weeks else Fraction(0)


def score(own: Fraction, answered: int, of_all: Fraction) -> Fraction:
    """Return the score of a team by its own mean, the number of members who answered, and the mean of all teams."""
    missing = max(0, FULL_TEAM - answered)
    return ((FULL_TEAM - missing) * own + missing * of_all) / FULL_TEAM


def weeks_begun(first: date, last: date) -> int:
    """Count the ISO weeks from one day to another, both included."""
    return (monday(last) - monday(first)) // _WEEK + 1


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def periods_after(first: date, last: date, today: date) -> dict[str, date]:
    """The periods that make up the weeks that began after ``first``, up to ``last``; each with its week's Monday.

    A week that ``last`` cuts off comes in single days.
    """
    found = {}
    begun = monday(first) + _WEEK
    while begun <= last:
        sunday = begun + timedelta(days=6)
        if sunday <= last or last == today:
            found[period(Window.WEEK, begun, 0)] = begun
        else:
            days = (begun + timedelta(days=n) for n in range((last - begun).days + 1))
            found |= {period(Window.DAY, day, 0): begun for day in days}
        begun += _WEEK
    return found


class _Part:
    """A member as a part of the window: ``weeks`` of it."""

    __slots__ = ("answered", "member", "points", "weeks")

    def __init__(self, member: Membership, weeks: int, *, on_demand: bool) -> None:
        self.member = member
        self.weeks = weeks
        self.points = member.sums.points - (0 if on_demand else member.sums.on_demand)
        self.answered = member.sums.answered > 0


def _mean_of(parts: Sequence[_Part], weeks: int) -> Fraction:
    return mean(sum(part.points for part in parts), sum(part.weeks for part in parts), weeks)


def _standing(team: Sequence[_Part], weeks: int, of_all: Fraction) -> Standing:
    answered = [part for part in team if part.answered]
    own = _mean_of(answered, weeks)
    return Standing(
        place=None,
        name=team[0].member.team,
        points=own,
        score=score(own, len(answered), of_all),
        right=sum(part.member.sums.right for part in answered),
        answered=sum(part.member.sums.answered for part in answered),
        members=len(answered),
        of=len(team),
        total=sum(part.points for part in answered),
        team_id=team[0].member.team_id,
    )
