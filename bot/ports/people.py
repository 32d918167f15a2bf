"""Storage of spaces, members, players and teams; see `bot.ports.storage` for what all storage ports share."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.identity import LeagueId, Member, Player, PlayerId, RoundId, Space, SpaceId, Team, TeamId
from bot.domain.quick import QuickRule


class Spaces(Protocol):
    """Spaces and leagues."""

    async def known_as(self, adapter: str, external_id: str) -> Space | None:
        """Return the space that an adapter knows by this id; None if there is none yet."""

    async def get(self, space_id: SpaceId) -> Space:
        """Return a space that must exist, as it is now: an adapter's copy may be older than a change of league.

        Raises:
            LookupError: there is no such space.
        """

    async def find(self, space_id: SpaceId) -> Space | None:
        """Return a space; None if there is none (any more)."""

    async def lock(self, space_id: SpaceId) -> Space:
        """Lock and return a space that must exist, as it is now.

        Nobody else posts its week, or moves it to another league, until this transaction ends.

        Raises:
            LookupError: there is no such space.
        """

    async def lock_if_there(self, space_id: SpaceId) -> Space | None:
        """Lock and return a space that may be deleted at the same time; None if it is gone."""

    async def add(self, space: Space) -> None:
        """Store a new space."""

    async def of_league(self, league_id: LeagueId) -> list[Space]:
        """Return the spaces of a league, oldest first."""

    async def present(self, adapter: str) -> list[Space]:
        """Return the spaces of an adapter that the bot is in."""

    async def left_before(self, moment: datetime) -> list[Space]:
        """Return the spaces of all adapters that the bot left before a moment."""

    async def set_left(self, space_id: SpaceId, at: datetime | None) -> None:
        """Store when the bot left a space; None if the bot is in it."""

    async def weekly_due(self, now: datetime, adapters: Collection[str]) -> list[SpaceId]:
        """Return these adapters' spaces with the bot in them whose weekly post is due, grouped by league."""

    async def set_weekly_next(self, space_id: SpaceId, at: datetime) -> None:
        """Set when the next weekly leaderboard is due."""

    async def set_weekly_channel(self, space_id: SpaceId, channel: str | None) -> None:
        """Set the channel for a space's weekly leaderboard; None means where its oldest series asks."""

    async def quick_rule(self, space_id: SpaceId) -> QuickRule:
        """Return where people of a space may ask for quick questions."""

    async def set_quick_rule(self, space_id: SpaceId, rule: QuickRule) -> None:
        """Store where people of a space may ask for quick questions."""

    async def set_language(self, space_id: SpaceId, language: str) -> None:
        """Store the language in which the bot speaks to everybody in a space."""

    async def digests_due(self, adapters: Collection[str]) -> list[SpaceId]:
        """Return these adapters' spaces, with the bot in them, where people still have to be told about a week."""

    async def digest_week(self, space_id: SpaceId) -> date | None:
        """Return the Monday of the week that people in a space still have to be told about; None if there is none."""

    async def set_digest_week(self, space_id: SpaceId, monday: date | None) -> None:
        """Set the week that people in a space have to be told about; None: everybody has been."""

    async def begin_weeks(self, space_id: SpaceId, at: datetime) -> None:
        """Plan the first weekly post of a space that has none."""

    async def move(self, space: Space, league_id: LeagueId) -> list[TeamId]:
        """Move a space to another league with its rounds, answers and teams; return the teams that it brings.

        Lock both leagues with `lock_whole` before, and rebuild their totals afterwards. Teams that the space brought
        into its old league go with it even if they are empty.
        """

    async def in_charge(self, space_id: SpaceId) -> str | None:
        """Return the account of the host who set the bot up in a space last; None if unknown."""

    async def put_in_charge(self, space_id: SpaceId, account: str) -> None:
        """Store which host set the bot up in a space, as the one to tell when something needs a host."""

    async def move_channel(self, space_id: SpaceId, old: str, new: str) -> None:
        """Let everything in one channel of a space be in another."""

    async def add_closed_channel(self, space_id: SpaceId, channel: str) -> None:
        """Store that a space's hosts were told about a channel in which the bot can't post."""

    async def was_closed(self, space_id: SpaceId, channel: str) -> bool:
        """Whether a space's hosts were ever told that the bot can't post in a channel."""


