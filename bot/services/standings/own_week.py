"""Find out how a member's own week went."""

from datetime import date, timedelta

from bot.domain.identity import PlayerId
from bot.domain.leagues import League
from bot.domain.own_weeks import OwnWeek, best_topic
from bot.domain.streaks import Streak
from bot.domain.stretches import week_of
from bot.ports import OwnPlace, Unit

_WEEK = timedelta(days=7)


async def own_week(unit: Unit, league: League, player_id: PlayerId, monday: date) -> OwnWeek | None:
    """Return a player's week in a league, by its Monday; None if none of their answers was graded."""
    own = await _own(unit, league, player_id, monday)
    if own is None:
        return None
    before = await _own(unit, league, player_id, monday - _WEEK)
    sunday = monday + timedelta(days=6)
    streaks = await unit.boards.streaks_with_frozen_day(league.id, [player_id], sunday, is_over=True)
    place, earlier = _told(own), _told(before) if before else None
    return OwnWeek(
        monday=monday,
        points=own.score.points,
        right=own.score.right,
        answered=own.score.answered,
        place=place,
        gained=None if place is None or earlier is None else earlier - place,
        streak=streaks.get(player_id, Streak(days=0)),
        best=best_topic(await unit.answers.by_topic(player_id, league.id, monday, sunday)),
    )


async def _own(unit: Unit, league: League, player_id: PlayerId, monday: date) -> OwnPlace | None:
    _top, own = await unit.boards.page(league.id, week_of(monday).period, 1, player_id)
    return own


def _told(own: OwnPlace) -> int | None:
    """Return a place unless it says nothing: that of somebody without points, or without anybody else."""
    return own.place if own.score.points > 0 and (own.better or own.worse) else None
