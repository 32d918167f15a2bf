"""Standings: everybody's place in a window of time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from bot.domain.identity import PlayerId, TeamId

MIN_TEAM = 2
"""A team has a place once this many of its members answered."""

PODIUM = 3
"""How many places the podium of a quiz night has."""


class Window(StrEnum):
    """The kind of period that standings cover, in the league's own time zone."""

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

    Examples are ``2026-11-21``, ``2026-W47``, ``2026-11``, ``season-1`` and ``all``. Weeks are ISO 8601 weeks: they
    begin on Monday, and the year is that of the ISO week.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A place in a leaderboard.

    Attributes:
        place: equal scores share a place, and the next one is skipped; None: too few answered.
        points: in parts of a point; for a team, the mean of its members who answered.
        score: what the ranking uses: a player's points, or a team's score from `bot.domain.team_race`.
        members: how many of a team answered; 1 for a player.
        of: how many are in the team.
        total: the sum behind a team's mean.
    """

    place: int | None
    name: str
    points: int | Fraction
    score: int | Fraction = 0
    right: int
    answered: int
    members: int = 1
    of: int = 1
    total: int = 0
    player_id: PlayerId | None = None
    team_id: TeamId | None = None


def rank_players(scores: Iterable[Score]) -> list[Standing]:
    """Players by points, best first."""
    best = sorted(scores, key=lambda score: (-score.points, score.name.casefold(), score.name))
    places = _ranking(score.points for score in best)
    return [player_standing(place, score) for place, score in zip(places, best, strict=True)]


def on_podium(standings: Iterable[Standing]) -> list[Standing]:
    """Return the standings of the first three places; more than three, if players share one."""
    return [standing for standing in standings if standing.place is not None and standing.place <= PODIUM]


def player_standing(place: int | None, score: Score) -> Standing:
    """Make a player's standing from their sums and place."""
    return Standing(
        place=place,
        name=score.name,
        points=score.points,
        score=score.points,
        total=score.points,
        right=score.right,
        answered=score.answered,
        player_id=score.player_id,
    )


def placed(standings: Iterable[Standing]) -> list[Standing]:
    """Standings by score, best first, with their places."""
    best = sorted(standings, key=lambda standing: (-standing.score, standing.name.casefold(), standing.name))
    places = _ranking(standing.score for standing in best)
    return [replace(standing, place=place) for place, standing in zip(places, best, strict=True)]


def _ranking(scores: Iterable[int | Fraction]) -> Iterator[int]:
    """Yield the place of each score, best first: equal scores share a place, and the next one is skipped."""
    place, above = 0, None
    for number, score in enumerate(scores, start=1):
        place, above = (place if score == above else number), score
        yield place
