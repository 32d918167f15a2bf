"""The series of a channel."""

from bot.domain.commands import Caller
from bot.domain.errors import BadInput, NotFound
from bot.domain.series import (
    Series,
    Timetable,
    parse_answer_with,
    parse_days,
    parse_duration,
    parse_reveal,
    parse_time,
    parse_zone,
)
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering import replies
from bot.services import series
from bot.services.commands import Handler
from bot.services.core import Core

_PREVIEWED = 5


async def _daily_set(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if "time" not in options or "zone" not in options:
        raise BadInput(_("Tell me when and where: /quiz daily set 09:00 Europe/Berlin"))
    timetable = Timetable(
        at=parse_time(options["time"]),
        zone=parse_zone(options["zone"]),
        days=parse_days(options.get("days", "daily")),
    )
    answer_with = parse_answer_with(options.get("answer_with", "buttons"))
    close_after = options.get("close_after")
    added = await series.add_series(
        core,
        caller.space,
        caller.channel,
        timetable,
        bank=options.get("bank"),
        topic=options.get("topic"),
        answer_with=answer_with,
        reveal=parse_reveal(options.get("reveal", ""), answer_with),
        close_after=parse_duration(close_after) if close_after else None,
        replaces=await _series_here(core, caller),
    )
    moments, moment = [], core.clock.now()
    for _number in range(_PREVIEWED):
        moment = core.next_fire(timetable, moment)
        moments.append(moment)
    return replies.series_set(added, moments)


async def _daily_show(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return replies.series_list(await _series_here(core, caller))


async def _daily_pause(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    for one in await _some_series_here(core, caller):
        await series.pause_series(core, one.id)
    return replies.say(_("Paused. /quiz daily resume goes on."))


async def _daily_resume(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    resumed = [await series.resume_series(core, one.id) for one in await _some_series_here(core, caller)]
    return replies.series_list(resumed)


async def _daily_now(core: Core, caller: Caller, _options: dict[str, str]) -> None:
    for one in await _some_series_here(core, caller):
        await series.ask_in_series_now(core, one.id)


async def _daily_stop(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    for one in await _some_series_here(core, caller):
        await series.remove_series(core, one.id)
    return replies.say(_("Stopped. Points and past questions stay."))


async def _series_here(core: Core, caller: Caller) -> list[Series]:
    return await core.storage.read(lambda unit: unit.schedules.all(caller.space.id, caller.channel))


async def _some_series_here(core: Core, caller: Caller) -> list[Series]:
    here = await _series_here(core, caller)
    if not here:
        raise NotFound(_("No daily question here yet. Set one: /quiz daily set 09:00 Europe/Berlin"))
    return here


HANDLERS: dict[str, Handler] = {
    "daily set": _daily_set,
    "daily show": _daily_show,
    "daily pause": _daily_pause,
    "daily resume": _daily_resume,
    "daily now": _daily_now,
    "daily stop": _daily_stop,
}
