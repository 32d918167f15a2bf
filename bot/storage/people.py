"""Storage of members, players and teams."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import LeagueId, Member, Player, PlayerId, RoundId, SpaceId, Team, TeamId
from bot.ports import People
from bot.storage import linking
from bot.storage import tables as t
from bot.storage.deletions import refuse_outdated
from bot.storage.parts import parts
from bot.storage.upsert import insert


class SqlPeople(People):
    """`bot.ports.People` over one connection's transaction; ``new_id`` makes the ids of players."""

    def __init__(self, connection: AsyncConnection, new_id: Callable[[], int]) -> None:
        self._connection = connection
        self._new_id = new_id

    @override
    async def names_in(self, space_id: SpaceId) -> list[str]:
        return list(await self._connection.scalars(sa.select(t.members.c.name).where(t.members.c.space_id == space_id)))

    @override
    async def player(self, member: Member) -> PlayerId | None:
        this = {"space": member.space_id, "account": member.external_id}
        found = await self._connection.scalar(_PLAYER, this)
        return None if found is None else PlayerId(found)

    @override
    async def ensure_player(self, member: Member) -> PlayerId:
        await refuse_outdated(self._connection, member)
        return (await self.ensure_players([member]))[member.space_id, member.external_id]

    async def ensure_players(self, members: Collection[Member]) -> dict[tuple[SpaceId, str], PlayerId]:
        """Return the players behind many members, by space and external id; make those that don't exist yet."""
        by_key = {(member.space_id, member.external_id): member for member in members}
        wanted = dict(
            sorted(by_key.items())
        )  # in the same order everywhere, so that two processes never wait for each other
        known = await self._known(wanted)
        missing = [member for key, member in wanted.items() if key not in known]
        if missing:
            await self._add_players(missing)
            known |= await self._known({(m.space_id, m.external_id): m for m in missing})
        renamed = [member for key, member in wanted.items() if known[key][1] != member.name]
        for member in renamed:
            await self._rename(member, known[member.space_id, member.external_id][0])
        return {key: player for key, (player, _) in known.items()}

    @override
    async def known_players(self, members: Collection[Member]) -> dict[tuple[SpaceId, str], PlayerId]:
        known = await self._known({(member.space_id, member.external_id): member for member in members})
        return {key: player for key, (player, _) in known.items()}

    async def _known(
        self, wanted: dict[tuple[SpaceId, str], Member]
    ) -> dict[tuple[SpaceId, str], tuple[PlayerId, str]]:
        rows = await self._connection.execute(_KNOWN, {"these": list(wanted)})
        return {(row.space_id, row.external_id): (PlayerId(row.player_id), row.name) for row in rows}

    async def _add_players(self, members: Collection[Member]) -> None:
        ids = [self._new_id() for _ in members]
        players = [{"id": i, "name": member.name} for i, member in zip(ids, members, strict=True)]
        await self._connection.execute(sa.insert(t.players), players)
        rows = [
            {"space_id": member.space_id, "external_id": member.external_id, "player_id": i, "name": member.name}
            for i, member in zip(ids, members, strict=True)
        ]
        # Another process may add the same member at this moment: its player stays, and ours is deleted again.
        await self._connection.execute(insert(self._connection, t.members).on_conflict_do_nothing(), rows)
        await self._connection.execute(_DELETE_UNUSED, {"these": ids})

    async def _rename(self, member: Member, player_id: PlayerId) -> None:
        await self._connection.execute(sa.update(t.members).where(_is(member)).values(name=member.name))
        await self._connection.execute(sa.update(t.players).where(t.players.c.id == player_id).values(name=member.name))

    @override
    async def accounts(self, adapter: str, external_id: str) -> list[Member]:
        rows = await self._connection.execute(
            sa.select(t.members.c.space_id, t.members.c.external_id, t.members.c.name)
            .join(t.spaces)
            .where(t.spaces.c.adapter == adapter, t.members.c.external_id == external_id)
        )
        return [Member(**row._mapping) for row in rows]

    @override
    async def members_behind(self, space_id: SpaceId, player_ids: Collection[PlayerId]) -> dict[Member, PlayerId]:
        found: dict[Member, PlayerId] = {}
        for part in parts(list(player_ids)):
            rows = await self._connection.execute(
                sa.select(t.members).where(t.members.c.space_id == space_id, t.members.c.player_id.in_(part))
            )
            found |= {
                Member(space_id=space_id, external_id=r.external_id, name=r.name): PlayerId(r.player_id) for r in rows
            }
        return found

    @override
    async def names(self, player_ids: Collection[PlayerId]) -> dict[PlayerId, str]:
        return {player.id: player.name for player in await self.players(player_ids)}

    @override
    async def players(self, player_ids: Collection[PlayerId]) -> list[Player]:
        found: list[Player] = []
        for part in parts(list(player_ids)):
            rows = await self._connection.execute(_PLAYERS, {"these": part})
            found += [Player(id=PlayerId(row.id), name=row.name, among_fastest=row.races) for row in rows]
        return found

    @override
    async def set_among_fastest(self, player_id: PlayerId, *, allowed: bool) -> None:
        await self._connection.execute(sa.update(t.players).where(t.players.c.id == player_id).values(races=allowed))

    @override
    async def teams(self, league_id: LeagueId) -> list[Team]:
        rows = await self._connection.execute(
            sa.select(t.teams.c.id, t.teams.c.name, t.players.c.name.label("member"))
            .select_from(t.teams.outerjoin(t.team_members).outerjoin(t.players))
            .where(t.teams.c.league_id == league_id)
            .order_by(t.teams.c.folded_name, t.players.c.name)
        )
        members: dict[tuple[int, str], list[str]] = {}
        for team_id, name, member in rows:
            members.setdefault((team_id, name), []).extend([member] if member else [])
        return [
            Team(id=TeamId(team_id), league_id=league_id, name=name, members=tuple(who))
            for (team_id, name), who in members.items()
        ]

    @override
    async def add_team(self, team: Team) -> None:
        values = {"id": team.id, "league_id": team.league_id, "name": team.name, "folded_name": team.name.casefold()}
        await self._connection.execute(sa.insert(t.teams), values)

    @override
    async def join_team(self, team: Team, player_id: PlayerId, since: date) -> None:
        await self._join([(team, player_id, since)])

    async def _join(self, joining: Collection[tuple[Team, PlayerId, date]]) -> None:
        statement = insert(self._connection, t.team_members)
        stays = t.team_members.c.team_id == statement.excluded.team_id
        moved = {
            "team_id": statement.excluded.team_id,
            "since": sa.case((stays, t.team_members.c.since), else_=statement.excluded.since),
        }
        rows = [
            {"league_id": team.league_id, "player_id": player_id, "team_id": team.id, "since": since}
            for team, player_id, since in joining
        ]
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["league_id", "player_id"], set_=moved), rows
        )

    @override
    async def deal_teams(self, teams: Mapping[Team, Sequence[PlayerId]], since: date) -> None:
        league_ids = {team.league_id for team in teams}
        for team, player_ids in teams.items():
            await self.add_team(team)
            await self._join([(team, player_id, since) for player_id in player_ids])
        empty = sa.select(t.teams.c.id).where(
            t.teams.c.league_id.in_(league_ids), ~sa.exists().where(t.team_members.c.team_id == t.teams.c.id)
        )
        await self._connection.execute(sa.delete(t.team_groups).where(t.team_groups.c.team_id.in_(empty)))
        await self._connection.execute(sa.delete(t.teams).where(t.teams.c.id.in_(empty)))

    @override
    async def team_of(self, league_id: LeagueId, player_id: PlayerId) -> str | None:
        mine = _membership(league_id, player_id)
        name: str | None = await self._connection.scalar(sa.select(t.teams.c.name).join(t.team_members).where(mine))
        return name

    @override
    async def leave_team(self, league_id: LeagueId, player_id: PlayerId) -> str | None:
        name = await self.team_of(league_id, player_id)
        await self._connection.execute(sa.delete(t.team_members).where(_membership(league_id, player_id)))
        return name

    @override
    async def accounts_of(self, player_id: PlayerId) -> list[Member]:
        theirs = sa.select(t.members).where(t.members.c.player_id == player_id)
        rows = await self._connection.execute(theirs.order_by(t.members.c.space_id, t.members.c.external_id))
        return [Member(space_id=SpaceId(row.space_id), external_id=row.external_id, name=row.name) for row in rows]

    @override
    async def may_be_same_player(self, player_id: PlayerId, then: PlayerId) -> bool:
        return player_id == then or await linking.became(self._connection, then, player_id)

    @override
    async def merge(self, player_id: PlayerId, into: PlayerId) -> list[RoundId] | None:
        if not await linking.lock_players(self._connection, [player_id, into]):
            return None
        return await linking.merge(self._connection, player_id, into)

    @override
    async def separate(self, member: Member) -> tuple[PlayerId, PlayerId] | None:
        player_id = await self.player(member)
        if player_id is None or not await linking.lock_players(self._connection, [player_id]):
            return None
        if await self.player(member) != player_id or len(await self.accounts_of(player_id)) < 2:
            return None
        new = PlayerId(self._new_id())
        await linking.separate(self._connection, member, player_id, new)
        return player_id, new

    @override
    async def map_group(self, space_id: SpaceId, external_id: str, team_id: TeamId | None) -> None:
        key = t.team_groups.c.space_id == space_id, t.team_groups.c.external_id == external_id
        await self._connection.execute(sa.delete(t.team_groups).where(*key))
        if team_id is not None:
            values = {"space_id": space_id, "external_id": external_id, "team_id": team_id}
            await self._connection.execute(sa.insert(t.team_groups).values(values))

    @override
    async def group_teams(self, space_id: SpaceId) -> dict[str, Team]:
        rows = await self._connection.execute(
            sa.select(t.team_groups.c.external_id, t.teams.c.id, t.teams.c.league_id, t.teams.c.name)
            .join_from(t.team_groups, t.teams)
            .where(t.team_groups.c.space_id == space_id)
        )
        return {r.external_id: Team(id=TeamId(r.id), league_id=LeagueId(r.league_id), name=r.name) for r in rows}


_PLAYER = sa.select(t.members.c.player_id).where(
    t.members.c.space_id == sa.bindparam("space"), t.members.c.external_id == sa.bindparam("account")
)
_KNOWN = sa.select(t.members).where(sa.tuple_(t.members.c.space_id, t.members.c.external_id).in_(sa.bindparam("these")))
_PLAYERS = sa.select(t.players).where(t.players.c.id.in_(sa.bindparam("these")))
_DELETE_UNUSED = sa.delete(t.players).where(
    t.players.c.id.in_(sa.bindparam("these")), ~sa.exists().where(t.members.c.player_id == t.players.c.id)
)


def _membership(league_id: LeagueId, player_id: PlayerId) -> sa.ColumnElement[bool]:
    return sa.and_(t.team_members.c.league_id == league_id, t.team_members.c.player_id == player_id)


def _is(member: Member) -> sa.ColumnElement[bool]:
    return sa.and_(t.members.c.space_id == member.space_id, t.members.c.external_id == member.external_id)
