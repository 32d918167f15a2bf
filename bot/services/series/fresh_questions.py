"""Tell hosts when a series runs low on fresh questions, and again when they are used up: once each."""

from datetime import timedelta
from functools import partial
from itertools import takewhile

from bot.domain.series import Series, Supply
from bot.ports import Unit
from bot.rendering.series import questions_low, questions_used_up
from bot.services.acting import note
from bot.services.core import Core
from bot.services.series.timetables import moments
from bot.services.telling import tell_hosts

_WEEK = timedelta(days=7)
_MOST_IN_A_WEEK = 8


_ACTIONS = {
    Supply.ENOUGH: "enough questions",
    Supply.LOW: "questions run low",
    Supply.USED_UP: "questions used up",
}
"""What the audit calls each change."""
_TOLD = {(Supply.ENOUGH, Supply.LOW), (Supply.ENOUGH, Supply.USED_UP), (Supply.LOW, Supply.USED_UP)}


async def watch_supply(core: Core, unit: Unit, series: Series, left: int, *, repeats: bool) -> None:
    """Tell the hosts, once, if a series that just asked has too few fresh questions left for the next week.

    Args:
        core: clock, ids and timetables.
        unit: the caller's transaction.
        series: the series, which is locked.
        left: how many fresh questions it has left.
        repeats: whether the question that it just asked had been asked before.
    """
    now = core.clock.now()
    postings = 0
    if left < _MOST_IN_A_WEEK:
        coming = moments(core, series.timetable, now)
        postings = sum(1 for _moment in takewhile(lambda moment: moment <= now + _WEEK, coming))
    supply = Supply.USED_UP if repeats else Supply.LOW if left < postings else Supply.ENOUGH
    if supply is series.supply:
        return
    await unit.schedules.set_supply(series.id, supply)
    await note(core, unit, _ACTIONS[supply], f"series {series.id}", f"{left} fresh left")
    if (series.supply, supply) in _TOLD:
        render = partial(questions_used_up, series) if repeats else partial(questions_low, series, left, postings)
        await tell_hosts(core, unit, series.space_id, render)
