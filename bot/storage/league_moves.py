"""Move a space from one league to another, with everything that counts there.

Past answers keep the local day that they counted on. The caller rebuilds both leagues' totals afterwards, in the same
transaction.
"""

from collections.abc import Callable, Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import LeagueId, Space, TeamId
from bot.storage import tables as t
from bot.storage.upsert import insert


async def lock_whole(connection: AsyncConnection, league_ids: Collection[LeagueId]) -> None:
    """Keep everybody else from changing anything in these leagues until this transaction ends.

    On SQLite only this process writes anyway. On PostgreSQL, a transaction that asks a question, or creates or joins a
    team, locks the space or refers to the league; one that answers, closes or regrades locks the round before it adds
    to totals. So once spaces, leagues and rounds are locked, in this order as everywhere, everything done in these
    leagues is visible and nothing new begins. An answer that waits for its round then finds it in its new league.
    The locks on spaces still let new members refer to them: an answer that already holds its round may add one.
    """
    here = t.spaces.c.league_id.in_(league_ids)
    await connection.execute(sa.select(t.spaces.c.id).where(here).order_by("id").with_for_update(key_share=True))
    here = t.leagues.c.id.in_(league_ids)
    await connection.execute(sa.select(t.leagues.c.id).where(here).order_by("id").with_for_update())
    here = t.rounds.c.league_id.in_(league_ids)
    await connection.execute(sa.select(t.rounds.c.id).where(here).order_by("id").with_for_update())


async def move(
    connection: AsyncConnection,
    new_id: Callable[[], int],
    space: Space,
    target: LeagueId,
) -> list[TeamId]:
    """Move a space to another league with its rounds, answers and teams; return the teams that it brings.

    Teams that the space brought into its old league go with it, even if they are empty.

    Args:
        connection: its transaction has locked both leagues with `lock_whole`.
        new_id: makes the ids of teams.
        space: the space before the move.
        target: the league that it moves to.
    """
    here = t.rounds.c.space_id == space.id
    await connection.execute(sa.update(t.rounds).where(here).values(league_id=target))
    asked_here = t.answers.c.round_id.in_(sa.select(t.rounds.c.id).where(here))
    await connection.execute(sa.update(t.answers).where(asked_here).values(league_id=target))
    teams = _Teams(connection, new_id, space, target)
    moved = await (teams.move_some() if await _others(connection, space) else teams.move_all())
    await teams.let_go()
    await _remember_league(connection, space)
    await connection.execute(sa.update(t.spaces).where(t.spaces.c.id == space.id).values(league_id=target))
    await connection.execute(sa.delete(t.league_requests).where(t.league_requests.c.space_id == space.id))
    return moved


async def remove(connection: AsyncConnection, league: LeagueId, into: LeagueId) -> None:
    """Delete a league without spaces; its shared questions move ``into`` another league."""
    shared = t.shared_questions.c
    renamed = (
        shared.name + " " + sa.cast(shared.id, sa.Text)
    )  # the other league may have a shared question with this name and date
    await connection.execute(
        sa.update(t.shared_questions).where(shared.league_id == league).values(league_id=into, name=renamed)
    )
    await delete_league(connection, league)


async def delete_league(connection: AsyncConnection, league: LeagueId) -> None:
    """Delete a league that has neither spaces nor shared questions any more."""
    for table in (t.totals, t.team_members, t.teams, t.season_names, t.seasons, t.league_requests):
        await connection.execute(sa.delete(table).where(table.c.league_id == league))
    await connection.execute(sa.delete(t.leagues).where(t.leagues.c.id == league))


async def _remember_league(connection: AsyncConnection, space: Space) -> None:
    """Remember that a space was in the league that it leaves."""
    was_in = insert(connection, t.former_leagues).values(space_id=space.id, league_id=space.league_id)
    await connection.execute(was_in.on_conflict_do_nothing())


