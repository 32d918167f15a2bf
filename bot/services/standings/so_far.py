"""Where a player stands right after an answer."""

from datetime import date

from bot.domain.identity import PlayerId
from bot.domain.leagues import League
from bot.domain.standings import Window
from bot.domain.streaks import Streak
from bot.ports import Unit
from bot.rendering.boards import so_far


async def so_far_today(unit: Unit, league: League, player_id: PlayerId, today: date) -> str:
    """Return a line with a player's days in a row and place in the week, as Markdown; empty if there is nothing to say.

    Somebody who is the only one in the week's standings has no place worth telling.
    """
    streaks = await unit.boards.streaks_with_frozen_day(league.id, [player_id], today)
    _top, own = await unit.boards.page(league.id, league.period(Window.WEEK, today), 1, player_id)
    is_placed = own is not None and own.score.points > 0 and (own.better is not None or own.worse is not None)
    return so_far(streaks.get(player_id, Streak(days=0)), own.place if own is not None and is_placed else None)
