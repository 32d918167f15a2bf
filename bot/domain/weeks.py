"""The review of a week that has ended, and what else its post tells."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.domain.headlines import Headline
from bot.domain.identity import PlayerId
from bot.domain.questions import Question
from bot.domain.rounds import Round
from bot.domain.standings import Standing
from bot.domain.thanks import Thanked

TOP_TEAMS = 12
TOP_PLAYERS = 3
TOP_PLAYERS_ALONE = 10
TOP_STREAKS = 3
SHORTEST_STREAK = 3
FEWEST_ANSWERS = 3
"""The fewest answers that say how hard a question is."""
TOP_RISERS = 3
MOST_THANKED = 5
FEWEST_TO_SPLIT = 5
"""The fewest answers that say whether a question split the group."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Riser:
    """A player who gained this many places since the week before."""

    player_id: PlayerId
    name: str
    gained: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitQuestion:
    """A question that about half of those who answered got right, as a round that has closed asked it."""

    round: Round
    question: Question
    right: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Days on which questions come at a local time of an IANA zone, in the order of their dates."""

    days: tuple[date, ...]
    at: time
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekStory:
    """What the post on a week tells in a space, beside the review that the whole league sees.

    Attributes:
        headline: what it begins with.
        risers: the players who gained the most places, the most first.
        split: the question that split the group.
        thanked: who did something for the space's questions, those who did the most first.
        coming: when questions come in the next seven days.
    """

    headline: Headline | None = None
    risers: tuple[Riser, ...] = ()
    split: SplitQuestion | None = None
    thanked: tuple[Thanked, ...] = ()
    coming: tuple[Coming, ...] = ()

    @property
    def named(self) -> dict[PlayerId, str]:
        """The players who are named in it, beside those whom the review names."""
        risers = {one.player_id: one.name for one in self.risers}
        return risers | {one.player_id: one.name for one in self.thanked}
