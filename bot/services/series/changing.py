"""Change a series in place: what it asked before stays with it, and so does its open question."""

from dataclasses import replace
from datetime import datetime
from typing import Unpack

from bot.domain.errors import BadInput
from bot.domain.identity import SeriesId, SpaceId
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.series import Options, Series, Timetable, due_date
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.core import Core
from bot.services.rounds.asking import renew_closing_times
from bot.services.series.series import locate, require_bank
from bot.services.series.timetables import begun, first_from, moments, paused_until


class SeriesNameTaken(BadInput):
    """Another series in the channel has this name, or has none either."""

    def __init__(self, name: str | None) -> None:
        if name:
            message = _("Another daily question here is named “{name}” already.").format(name=name)
        else:
            message = _("Another daily question here has no name. Give this one a name, to tell them apart.")
        super().__init__(message)


async def change_series(core: Core, series_id: SeriesId, timetable: Timetable, **options: Unpack[Options]) -> Series:
    """Give a series another timetable and other options. If it is paused, it stays so, until the same date.

    A local date that has had its question gets no second one, even if the time is later now.

    Raises:
        NotFound: there is no such series, or its space has no such bank.
        SeriesNameTaken: another series in the channel has the name.
        BadInput: a pause would end too late.
    """

    async def work(unit: Unit) -> Series:
        await unit.schedules.lock(series_id)
        old, space = await locate(unit, series_id)
        same_count = timetable.every == old.timetable.every
        wanted = begun(core, replace(timetable, anchor=old.timetable.anchor) if same_count else timetable)
        series = replace(old, timetable=wanted, **options)
        if series.answer_with is AnswerWith.REACTIONS:
            series = replace(series, reveal=Reveal.AT_CLOSE)
        await require_free_name(unit, old.space_id, old.channel, series.name, besides=series_id)
        await require_bank(unit, space, series.bank)
        series = replace(series, next_at=await _next(core, unit, old, wanted))
        await unit.schedules.change(series)
        await renew_closing_times(unit, series_id, core.clock.now())
        return series

    return await core.write_and_deliver(work)


async def require_free_name(
    unit: Unit, space_id: SpaceId, channel: str, name: str | None, *, besides: SeriesId | None = None
) -> None:
    """Check that no series in a channel, ``besides`` one, has a name; None stands for having none.

    Raises:
        SeriesNameTaken: one has it.
    """
    if any(one.is_named(name) and one.id != besides for one in await unit.schedules.all(space_id, channel)):
        raise SeriesNameTaken(name)


async def _next(core: Core, unit: Unit, old: Series, timetable: Timetable) -> datetime | None:
    """Return when a series asks next, with another timetable."""
    if old.next_at is None:
        return None
    if day := paused_until(core, old):
        return first_from(core, timetable, day)
    coming = moments(core, timetable, core.clock.now())
    while await unit.rounds.asked_on(old.id, due_date(timetable, moment := next(coming))):
        pass
    return moment
