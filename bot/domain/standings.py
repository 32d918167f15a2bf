"""Standings: who stands where in a window of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from bot.domain.identity import PlayerId, TeamId

MIN_TEAM = 2
"""A team has a place once this many of its members answered."""


class Window(StrEnum):
    """The stretch of time that a standing covers, in the league's own zone."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    ALL = "all"


class Ranked(StrEnum):
    """What a leaderboard ranks."""

    PLAYER = "player"
    TEAM = "team"


def period(window: Window, day: date, season: int) -> str:
    """The name under which a window's totals are kept.

    That is ``2026-11-21``, ``2026-W47``, ``2026-11``, ``season-1`` or ``all``. Weeks are ISO 8601 weeks: they
    begin on Monday, and the year is the week's own.
    """
    match window:
        case Window.DAY:
            return day.isoformat()
        case Window.WEEK:
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
        case Window.MONTH:
            return day.isoformat()[:7]
        case Window.SEASON:
            return f"season-{season}"
        case Window.ALL:
            return "all"


def periods(day: date, season: int) -> tuple[str, ...]:
    """Every period that an answer given on this local day counts in."""
    return tuple(period(window, day, season) for window in Window)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A player's sums over a period; ``points`` in parts of a point."""

    player_id: PlayerId
    name: str
    points: int
    right: int
    answered: int
    team: str | None = None
    team_id: TeamId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A place in a leaderboard.

    Attributes:
        place: equal scores share one, and the next place is left out; None: too few answered to have one.
        points: in parts of a point; for a team the mean of its members who answered.
        members: how many of a team answered; 1 for a player.
        total: the sum behind a team's mean.
    """

    place: int | None
    name: str
    points: int | Fraction
    right: int
    answered: int
    members: int = 1
    total: int = 0
    player_id: PlayerId | None = None


def rank_players(scores: Iterable[Score]) -> list[Standing]:
    """Players by points, best first."""
    return _placed([player_standing(None, score) for score in scores])


def player_standing(place: int | None, score: Score) -> Standing:
    """A player's sums at a place."""
    return Standing(
        place=place,
        name=score.name,
        points=score.points,
        total=score.points,
        right=score.right,
        answered=score.answered,
        player_id=score.player_id,
    )


def rank_teams(scores: Iterable[Score]) -> list[Standing]:
    """Teams by the mean of their members who answered, best first; teams of one follow without a place."""
    teams: dict[TeamId, list[Score]] = {}
    for score in scores:
        if score.team_id is not None:
            teams.setdefault(score.team_id, []).append(score)
    standings = [_team_standing(members[0].team or "", members) for members in teams.values()]
    placed = _placed([standing for standing in standings if standing.members >= MIN_TEAM])
    return placed + sorted((s for s in standings if s.members < MIN_TEAM), key=lambda s: s.name.casefold())


def _team_standing(name: str, members: Sequence[Score]) -> Standing:
    total = sum(member.points for member in members)
    return Standing(
        place=None,
        name=name,
        points=Fraction(total, len(members)),
        right=sum(member.right for member in members),
        answered=sum(member.answered for member in members),
        members=len(members),
        total=total,
    )


def _placed(standings: list[Standing]) -> list[Standing]:
    ordered = sorted(standings, key=lambda s: (-s.points, s.name.casefold(), s.name))
    placed: list[Standing] = []
    for number, standing in enumerate(ordered, start=1):
        tied = placed and placed[-1].points == standing.points
        placed.append(replace(standing, place=placed[-1].place if tied else number))
    return placed
