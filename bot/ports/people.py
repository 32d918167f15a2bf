"""Where spaces, members, players and teams are kept; see `bot.ports.storage` for what its ports share."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.identity import LeagueId, Member, Player, PlayerId, RoundId, Space, SpaceId, Team, TeamId


class Spaces(Protocol):
    """Spaces and leagues."""

    async def known_as(self, adapter: str, external_id: str) -> Space | None:
        """The space that an adapter knows by this id; None: the adapter meets it for the first time."""

    async def get(self, space_id: SpaceId) -> Space:
        """One space that must be there, as it is now: an adapter may remember it from before it changed its league.

        Raises:
            LookupError: it isn't.
        """

    async def find(self, space_id: SpaceId) -> Space | None:
        """One space; None: it isn't there, or not any more."""

    async def lock(self, space_id: SpaceId) -> Space:
        """One space that must be there, as it is now.

        Nobody else posts its week, or takes it into another league, until this transaction ends.

        Raises:
            LookupError: it isn't.
        """

    async def lock_if_there(self, space_id: SpaceId) -> Space | None:
        """Lock a space that may be deleted at the same time; None: it isn't there any more."""

    async def add(self, space: Space) -> None:
        """Store a new space."""

    async def of_league(self, league_id: LeagueId) -> list[Space]:
        """The spaces of a league, oldest first."""

    async def present(self, adapter: str) -> list[Space]:
        """The spaces of an adapter that the bot is in."""

    async def left_before(self, moment: datetime) -> list[Space]:
        """The spaces, of all adapters, that the bot left before a moment."""

    async def set_left(self, space_id: SpaceId, at: datetime | None) -> None:
        """Keep when the bot left a space; None: it is there."""

    async def weekly_due(self, now: datetime, adapters: Collection[str]) -> list[SpaceId]:
        """Spaces of these adapters whose weekly leaderboard is due, and that the bot is in; a league's together."""

    async def set_weekly_next(self, space_id: SpaceId, at: datetime) -> None:
        """Set when the next weekly leaderboard is due."""

    async def set_weekly_channel(self, space_id: SpaceId, channel: str | None) -> None:
        """Set where a space gets its weekly leaderboard; None: where its oldest series asks."""

    async def begin_weeks(self, space_id: SpaceId, at: datetime) -> None:
        """The same, where none was planned before."""

    async def move(self, space: Space, league_id: LeagueId) -> list[TeamId]:
        """Put a space into another league with its rounds, answers and teams; the teams that it brings there.

        Both leagues must be locked whole, and their totals made anew afterwards. Teams that it brought into the
        league that it leaves go with it even if nobody is in them.
        """

    async def spaces_that_may_name(self, space_ids: Collection[SpaceId]) -> set[SpaceId]:
        """The spaces where people of these may be named: those that share a league with one of them, or ever did."""

    async def add_closed_channel(self, space_id: SpaceId, channel: str) -> None:
        """Keep that the hosts of a space were told of a channel in which the bot can't post."""

    async def was_closed(self, space_id: SpaceId, channel: str) -> bool:
        """Whether the hosts of a space were ever told that the bot can't post in a channel."""

    async def forget(self, space: Space, unknown_in: Collection[SpaceId], at: datetime) -> list[RoundId]:
        """Delete a space with all that is in it and everybody there; its league too, where it was alone in it.

        Whoever has no account elsewhere is taken out of messages and archives of other spaces, and so are names of
        which nobody knows whose they are out of messages ``unknown_in`` some spaces. Returns the rounds whose results
        named them: they must be posted anew.
        """


class People(Protocol):
    """Members, players and teams."""

    async def names_in(self, space_id: SpaceId) -> list[str]:
        """What the members of a space are called."""

    async def player(self, member: Member) -> PlayerId | None:
        """The player behind a member; None before the first answer or command that needed one."""

    async def ensure_player(self, member: Member) -> PlayerId:
        """The player behind a member, made where there is none; the member's name is kept up to date."""

    async def accounts(self, adapter: str, external_id: str) -> list[Member]:
        """Every member that one account of a platform is, in all its spaces."""

    async def members_behind(self, space_id: SpaceId, player_ids: Collection[PlayerId]) -> dict[Member, PlayerId]:
        """The members of a space that these players are; a player may be several."""

    async def names(self, player_ids: Collection[PlayerId]) -> dict[PlayerId, str]:
        """Players' names."""

    async def players(self, player_ids: Collection[PlayerId]) -> list[Player]:
        """These players, in no order."""

    async def set_among_fastest(self, player_id: PlayerId, *, allowed: bool) -> None:
        """Keep whether a player may be named among the fastest."""

    async def teams(self, league_id: LeagueId) -> list[Team]:
        """A league's teams with their members' names, by name."""

    async def add_team(self, team: Team) -> None:
        """Store a new team."""

    async def join_team(self, team: Team, player_id: PlayerId, since: date) -> None:
        """Put a player into a team of the league, and out of any other there.

        What they earn counts for it from the day ``since`` on; one who is in it already stays since when they came.
        """

    async def deal_teams(self, teams: Mapping[Team, Sequence[PlayerId]], since: date) -> None:
        """Store new teams of a league and put players into them; teams that nobody is left in go, with their groups."""

    async def team_of(self, league_id: LeagueId, player_id: PlayerId) -> str | None:
        """The name of a player's team in a league."""

    async def leave_team(self, league_id: LeagueId, player_id: PlayerId) -> str | None:
        """Take a player out of the league's team; the team's name, or None where there was none."""

    async def map_group(self, space_id: SpaceId, external_id: str, team_id: TeamId | None) -> None:
        """Let a platform's group of people stand for a team; None: for none any more."""

    async def group_teams(self, space_id: SpaceId) -> dict[str, Team]:
        """The team that each mapped group stands for."""

    async def may_be_same_player(self, player_id: PlayerId, then: PlayerId) -> bool:
        """Whether an account that belonged to the player ``then`` may belong to this player now.

        It may where both are the same, or where linking and separating lead from one to the other in any number of
        steps.
        """

    async def accounts_of(self, player_id: PlayerId) -> list[Member]:
        """All accounts of a player."""

    async def merge(self, player_id: PlayerId, into: PlayerId) -> list[RoundId] | None:
        """Let all accounts and answers of a player be another's; the rounds in which an answer was dropped.

        Of two answers to one question the earlier stays; in each league the team of the player that stays. None where
        one of them is gone. Their totals must be made anew afterwards.
        """

    async def separate(self, member: Member) -> tuple[PlayerId, PlayerId] | None:
        """Let an account that is one of several be a player of its own: whose it was, and the new one.

        Answers in its space go with it, unless the player has another account there. None where it is the only
        account. The totals of both must be made anew afterwards.
        """

    async def forget(self, player_id: PlayerId, unknown_in: Collection[SpaceId], at: datetime) -> list[RoundId]:
        """Delete a player with all answers, totals, memberships and names, also in messages and archives.

        So are names of which nobody knows whose they are, in messages ``unknown_in`` some spaces. Returns the rounds
        whose results named the player: they must be posted anew.
        """

    async def forget_private(self, member: Member) -> bool:
        """Let rounds and messages that a member alone could see be nobody's; whether there were any."""
