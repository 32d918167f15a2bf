"""The review of a week that has ended."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.identity import PlayerId
from bot.domain.standings import Standing

TOP_TEAMS = 12
TOP_PLAYERS = 3
TOP_PLAYERS_ALONE = 10
TOP_STREAKS = 3
SHORTEST_STREAK = 3
FEWEST_ANSWERS = 3
"""The fewest answers that say how hard a question is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HardQuestion:
    """A question and how many of its answers were right."""

    stem: str
    right: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """A player who answered for a number of days in a row."""

    player_id: PlayerId
    name: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamOfWeek:
    """A team's place, and the places gained since the week before; None: it had no place then."""

    standing: Standing
    change: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReview:
    """The review of a league's week.

    Attributes:
        monday: the first day of the week.
        teams: the best of those that have a place; ``more_teams`` have one besides.
        players: the best few, or some more if there are no teams.
        streaks: days in a row up to the week's end, longest first.
    """

    league: str
    monday: date
    teams: tuple[TeamOfWeek, ...]
    more_teams: int
    players: tuple[Standing, ...]
    hardest: HardQuestion | None
    streaks: tuple[Streak, ...]

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def named(self) -> dict[PlayerId, str]:
        """The players who are named in the review."""
        names = {player.player_id: player.name for player in self.players if player.player_id is not None}
        return names | {streak.player_id: streak.name for streak in self.streaks}
