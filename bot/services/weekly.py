"""The week in review: the first question of a new week comes with last week's leaderboard before it."""

from datetime import datetime, timedelta

from bot.domain.identity import Space
from bot.domain.series import Series, local
from bot.domain.standings import Ranked, Standing, Window, rank_players, rank_teams
from bot.ports import Post, Unit
from bot.rendering.boards import week_in_review

TOP = 10


async def review_week(unit: Unit, series: Series, space: Space, now: datetime) -> None:
    """Post how last week ended in the channel of a series, once a week; nothing where nobody answered.

    Teams are shown where some have a place, else players.
    """
    league = await unit.leagues.get(space.league_id)
    if league is None:
        raise LookupError(f"space {space.id} has lost its league")
    last_week = local(now, league.zone).date() - timedelta(days=7)
    year, week, _ = last_week.isocalendar()
    key = f"t{series.id}{year % 100:02}{week:02}"  # at most 25 characters, as platforms' nonces are
    if await unit.outbox.get(key) is not None:
        return
    name = league.period(Window.WEEK, last_week)
    teams = rank_teams(await unit.boards.scores({league.id: name}))
    standings: list[Standing] = [team for team in teams if team.place is not None]
    by = Ranked.TEAM if standings else Ranked.PLAYER
    if by is Ranked.PLAYER:
        standings = rank_players(await unit.boards.top(league.id, name, TOP))
    if standings:
        view = week_in_review(standings[:TOP], by)
        await unit.outbox.put(Post(key=key, space_id=space.id, channel=series.channel, view=view, posted_at=now))
