"""Storage of leagues with their seasons and rules."""

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import LeagueId, SpaceId
from bot.domain.leagues import FinalStandings, League, Rules, Season, WeeklyPost
from bot.domain.words import parse_time
from bot.ports import Leagues
from bot.storage import league_moves, naming, types
from bot.storage import tables as t
from bot.storage.upsert import replacing

_final = TypeAdapter(FinalStandings)


class SqlLeagues(Leagues):
    """`bot.ports.Leagues` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def get(self, league_id: LeagueId) -> League:
        league = await self.find(league_id)
        if league is None:
            raise LookupError(f"there is no league {league_id}")
        return league

    @override
    async def find(self, league_id: LeagueId) -> League | None:
        return (await self.some([league_id])).get(league_id)

    @override
    async def lock(self, league_id: LeagueId) -> League:
        await self._connection.execute(sa.select(t.leagues.c.id).where(t.leagues.c.id == league_id).with_for_update())
        return await self.get(league_id)

    async def some(self, league_ids: Collection[LeagueId]) -> dict[LeagueId, League]:
        """Return these leagues, by id."""
        found = await self._found(_THESE, {"these": list(league_ids)})
        return {league.id: league for league in found}

    @override
    async def all(self) -> list[League]:
        return await self._found(_ALL)

    @override
    async def with_link_secret(self, secret: str) -> League | None:
        return next(iter(await self._found(_OF_SECRET, {"secret": secret})), None)

    async def _found(
        self, query: sa.Select[tuple[object, ...]], values: Mapping[str, object] | None = None
    ) -> list[League]:
        rows = (await self._connection.execute(query, values)).all()
        seasons: dict[int, list[Season]] = {row.id: [] for row in rows}
        for row in await self._connection.execute(_SEASONS, {"leagues": list(seasons)}):
            seasons[row.league_id].append(
                Season(number=row.number, name=row.name, starts_on=row.starts_on, ends_on=row.ends_on)
            )
        return [_league(row, seasons[row.id]) for row in rows]

    @override
    async def add(self, league: League) -> None:
        await self._connection.execute(sa.insert(t.leagues), _row(league))
        await self._add_seasons(league, league.seasons)

    @override
    async def save(self, league: League) -> None:
        await self._connection.execute(sa.update(t.leagues).where(t.leagues.c.id == league.id).values(_row(league)))
        known = set(await self._connection.scalars(_NUMBERS.where(t.seasons.c.league_id == league.id)))
        for season in league.seasons:
            if season.number in known:
                this = t.seasons.c.league_id == league.id, t.seasons.c.number == season.number
                values = {"name": season.name, "starts_on": season.starts_on, "ends_on": season.ends_on}
                await self._connection.execute(sa.update(t.seasons).where(*this).values(values))
        await self._add_seasons(league, [season for season in league.seasons if season.number not in known])

    async def _add_seasons(self, league: League, seasons: Collection[Season]) -> None:
        for season in seasons:
            values = {
                "league_id": league.id,
                "number": season.number,
                "name": season.name,
                "starts_on": season.starts_on,
                "ends_on": season.ends_on,
            }
            await self._connection.execute(sa.insert(t.seasons), values)

    @override
    async def archive(self, league_id: LeagueId, final: FinalStandings, at: datetime) -> None:
        number = final.season.number
        this = t.seasons.c.league_id == league_id, t.seasons.c.number == number
        kept = _final.dump_python(final, mode="json", exclude={"players": {"__all__": {"player_id"}}})
        await self._connection.execute(sa.update(t.seasons).where(*this).values(archived_at=at, archive=kept))
        named = {line: {player.player_id} for line, player in enumerate(final.players)}
        await naming.name_in_season(self._connection, league_id, number, named)

    @override
    async def archived(self, league_id: LeagueId, season: int) -> FinalStandings | None:
        this = t.seasons.c.league_id == league_id, t.seasons.c.number == season
        kept = await self._connection.scalar(sa.select(t.seasons.c.archive).where(*this))
        if kept is None:
            return None
        named = await naming.named_in_season(self._connection, league_id, season)
        players = [player | {"player_id": min(named[line])} for line, player in enumerate(kept["players"])]
        return _final.validate_python(kept | {"players": players})

    @override
    async def lock_whole(self, league_ids: Collection[LeagueId]) -> None:
        await league_moves.lock_whole(self._connection, league_ids)

    @override
    async def players(self, league_id: LeagueId) -> int:
        player = t.members.c.player_id
        plays = sa.or_(
            sa.exists().where(t.answers.c.player_id == player), sa.exists().where(t.team_members.c.player_id == player)
        )
        everybody = sa.select(sa.func.count(player.distinct())).join_from(t.members, t.spaces)
        return await self._connection.scalar(everybody.where(t.spaces.c.league_id == league_id, plays)) or 0

    @override
    async def remove(self, league_id: LeagueId, into: LeagueId) -> None:
        await league_moves.remove(self._connection, league_id, into)

    @override
    async def ask_to_join(self, space_id: SpaceId, league_id: LeagueId, at: datetime) -> None:
        values = {"space_id": space_id, "league_id": league_id, "asked_at": at}
        await self._connection.execute(replacing(self._connection, t.league_requests), values)

    @override
    async def wants_to_join(self, space_id: SpaceId) -> LeagueId | None:
        wish = sa.select(t.league_requests.c.league_id).where(t.league_requests.c.space_id == space_id)
        found = await self._connection.scalar(wish)
        return None if found is None else LeagueId(found)

    @override
    async def asked_by(self, league_id: LeagueId) -> list[SpaceId]:
        waiting = sa.select(t.league_requests.c.space_id).where(t.league_requests.c.league_id == league_id)
        rows = await self._connection.scalars(waiting.order_by(t.league_requests.c.asked_at))
        return [SpaceId(space_id) for space_id in rows]

    @override
    async def forget_wish(self, space_id: SpaceId) -> None:
        this = t.league_requests.c.space_id == space_id
        await self._connection.execute(sa.delete(t.league_requests).where(this))

    @override
    async def set_first_zone(self, league_id: LeagueId, zone: str) -> None:
        asked = sa.exists().where(t.rounds.c.league_id == league_id)
        await self._connection.execute(
            sa.update(t.leagues).where(t.leagues.c.id == league_id, ~asked).values(zone=zone)
        )


_ALL = sa.select(t.leagues).order_by(t.leagues.c.name)
_THESE = sa.select(t.leagues).where(t.leagues.c.id.in_(sa.bindparam("these")))
_OF_SECRET = sa.select(t.leagues).where(t.leagues.c.public_key == sa.bindparam("secret"))
_SEASONS = (
    sa.select(t.seasons)
    .where(t.seasons.c.league_id.in_(sa.bindparam("leagues")))
    .order_by(t.seasons.c.league_id, t.seasons.c.starts_on)
)
_NUMBERS = sa.select(t.seasons.c.number)


def season(number: int, name: str, starts_on: int, ends_on: int | None) -> Season:
    """Make a season from the numbers that the database stores."""
    first, last = types.date_of(starts_on), None if ends_on is None else types.date_of(ends_on)
    return Season(number=number, name=name, starts_on=first, ends_on=last)


def _league(row: sa.Row[tuple[object, ...]], seasons: Collection[Season]) -> League:
    r = row._mapping
    return League(
        id=LeagueId(r["id"]),
        name=r["name"],
        zone=r["zone"],
        seasons=tuple(seasons),
        rules=Rules(
            min_account_days=r["min_account_days"],
            min_join_days=r["min_join_days"],
            team_race_on_demand=r["team_race_on_demand"],
            name_unanswered=r["name_unanswered"],
            streak_freeze=r["streak_freeze"],
        ),
        weekly=WeeklyPost(weekday=r["weekly_day"], at=parse_time(r["weekly_time"]), theme=r["card_theme"]),
        link_secret=r["public_key"],
    )


def _row(league: League) -> dict[str, object]:
    return {
        "id": league.id,
        "name": league.name,
        "zone": league.zone,
        "min_account_days": league.rules.min_account_days,
        "min_join_days": league.rules.min_join_days,
        "team_race_on_demand": league.rules.team_race_on_demand,
        "name_unanswered": league.rules.name_unanswered,
        "streak_freeze": league.rules.streak_freeze,
        "weekly_day": league.weekly.weekday,
        "weekly_time": f"{league.weekly.at:%H:%M}",
        "card_theme": league.weekly.theme,
        "public_key": league.link_secret,
    }
