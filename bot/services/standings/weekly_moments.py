"""Plan when each space gets last week's leaderboard."""

from datetime import datetime

from bot.domain.identity import Space
from bot.ports import Unit
from bot.services.core import Core


async def begin_weeks(core: Core, unit: Unit, space: Space, now: datetime) -> None:
    """Plan the first weekly leaderboard of a space; called when something is asked there."""
    if space.weekly_next_at is not None:
        return
    league = await unit.leagues.get(space.league_id)
    await unit.spaces.begin_weeks(space.id, core.next_fire(league.weekly_moments, now))
