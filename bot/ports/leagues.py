"""Storage of leagues and standings; see `bot.ports.storage` for what all storage ports share."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from bot.domain.accuracy import Accuracy
from bot.domain.identity import LeagueId, PlayerId, SpaceId
from bot.domain.leagues import FinalStandings, League
from bot.domain.standings import Score
from bot.domain.streaks import Streak
from bot.domain.team_climb import TeamWeek
from bot.domain.team_race import Membership, Sums
from bot.ports.records import OwnPlace


class Leagues(Protocol):
    """Leagues with their seasons and rules."""

    async def get(self, league_id: LeagueId) -> League:
        """Return a league that must exist.

        Raises:
            LookupError: there is no such league.
        """

    async def find(self, league_id: LeagueId) -> League | None:
        """Return a league; None if there is none (any more)."""

    async def lock(self, league_id: LeagueId) -> League:
        """Lock and return a league that must exist; nobody else changes it until this transaction ends.

        Raises:
            LookupError: there is no such league.
        """

    async def all(self) -> list[League]:
        """Return all leagues, sorted by name."""

    async def with_link_secret(self, secret: str) -> League | None:
        """Return the league whose public link has this secret."""

    async def add(self, league: League) -> None:
        """Store a new league."""

    async def save(self, league: League) -> None:
        """Store all changes to a known league, including its seasons."""

    async def archive(self, league_id: LeagueId, final: FinalStandings, at: datetime) -> None:
        """Store the final standings of a stored season."""

    async def archived(self, league_id: LeagueId, season: int) -> FinalStandings | None:
        """Return a season's final standings; None if they weren't archived."""

    async def lock_whole(self, league_ids: Collection[LeagueId]) -> None:
        """Lock these leagues with their rounds, answers and teams until this transaction ends."""

    async def players(self, league_id: LeagueId) -> int:
        """Count the players in a league's spaces who have answered or are in a team."""

    async def remove(self, league_id: LeagueId, into: LeagueId) -> None:
        """Delete a league without spaces; its shared questions move ``into`` another league."""

    async def ask_to_join(self, space_id: SpaceId, league_id: LeagueId, at: datetime) -> None:
        """Store a space's wish to join a league; it replaces an earlier wish."""

    async def wants_to_join(self, space_id: SpaceId) -> LeagueId | None:
        """Return the league that a space wants to join, if any."""

    async def asked_by(self, league_id: LeagueId) -> list[SpaceId]:
        """Return the spaces that want to join a league, longest waiting first."""

    async def forget_wish(self, space_id: SpaceId) -> None:
        """Delete a space's wish to join a league."""

    async def set_first_zone(self, league_id: LeagueId, zone: str) -> None:
        """Set a league's time zone, unless a question was asked in the league before."""


class Boards(Protocol):
    """Totals: each player's sums per league and period, updated in the same transaction as the answers."""

    async def scores(self, periods: Mapping[LeagueId, str]) -> list[Score]:
        """Return each player's sums over these periods of leagues."""

    async def points_in(
        self, league_id: LeagueId, periods: Collection[str], player_ids: Collection[PlayerId]
    ) -> dict[tuple[PlayerId, str], int]:
        """Return the points, in parts, of some players in each of these periods of a league; leave out 0 answers."""

    async def sums(self, league_id: LeagueId, periods: Collection[str]) -> dict[PlayerId, Sums]:
        """Return every player's sums over several periods of a league."""

    async def answered(self, league_id: LeagueId, periods: Collection[str]) -> dict[str, int]:
        """Count the graded answers of a league in each of these periods; leave out 0."""

    async def memberships(self, league_id: LeagueId, periods: Collection[str]) -> list[Membership]:
        """Return all members of a league's teams with their sums over some periods, even if they didn't answer."""

    async def sums_since_joining(
        self, league_id: LeagueId, after: date, weeks: Mapping[str, date]
    ) -> dict[PlayerId, Sums]:
        """Return what members who joined ``after`` a day earned for their teams in these periods (by week's Monday).

        Periods of weeks before they joined don't count.
        """

    async def team_weeks(self, league_id: LeagueId, weeks: Mapping[str, date]) -> list[TeamWeek]:
        """Return what members of a league's teams earned for them in these weeks (by Monday), members alike in one sum.

        Weeks before a member joined don't count. Members without an answer in any of the weeks are counted, too.
        """

    async def top(self, league_id: LeagueId, period: str, limit: int) -> list[Score]:
        """Return the best players of a league, best first."""

    async def page(
        self, league_id: LeagueId, period: str, limit: int, player_id: PlayerId | None
    ) -> tuple[list[Score], OwnPlace | None]:
        """Return the best players, in no order, and one player's own place (None without an answer)."""

    async def streaks(
        self, league_id: LeagueId, player_ids: Collection[PlayerId], day: date, *, is_over: bool = False
    ) -> dict[PlayerId, int]:
        """Return players' days in a row up to ``day``, by `bot.domain.streaks`; players with none are left out.

        Without ``is_over`` the day goes on: who hasn't answered on it has none, even if it may be frozen later.
        """

    async def would_end(self, league_id: LeagueId, player_ids: Collection[PlayerId], day: date) -> dict[PlayerId, int]:
        """Return the streaks that players lose by not answering on a day with a question; a freeze saves a streak."""

    async def streaks_with_frozen_day(
        self, league_id: LeagueId, player_ids: Collection[PlayerId], day: date, *, is_over: bool = False
    ) -> dict[PlayerId, Streak]:
        """Return the same as `streaks`, with the day that was frozen lately."""

    async def accuracy(self, league_id: LeagueId, space_id: SpaceId, periods: Collection[str]) -> Accuracy:
        """Return how many answers by one space's people, in some periods of a league, were right."""

    async def differences(self) -> list[str]:
        """List the differences between the stored totals and those rebuilt from the answers."""

    async def rebuild(
        self, *, leagues: Collection[LeagueId] | None = None, players: Collection[PlayerId] | None = None
    ) -> None:
        """Rebuild totals from the answers: all of them, or only those of some leagues or players."""

    async def hold(self, league_id: LeagueId) -> None:
        """Lock a league's totals: until this transaction ends, no answer counts and no round opens in it."""

    async def rebuild_seasons(self, league: League) -> None:
        """Rebuild the totals of a league's seasons from its days' totals; call `hold` first."""
