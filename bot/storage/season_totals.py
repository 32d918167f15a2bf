"""Rebuild the totals of a league's seasons after their dates have changed."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import LeagueId
from bot.domain.leagues import League
from bot.domain.standings import Window
from bot.storage import tables as t
from bot.storage.recount import TOTALS_COLUMNS, capped

IS_DAY = t.totals.c.period.like("____-__-__")
"""A condition: the total is one of a single day."""


async def hold(connection: AsyncConnection, league_id: LeagueId) -> None:
    """Let no answer or grade change a league's totals, and no round open in it, until this transaction ends.

    Other transactions lock rounds, in the order of their ids, before they change totals; and opening a round needs a
    reference to the league. So this locks the rounds first, too, then the league, then rounds opened in between.
    """
    rounds = sa.select(t.rounds.c.id).where(t.rounds.c.league_id == league_id).order_by(t.rounds.c.id).with_for_update()
    await connection.execute(rounds)
    await connection.execute(sa.select(t.leagues.c.id).where(t.leagues.c.id == league_id).with_for_update())
    await connection.execute(rounds)


async def rebuild_seasons(connection: AsyncConnection, league: League) -> None:
    """Rebuild the totals of a league's seasons from the totals of its days."""
    here = t.totals.c.league_id == league.id
    await connection.execute(sa.delete(t.totals).where(here, t.totals.c.period.like("season-%")))
    days = await connection.scalars(sa.select(t.totals.c.period).where(here, IS_DAY).distinct())
    of_season: dict[str, list[str]] = {}
    for day in days:
        of_season.setdefault(league.period(Window.SEASON, date.fromisoformat(day)), []).append(day)
    for name, names in of_season.items():
        sums = (
            sa.select(
                t.totals.c.league_id,
                sa.literal(name),
                t.totals.c.player_id,
                sa.cast(sa.func.sum(t.totals.c.points), sa.BigInteger),
                sa.cast(sa.func.sum(t.totals.c.correct), sa.Integer),
                sa.cast(sa.func.sum(t.totals.c.answered), sa.Integer),
                sa.cast(sa.func.sum(capped(t.totals.c.on_demand)), sa.BigInteger),
            )
            .where(here, t.totals.c.period.in_(names))
            .group_by(t.totals.c.league_id, t.totals.c.player_id)
        )
        await connection.execute(sa.insert(t.totals).from_select(list(TOTALS_COLUMNS), sums))
