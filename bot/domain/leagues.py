"""Leagues: spaces that share one leaderboard, its seasons and its rules."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.identity import LeagueId, PlayerId
from bot.domain.series import Timetable, local
from bot.domain.standings import Window, period

BEGINNING = date(1970, 1, 1)
"""The first day of a league's first season: before anybody can have answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A stretch of local days with its own winners; ``ends_on`` is its last day, None while it runs."""

    number: int
    name: str
    starts_on: date
    ends_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether an answer of this local day counts in it."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


FIRST_SEASON = Season(number=1, name="", starts_on=BEGINNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of a league.

    Attributes:
        min_account_days: how old an account must be to answer, if the platform tells; 0: no limit.
        min_join_days: how long somebody must have been in the space, if the platform tells; 0: no limit.
        team_race_on_demand: whether points from ``/quiz`` count in the team race (up to the daily cap).
        name_unanswered: whether hosts see the names of those who haven't answered an open question, or only how many.
        streak_freeze: whether the first missed day of a week doesn't end a streak.
    """

    min_account_days: int = 0
    min_join_days: int = 0
    team_race_on_demand: bool = True
    name_unanswered: bool = False
    streak_freeze: bool = False

    @property
    def ask_for_age(self) -> bool:
        """Whether the rules make anybody wait."""
        return self.min_account_days > 0 or self.min_join_days > 0

    def allowed_from(self, account_since: datetime | None, joined_at: datetime | None) -> datetime | None:
        """When somebody may start to answer, as far as is known; None: at once."""
        waits = ((account_since, self.min_account_days), (joined_at, self.min_join_days))
        return max((since + timedelta(days=days) for since, days in waits if since and days), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyPost:
    """When last week's leaderboard is posted, in the league's zone (weekday 0 is Monday), and how its card looks."""

    weekday: int = 0
    at: time = time(9)
    theme: str = "light"


@dataclass(frozen=True, slots=True, kw_only=True)
class League:
    """One or more spaces that share one leaderboard; its days begin and end in ``zone`` (an IANA name).

    Attributes:
        seasons: oldest first; no two of them share a day.
        link_secret: the last part of the public standings' address; None: only members see the standings.
    """

    id: LeagueId
    name: str
    zone: str
    seasons: tuple[Season, ...] = (FIRST_SEASON,)
    rules: Rules = Rules()
    weekly: WeeklyPost = WeeklyPost()
    link_secret: str | None = None

    @property
    def weekly_moments(self) -> Timetable:
        """When last week's leaderboard is due."""
        return Timetable(at=self.weekly.at, zone=self.zone, days=frozenset({self.weekly.weekday}))

    def day(self, moment: datetime) -> date:
        """The local day that a moment belongs to in this league."""
        return local(moment, self.zone).date()

    def end_of(self, day: date) -> datetime:
        """The moment at which a local day ends in this league."""
        return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(self.zone)).astimezone(UTC)

    def period(self, window: Window, day: date) -> str:
        """The name under which the league's totals of a window around a local day are kept."""
        return period(window, day, self.season_on(day))

    def season_on(self, day: date) -> int:
        """The number of the season that covers a local day; 0 between two seasons."""
        return next((season.number for season in reversed(self.seasons) if season.covers(day)), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalTeam:
    """A team's row in a season's final standings; score and mean in points."""

    place: int | None
    name: str
    score: float
    mean: float
    members: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalPlayer:
    """A player's row in a season's final standings; in points."""

    place: int | None
    player_id: PlayerId
    name: str
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalStandings:
    """A season's final standings, best first, kept as they were shown: later corrections don't change them."""

    season: Season
    teams: tuple[FinalTeam, ...] = ()
    players: tuple[FinalPlayer, ...] = ()