async def _others(connection: AsyncConnection, space: Space) -> bool:
    others = t.spaces.c.league_id == space.league_id, t.spaces.c.id != space.id
    return await connection.scalar(sa.select(t.spaces.c.id).where(*others).limit(1)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Team:
    """A team, with the name that it had before the space brought it into the league."""

    id: TeamId
    name: str
    own_name: str


class _Teams:
    """The teams of a league that a space leaves."""

    def __init__(self, connection: AsyncConnection, new_id: Callable[[], int], space: Space, target: LeagueId) -> None:
        self._connection = connection
        self._new_id = new_id
        self._space = space
        self._source = space.league_id
        self._target = target

    async def move_all(self) -> list[TeamId]:
        """Move all teams of a league that no other space is in; players who have a team in the new league keep it."""
        teams = await self._named()
        names = await self._free_names(teams, set())
        of_target = sa.select(t.team_members.c.player_id).where(t.team_members.c.league_id == self._target)
        here = t.team_members.c.league_id == self._source
        await self._connection.execute(sa.delete(t.team_members).where(here, t.team_members.c.player_id.in_(of_target)))
        for team in teams:
            moved = sa.update(t.teams).where(t.teams.c.id == team.id)
            await self._connection.execute(moved.values(self._values(team, names[team.id])))
        await self._connection.execute(sa.update(t.team_members).where(here).values(league_id=self._target))
        return [team.id for team in teams]

    async def move_some(self) -> list[TeamId]:
        """Recreate the teams that members of the space belong to, and delete teams left empty."""
        came_with_it = await self._ids(sa.select(t.teams.c.id).where(t.teams.c.brought_by == self._space.id))
        people = sa.select(t.members.c.player_id).where(t.members.c.space_id == self._space.id)
        of_source = t.team_members.c.league_id == self._source
        theirs = await self._ids(
            sa.select(t.team_members.c.team_id).where(of_source, t.team_members.c.player_id.in_(people))
        )
        groups = await self._ids(sa.select(t.team_groups.c.team_id).where(t.team_groups.c.space_id == self._space.id))
        empty = await self._empty(theirs | came_with_it) - theirs
        teams = [team for team in await self._named() if team.id in theirs | groups | empty]
        names = await self._free_names(teams, came_with_it)
        made = [(TeamId(self._new_id()), team) for team in teams]
        for new, old in made:
            await self._make(new, old, names[old.id], people)
        await self._leave(people)
        await self._delete(await self._empty(theirs | empty))
        return [new for new, _old in made]

    async def let_go(self) -> None:
        """Give the teams that stay behind to the old league: it no longer matters that the space brought them."""
        stay = t.teams.c.league_id == self._source, t.teams.c.brought_by == self._space.id
        await self._connection.execute(sa.update(t.teams).where(*stay).values(brought_by=None, own_name=None))

    async def _make(self, new: TeamId, old: _Team, name: str, people: sa.Select[tuple[int]]) -> None:
        await self._connection.execute(sa.insert(t.teams).values(id=new, **self._values(old, name)))
        going = sa.select(
            sa.literal(self._target, t.team_members.c.league_id.type),
            t.team_members.c.player_id,
            sa.literal(new, t.team_members.c.team_id.type),
            t.team_members.c.since,
        ).where(t.team_members.c.team_id == old.id, t.team_members.c.player_id.in_(people))
        columns = ["league_id", "player_id", "team_id", "since"]
        joining = insert(self._connection, t.team_members).from_select(columns, going)
        await self._connection.execute(joining.on_conflict_do_nothing())
        of_this = t.team_groups.c.space_id == self._space.id, t.team_groups.c.team_id == old.id
        await self._connection.execute(sa.update(t.team_groups).where(*of_this).values(team_id=new))

    async def _leave(self, people: sa.Select[tuple[int]]) -> None:
        """Take players without another account in the league out of its teams."""
        staying = (
            sa.select(t.members.c.player_id)
            .join(t.spaces, t.spaces.c.id == t.members.c.space_id)
            .where(t.spaces.c.league_id == self._source, t.spaces.c.id != self._space.id)
        )
        who = t.team_members.c.player_id
        gone = sa.delete(t.team_members).where(t.team_members.c.league_id == self._source)
        await self._connection.execute(gone.where(who.in_(people), who.not_in(staying)))

    async def _empty(self, teams: Collection[int]) -> set[int]:
        """Return the teams that are empty and not mapped to a group of another space."""
        found = sa.select(t.teams.c.id).where(t.teams.c.id.in_(teams), t.teams.c.league_id == self._source)
        inside = sa.exists().where(t.team_members.c.team_id == t.teams.c.id)
        elsewhere = sa.exists().where(
            t.team_groups.c.team_id == t.teams.c.id, t.team_groups.c.space_id != self._space.id
        )
        return await self._ids(found.where(~inside, ~elsewhere))

    async def _delete(self, teams: Collection[int]) -> None:
        await self._connection.execute(sa.delete(t.teams).where(t.teams.c.id.in_(teams)))

    async def _named(self) -> list[_Team]:
        before = sa.case((t.teams.c.brought_by == self._space.id, t.teams.c.own_name))
        own_name = sa.func.coalesce(before, t.teams.c.name).label("own_name")
        named = sa.select(t.teams.c.id, t.teams.c.name, own_name).where(t.teams.c.league_id == self._source)
        return [_Team(**row._mapping) for row in await self._connection.execute(named.order_by(t.teams.c.id))]

    async def _free_names(self, teams: Sequence[_Team], came_with_it: Container[int]) -> dict[int, str]:
        """Choose the teams' names in the new league: the same, or with the space's name added if it is taken.

        Teams that came with the space get their earlier names back, if those are free.
        """
        there = sa.select(t.teams.c.folded_name).where(t.teams.c.league_id == self._target)
        taken = set(await self._connection.scalars(there))
        names: dict[int, str] = {}
        for team in sorted(teams, key=lambda one: one.id not in came_with_it):
            wanted = [team.own_name] if team.id in came_with_it else []
            possible = chain(wanted, _names(team.name, self._space.name))
            names[team.id] = next(one for one in possible if one.casefold() not in taken)
            taken.add(names[team.id].casefold())
        return names

    def _values(self, team: _Team, name: str) -> dict[str, object]:
        """Return a team's row in the new league, with its name there."""
        return {
            "league_id": self._target,
            "name": name,
            "folded_name": name.casefold(),
            "brought_by": self._space.id,
            "own_name": None if name == team.own_name else team.own_name,
        }

    async def _ids(self, query: sa.Select[tuple[int]]) -> set[int]:
        return set(await self._connection.scalars(query))


def _names(name: str, space: str) -> Iterator[str]:
    """Yield possible names for a team, best first."""
    yield name
    yield f"{name} ({space})"
    for number in count(2):
        yield f"{name} ({space} {number})"
