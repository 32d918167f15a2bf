"""Storage of totals: each player's sums for a league and period, updated in the transaction that stores the answers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.accuracy import Accuracy
from bot.domain.grading import in_points
from bot.domain.identity import LeagueId, PlayerId, SpaceId, TeamId
from bot.domain.leagues import League
from bot.domain.ledger import Ledger, PlayerDay, day_name
from bot.domain.standings import Score
from bot.domain.streaks import Streak
from bot.domain.team_climb import TeamWeek
from bot.domain.team_race import Membership, Sums
from bot.ports import Boards, OwnPlace
from bot.storage import tables as t
from bot.storage import types
from bot.storage.parts import parts
from bot.storage.recount import TOTALS_COLUMNS, capped, recount
from bot.storage.season_totals import IS_DAY, hold, rebuild_seasons
from bot.storage.streaks import streaks
from bot.storage.unhurried import unhurried
from bot.storage.upsert import insert

_SHOWN_DIFFERENCES = 20


class SqlBoards(Boards):
    """`bot.ports.Boards` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def apply(self, ledger: Ledger) -> None:
        """Update every total that a ledger changes."""
        rows = ledger.rows(await self._on_demand(ledger.capped_days()))
        if not rows:
            return
        statement = insert(self._connection, t.totals)
        summed = {name: t.totals.c[name] + statement.excluded[name] for name in TOTALS_COLUMNS[3:]}
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=list(TOTALS_COLUMNS[:3]), set_=summed),
            [dict(zip(TOTALS_COLUMNS, row, strict=True)) for row in rows],
        )
        if ledger.takes_out:
            await self._connection.execute(sa.delete(t.totals).where(t.totals.c.answered == 0))

    async def _on_demand(self, days: Sequence[PlayerDay]) -> dict[PlayerDay, int]:
        found: dict[PlayerDay, int] = {}
        for part in parts(sorted(days, key=lambda key: key[1])):
            found |= await self._some_on_demand(part)
        return found

    async def _some_on_demand(self, days: Sequence[PlayerDay]) -> dict[PlayerDay, int]:
        # Two processes may store answers of one player in two rounds: the second must see what the first stored.
        await self._connection.execute(
            sa.select(t.players.c.id)
            .where(t.players.c.id.in_({player for _league, player, _day in days}))
            .order_by(t.players.c.id)
            .with_for_update(key_share=True)
        )
        names = {(league, day_name(day), player): (league, player, day) for league, player, day in days}
        columns = sa.tuple_(t.totals.c.league_id, t.totals.c.period, t.totals.c.player_id)
        rows = await self._connection.execute(
            sa.select(t.totals.c.league_id, t.totals.c.period, t.totals.c.player_id, t.totals.c.on_demand).where(
                columns.in_(list(names))
            )
        )
        return {names[league, name, player]: points for league, name, player, points in rows}

    @override
    async def scores(self, periods: Mapping[LeagueId, str]) -> list[Score]:
        wanted = sa.or_(
            sa.false(), *(sa.and_(t.totals.c.league_id == i, t.totals.c.period == name) for i, name in periods.items())
        )
        rows = await self._connection.execute(
            sa.select(t.players.c.id, t.players.c.name, *_SUMS[:3])
            .select_from(_WITH_NAMES)
            .where(wanted)
            .group_by(t.players.c.id, t.players.c.name)
        )
        return [_score(row) async for row in unhurried(rows)]

    @override
    async def sums(self, league_id: LeagueId, periods: Collection[str]) -> dict[PlayerId, Sums]:
        rows = await self._connection.execute(
            sa.select(t.totals.c.player_id, *_SUMS)
            .where(t.totals.c.league_id == league_id, t.totals.c.period.in_(periods))
            .group_by(t.totals.c.player_id)
        )
        return {PlayerId(player_id): _sums(found) for player_id, *found in rows}

    @override
    async def points_in(
        self, league_id: LeagueId, periods: Collection[str], player_ids: Collection[PlayerId]
    ) -> dict[tuple[PlayerId, str], int]:
        rows = await self._connection.execute(
            sa.select(t.totals.c.player_id, t.totals.c.period, t.totals.c.points).where(
                t.totals.c.league_id == league_id,
                t.totals.c.period.in_(periods),
                t.totals.c.player_id.in_(player_ids),
            )
        )
        return {(PlayerId(player_id), period): points for player_id, period, points in rows}

    @override
    async def answered(self, league_id: LeagueId, periods: Collection[str]) -> dict[str, int]:
        number = sa.cast(sa.func.sum(t.totals.c.answered), sa.Integer)
        rows = await self._connection.execute(
            sa.select(t.totals.c.period, number)
            .where(t.totals.c.league_id == league_id, t.totals.c.period.in_(periods))
            .group_by(t.totals.c.period)
        )
        return dict(rows.tuples().all())

    @override
    async def memberships(self, league_id: LeagueId, periods: Collection[str]) -> list[Membership]:
        sums = (
            sa.select(t.totals.c.player_id, *_SUMS)
            .where(t.totals.c.league_id == league_id, t.totals.c.period.in_(periods))
            .group_by(t.totals.c.player_id)
            .subquery()
        )
        rows = await self._connection.execute(
            sa.select(t.team_members.c.player_id, t.teams.c.id, t.teams.c.name, t.team_members.c.since, *sums.c[1:])
            .select_from(
                t.team_members.join(t.teams, t.teams.c.id == t.team_members.c.team_id).outerjoin(
                    sums, sums.c.player_id == t.team_members.c.player_id
                )
            )
            .where(t.team_members.c.league_id == league_id)
        )
        return [
            Membership(
                player_id=PlayerId(player_id), team_id=TeamId(team_id), team=team, since=since, sums=_sums(found)
            )
            async for player_id, team_id, team, since, *found in unhurried(rows)
        ]

    @override
    async def sums_since_joining(
        self, league_id: LeagueId, after: date, weeks: Mapping[str, date]
    ) -> dict[PlayerId, Sums]:
        if not weeks:
            return {}
        here = sa.and_(
            t.totals.c.league_id == t.team_members.c.league_id, t.totals.c.player_id == t.team_members.c.player_id
        )
        monday = sa.case({name: types.days(day) for name, day in weeks.items()}, value=t.totals.c.period)
        rows = await self._connection.execute(
            sa.select(t.team_members.c.player_id, *_SUMS)
            .select_from(t.team_members.join(t.totals, here))
            .where(
                t.team_members.c.league_id == league_id,
                t.team_members.c.since > after,
                t.totals.c.period.in_(list(weeks)),
                monday >= sa.type_coerce(t.team_members.c.since, sa.Integer),
            )
            .group_by(t.team_members.c.player_id)
        )
        return {PlayerId(player_id): _sums(found) for player_id, *found in rows}

    @override
    async def team_weeks(self, league_id: LeagueId, weeks: Mapping[str, date]) -> list[TeamWeek]:
        members, totals, begun = t.team_members.c, t.totals.c, types.days(min(weeks.values()))
        joined = sa.cast(members.since, sa.Integer)
        since = sa.case((joined > begun, joined), else_=begun)
        week = sa.case({name: types.days(day) for name, day in weeks.items()}, value=totals.period)
        theirs = (totals.league_id == league_id, totals.player_id == members.player_id)
        counts = sa.and_(*theirs, totals.period.in_(list(weeks)), week >= since)
        first = sa.func.min(week).over(partition_by=members.player_id)
        alike = [members.team_id, since.label("since"), first.label("first"), week.label("week")]
        each = (
            sa.select(*alike, totals.points, totals.on_demand)
            .select_from(t.team_members.outerjoin(t.totals, counts))
            .where(members.league_id == league_id)
            .subquery()
        )
        sums = [
            sa.cast(sa.func.coalesce(sa.func.sum(part), 0), sa.BigInteger) for part in (each.c.points, each.c.on_demand)
        ]
        rows = await self._connection.execute(sa.select(*each.c[:4], sa.func.count(), *sums).group_by(*each.c[:4]))
        return [
            TeamWeek(
                team_id=TeamId(team_id),
                since=types.date_of(came),
                first=None if answered is None else types.date_of(answered),
                week=None if monday is None else types.date_of(monday),
                members=number,
                points=points,
                on_demand=on_demand,
            )
            for team_id, came, answered, monday, number, points, on_demand in rows
        ]

    @override
    async def top(self, league_id: LeagueId, period: str, limit: int) -> list[Score]:
        here = {"league": league_id, "period": period, "limit": limit}
        return [_score(row) for row in await self._connection.execute(_TOP, here)]

    @override
    async def page(
        self, league_id: LeagueId, period: str, limit: int, player_id: PlayerId | None
    ) -> tuple[list[Score], OwnPlace | None]:
        here = {"league": league_id, "period": period, "limit": limit, "player": player_id}
        rows: dict[str, list[list[Any]]] = {"top": [], "own": [], "better": [], "worse": []}
        for what, *row in await self._connection.execute(_PAGE, here):
            rows[what].append(row)
        scores = {what: [_score(row[1:]) for row in found] for what, found in rows.items()}
        if not scores["own"]:
            return scores["top"], None
        [own] = scores["own"]
        place = 1 + rows["own"][0][0]
        better, worse = next(iter(scores["better"]), None), next(iter(scores["worse"]), None)
        return scores["top"], OwnPlace(place=place, score=own, better=better, worse=worse)

    @override
    async def streaks(
        self, league_id: LeagueId, player_ids: Collection[PlayerId], day: date, *, is_over: bool = False
    ) -> dict[PlayerId, int]:
        found = await self.streaks_with_frozen_day(league_id, player_ids, day, is_over=is_over)
        return {player_id: streak.days for player_id, streak in found.items()}

    @override
    async def would_end(self, league_id: LeagueId, player_ids: Collection[PlayerId], day: date) -> dict[PlayerId, int]:
        saved = await streaks(self._connection, league_id, player_ids, day, is_over=True, is_asked=True)
        others = [player_id for player_id in player_ids if player_id not in saved]
        return await self.streaks(league_id, others, day - timedelta(days=1), is_over=True)

    @override
    async def streaks_with_frozen_day(
        self, league_id: LeagueId, player_ids: Collection[PlayerId], day: date, *, is_over: bool = False
    ) -> dict[PlayerId, Streak]:
        return await streaks(self._connection, league_id, player_ids, day, is_over=is_over)

    @override
    async def accuracy(self, league_id: LeagueId, space_id: SpaceId, periods: Collection[str]) -> Accuracy:
        people_here = sa.select(t.members.c.player_id).where(t.members.c.space_id == space_id)
        sums = sa.select(sa.func.sum(t.totals.c.correct), sa.func.sum(t.totals.c.answered)).where(
            t.totals.c.league_id == league_id, t.totals.c.period.in_(periods), t.totals.c.player_id.in_(people_here)
        )
        right, answered = (await self._connection.execute(sums)).one()
        return Accuracy(right=right or 0, answered=answered or 0)

    @override
    async def differences(self) -> list[str]:
        rebuilt = (await recount(self._connection)).subquery()
        recounted, kept = sa.select(*rebuilt.c), sa.select(*(t.totals.c[name] for name in TOTALS_COLUMNS))
        found = []
        for title, query in (("missing", recounted.except_(kept)), ("wrong", kept.except_(recounted))):
            rows = await self._connection.execute(query.limit(_SHOWN_DIFFERENCES))
            found += [_describe(title, row) for row in rows]
        return found

    @override
    async def rebuild(
        self, *, leagues: Collection[LeagueId] | None = None, players: Collection[PlayerId] | None = None
    ) -> None:
        rebuilt = await recount(self._connection, leagues=leagues, players=players)
        of_these = [] if leagues is None else [t.totals.c.league_id.in_(leagues)]
        of_these += [] if players is None else [t.totals.c.player_id.in_(players)]
        await self._connection.execute(sa.delete(t.totals).where(*of_these))
        await self._connection.execute(sa.insert(t.totals).from_select(list(TOTALS_COLUMNS), rebuilt))

    @override
    async def hold(self, league_id: LeagueId) -> None:
        await hold(self._connection, league_id)

    @override
    async def rebuild_seasons(self, league: League) -> None:
        await rebuild_seasons(self._connection, league)