class People(Protocol):
    """Members, players and teams."""

    async def names_in(self, space_id: SpaceId) -> list[str]:
        """Return the names of a space's members."""

    async def player(self, member: Member) -> PlayerId | None:
        """Return the player behind a member; None before the first answer or command that needs one."""

    async def known_players(self, members: Collection[Member]) -> dict[tuple[SpaceId, str], PlayerId]:
        """Return the players behind those members that have one, by `Member.account`."""

    async def ensure_player(self, member: Member) -> PlayerId:
        """Return the player behind a member, made if there is none yet; also update the member's name.

        Raises:
            Outdated: the account was deleted after ``acted_at``.
        """

    async def accounts(self, adapter: str, external_id: str) -> list[Member]:
        """Return the members that one platform account has in all its spaces."""

    async def members_behind(self, space_id: SpaceId, player_ids: Collection[PlayerId]) -> dict[Member, PlayerId]:
        """Return these players' members in a space; a player may have several."""

    async def names(self, player_ids: Collection[PlayerId]) -> dict[PlayerId, str]:
        """Return the names of players."""

    async def players(self, player_ids: Collection[PlayerId]) -> list[Player]:
        """Return these players, in no order."""

    async def set_among_fastest(self, player_id: PlayerId, *, allowed: bool) -> None:
        """Store whether a player may be named among the fastest."""

    async def teams(self, league_id: LeagueId) -> list[Team]:
        """Return a league's teams with their members' names, sorted by name."""

    async def add_team(self, team: Team) -> None:
        """Store a new team."""

    async def join_team(self, team: Team, player_id: PlayerId, since: date) -> None:
        """Put a player into a team of the league, and out of any other there.

        The player's points count for the team from the day ``since``; a player who is in it already keeps the old date.
        """

    async def deal_teams(self, teams: Mapping[Team, Sequence[PlayerId]], since: date) -> None:
        """Store new teams of a league and put players into them; delete teams left empty, with their groups."""

    async def team_of(self, league_id: LeagueId, player_id: PlayerId) -> str | None:
        """Return the name of a player's team in a league, if any."""

    async def leave_team(self, league_id: LeagueId, player_id: PlayerId) -> str | None:
        """Take a player out of their team in a league; return the team's name, or None if there was none."""

    async def map_group(self, space_id: SpaceId, external_id: str, team_id: TeamId | None) -> None:
        """Map a platform's group of people to a team; None removes the mapping."""

    async def group_teams(self, space_id: SpaceId) -> dict[str, Team]:
        """Return the team of each mapped group."""

    async def may_be_same_player(self, player_id: PlayerId, then: PlayerId) -> bool:
        """Whether an account that belonged to the player ``then`` may belong to the player ``player_id`` now.

        True if both are the same, or if linking and separating accounts led from one to the other in any number of
        steps.
        """

    async def accounts_of(self, player_id: PlayerId) -> list[Member]:
        """Return all accounts of a player."""

    async def merge(self, player_id: PlayerId, into: PlayerId) -> list[RoundId] | None:
        """Give all of a player's accounts and answers to another; return the rounds in which an answer was dropped.

        Of two answers to one question, the earlier one stays. In each league, the remaining player's team stays.
        Returns None if one of the players is gone. Rebuild their totals afterwards.
        """

    async def separate(self, member: Member) -> tuple[PlayerId, PlayerId] | None:
        """Make one of several accounts a player of its own; return its former player and the new one.

        Answers in its space go with it, unless the player has another account there. Returns None if it is the only
        account. Rebuild the totals of both players afterwards.
        """
