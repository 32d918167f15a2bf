"""Where leagues and their standings are kept; see `bot.ports.storage` for what its ports share."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from bot.domain.accuracy import Accuracy
from bot.domain.identity import LeagueId, PlayerId, SpaceId
from bot.domain.leagues import FinalStandings, League
from bot.domain.standings import Score
from bot.domain.team_race import Membership, Sums
from bot.ports.records import OwnPlace


class Leagues(Protocol):
    """Leagues with their seasons and rules."""

    async def get(self, league_id: LeagueId) -> League:
        """One league that must be there.

        Raises:
            LookupError: it isn't.
        """

    async def find(self, league_id: LeagueId) -> League | None:
        """One league; None: it isn't there, or not any more."""

    async def lock(self, league_id: LeagueId) -> League:
        """One league that must be there; nobody else changes it until this transaction ends.

        Raises:
            LookupError: it isn't.
        """

    async def all(self) -> list[League]:
        """All leagues by name."""

    async def with_link_secret(self, secret: str) -> League | None:
        """The league whose standings everybody may see who has this secret."""

    async def add(self, league: League) -> None:
        """Store a new league."""

    async def save(self, league: League) -> None:
        """Store a league that is known with all that changed, its seasons too."""

    async def archive(self, league_id: LeagueId, final: FinalStandings, at: datetime) -> None:
        """Keep how a season that is stored ended."""

    async def archived(self, league_id: LeagueId, season: int) -> FinalStandings | None:
        """How a season ended; None: it wasn't archived."""

    async def lock_whole(self, league_ids: Collection[LeagueId]) -> None:
        """Let nobody else change anything in these leagues until this transaction ends: rounds, answers, teams."""

    async def players(self, league_id: LeagueId) -> int:
        """How many players with an account in a league's spaces have answered or are in a team."""

    async def remove(self, league_id: LeagueId, into: LeagueId) -> None:
        """Delete a league without spaces; rounds that share a question go on sharing it ``into`` another."""

    async def ask_to_join(self, space_id: SpaceId, league_id: LeagueId, at: datetime) -> None:
        """Keep that a space wants to play in a league; it wants to in one at a time."""

    async def wants_to_join(self, space_id: SpaceId) -> LeagueId | None:
        """The league that a space wants to play in."""

    async def asked_by(self, league_id: LeagueId) -> list[SpaceId]:
        """The spaces that want to play in a league, longest waiting first."""

    async def forget_wish(self, space_id: SpaceId) -> None:
        """Forget what league a space wanted to play in."""

    async def set_first_zone(self, league_id: LeagueId, zone: str) -> None:
        """Let a league's days begin and end in this zone from now on, unless a question was asked in it before."""


class Boards(Protocol):
    """Totals: a player's sums per league and period, kept in the same transaction as the answers."""

    async def scores(self, periods: Mapping[LeagueId, str]) -> list[Score]:
        """Each player's sums over these leagues' periods."""

    async def sums(self, league_id: LeagueId, periods: Collection[str]) -> dict[PlayerId, Sums]:
        """What everybody in a league gathered in some periods together."""

    async def memberships(self, league_id: LeagueId, periods: Collection[str]) -> list[Membership]:
        """All members of a league's teams with their sums over some periods, of those who didn't answer, too."""

    async def sums_since_joining(
        self, league_id: LeagueId, after: date, weeks: Mapping[str, date]
    ) -> dict[PlayerId, Sums]:
        """What members who came ``after`` a day gathered for their teams in these periods (by their weeks' Mondays).

        Periods of weeks in which they weren't there yet don't count.
        """

    async def top(self, league_id: LeagueId, period: str, limit: int) -> list[Score]:
        """The best players of a league, best first."""

    async def page(
        self, league_id: LeagueId, period: str, limit: int, player_id: PlayerId | None
    ) -> tuple[list[Score], OwnPlace | None]:
        """The best players, in no order, and where one of them all stands; None without an answer."""

    async def streaks(self, league_id: LeagueId, player_ids: Collection[PlayerId], day: date) -> dict[PlayerId, int]:
        """The days in a row with an answer in a league that end on ``day``; without those who didn't answer on it."""

    async def accuracy(self, league_id: LeagueId, space_id: SpaceId, periods: Collection[str]) -> Accuracy:
        """How many of the answers in some periods of a league, by the people of one space, were right."""

    async def differences(self) -> list[str]:
        """What differs between the kept totals and those rebuilt from the answers; empty: nothing."""

    async def rebuild(
        self, *, leagues: Collection[LeagueId] | None = None, players: Collection[PlayerId] | None = None
    ) -> None:
        """Make totals anew from the answers: all of them, or those of some leagues or players alone."""

    async def hold(self, league_id: LeagueId) -> None:
        """Let no answer or grade change a league's totals, and no round open in it, until this transaction ends."""

    async def rebuild_seasons(self, league: League) -> None:
        """Make the totals of a league's seasons anew, from those of its days; see `hold`."""