_WITH_NAMES = t.totals.join(t.players, t.players.c.id == t.totals.c.player_id)
# The totals of single days keep on-demand points as they were before the cap.
_COUNTED = sa.case((IS_DAY, capped(t.totals.c.on_demand)), else_=t.totals.c.on_demand)
_SUMS = tuple(
    sa.cast(sa.func.sum(part), sa.BigInteger).label(name)
    for name, part in (
        ("points", t.totals.c.points),
        ("right", t.totals.c.correct),
        ("answered", t.totals.c.answered),
        ("on_demand", _COUNTED),
    )
)
_HERE = sa.and_(t.totals.c.league_id == sa.bindparam("league"), t.totals.c.period == sa.bindparam("period"))
_BEST_FIRST = (t.totals.c.points.desc(), t.totals.c.player_id.desc())
_LIMIT = sa.bindparam("limit", type_=sa.Integer)
_ONE = sa.literal_column("1", sa.Integer)
_OWN = t.totals.c.player_id == sa.bindparam("player")
_MINE = sa.select(t.totals.c.points).where(_HERE, _OWN).scalar_subquery()
_AHEAD = sa.select(sa.func.count()).where(_HERE, t.totals.c.points > _MINE).scalar_subquery()
_SCORE = (
    t.players.c.id,
    t.players.c.name,
    t.totals.c.points,
    t.totals.c.correct,
    t.totals.c.answered,
)


