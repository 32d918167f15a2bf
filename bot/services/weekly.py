"""The week in review: every space gets last week's leaderboard at its league's weekly moment, once."""

from datetime import date, datetime, timedelta

from bot.domain.identity import Space, SpaceId
from bot.domain.leagues import League
from bot.domain.series import local
from bot.domain.standings import Ranked, Standing, rank_players
from bot.domain.stretches import week_of
from bot.domain.team_race import place_teams
from bot.domain.views import MessageView
from bot.ports import Post, Unit
from bot.rendering.boards import week_in_review
from bot.services.core import Core
from bot.services.team_race import team_standings

TOP = 10
WEEK = timedelta(days=7)


async def post_week(core: Core, space_id: SpaceId) -> None:
    """Post how last week ended in a space that is due; nothing where nobody answered.

    Exactly one post for each space and week, whoever calls this and however often. After downtime it comes late, as
    long as the week in which it was due hasn't ended.
    """
    now = core.clock.now()

    async def work(unit: Unit) -> None:
        space = await unit.spaces.lock(space_id)
        if space is None or space.weekly_next_at is None or space.weekly_next_at > now:
            return
        league = await unit.leagues.get(space.league_id)
        if league is None:
            raise LookupError(f"space {space.id} has lost its league")
        await unit.spaces.set_weekly_next(space.id, core.next_fire(league.weekly_moments, now))
        day = _day_in_question(core, league, space.weekly_next_at, now)
        if day is not None:
            await _review(unit, league, space, day, now)

    await core.storage.write(work)
    core.wake()


def _day_in_question(core: Core, league: League, due: datetime, now: datetime) -> date | None:
    """A day of the week that is to be told about; None where the one after it has ended as well."""
    while (following := core.next_fire(league.weekly_moments, due)) <= now:
        due = following
    told_on, today = local(due, league.zone).date(), local(now, league.zone).date()
    return told_on - WEEK if told_on.isocalendar()[:2] == today.isocalendar()[:2] else None


async def _review(unit: Unit, league: League, space: Space, day: date, now: datetime) -> None:
    key, channel = week_key(space.id, day), await _channel(unit, space)
    if channel is None or await unit.outbox.get(key) is not None:
        return
    if view := await _view(unit, league, day, local(now, league.zone).date()):
        await unit.outbox.put(Post(key=key, space_id=space.id, channel=channel, view=view, posted_at=now))


def week_key(space_id: SpaceId, day: date) -> str:
    """The outbox key of the post on the week of a day; at most 25 characters, as platforms' nonces are."""
    year, week, _ = day.isocalendar()
    return f"t{space_id}{year % 100:02}{week:02}"


async def _channel(unit: Unit, space: Space) -> str | None:
    """Where a space wants it, else where its oldest running series asks, else where it was asked last."""
    if space.weekly_channel is not None:
        return space.weekly_channel
    running = [series for series in await unit.schedules.all(space.id) if not series.paused]
    return running[0].channel if running else await unit.outbox.last_asked_in(space.id)


async def _view(unit: Unit, league: League, day: date, today: date) -> MessageView | None:
    """Teams where some have a place, else players."""
    week = week_of(day)
    teams = place_teams(await team_standings(unit, league, week, today))
    standings: list[Standing] = [team for team in teams if team.place is not None]
    by = Ranked.TEAM if standings else Ranked.PLAYER
    if by is Ranked.PLAYER:
        standings = rank_players(await unit.boards.top(league.id, week.period, TOP))
    return week_in_review(standings[:TOP], by) if standings else None