def _found(
    what: str, where: sa.ColumnElement[bool], *order: sa.ColumnElement[Any], limit: sa.ColumnElement[int]
) -> sa.Select[Any]:
    """Find players in the rank index first; the other columns are read only for the few found."""
    found = sa.select(t.totals.c.player_id).where(_HERE, where).order_by(*order).limit(limit).subquery()
    return sa.select(sa.literal_column(f"'{what}'", sa.Text).label("what"), found.c.player_id)


_TOP = sa.select(*_SCORE).select_from(_WITH_NAMES).where(_HERE).order_by(*_BEST_FIRST).limit(_LIMIT)
_SHOWN = (
    sa.union_all(
        _found("top", sa.true(), *_BEST_FIRST, limit=_LIMIT),
        _found("own", _OWN, limit=_ONE),
        _found("better", t.totals.c.points > _MINE, t.totals.c.points, limit=_ONE),
        _found("worse", t.totals.c.points < _MINE, t.totals.c.points.desc(), limit=_ONE),
    )
    .cte("shown")
    .prefix_with("MATERIALIZED")
)
_PAGE = (
    sa.select(_SHOWN.c.what, sa.case((_SHOWN.c.what == sa.literal_column("'own'"), _AHEAD)), *_SCORE)
    .select_from(_SHOWN.join(_WITH_NAMES, t.totals.c.player_id == _SHOWN.c.player_id))
    .where(_HERE)
)


def _score(row: Sequence[Any]) -> Score:
    player_id, name, points, right, answered = row
    return Score(player_id=PlayerId(player_id), name=name, points=points, right=right, answered=answered)


def _sums(row: Sequence[int | None]) -> Sums:
    points, right, answered, on_demand = (number or 0 for number in row)
    return Sums(points=points, right=right, answered=answered, on_demand=on_demand)


def _describe(title: str, row: sa.Row[Any]) -> str:
    league_id, name, player_id, points, right, answered, _on_demand = row
    return (
        f"{title}: league {league_id}, {name}, player {player_id}: "
        f"{in_points(points):g} points, {right} right of {answered}"
    )
