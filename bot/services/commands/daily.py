"""The series of a channel."""

import shlex
from functools import partial

from bot.domain.commands import Caller
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import SeriesId
from bot.domain.series import Series
from bot.domain.series_options import parse_date, parse_options, parse_timetable
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.rendering import replies
from bot.rendering.series import series_list, series_previewed, series_set
from bot.services import series
from bot.services.commands import Handler
from bot.services.core import Core
from bot.services.timetables import begun, paused_until, upcoming


async def _daily_set(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    _require_time_and_zone(options)
    chosen = parse_options(options)
    here = await _series_here(core, caller)
    added = await series.add_series(
        core,
        caller.space,
        caller.channel,
        parse_timetable(options),
        replaces=[one for one in here if one.is_named(chosen["name"])],
        **chosen,
    )
    return series_set(added, upcoming(core, added.timetable))


async def _daily_preview(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    _require_time_and_zone(options)
    timetable, chosen = begun(core, parse_timetable(options)), parse_options(options)
    await core.storage.read(partial(_require_bank, caller=caller, bank=chosen["bank"]))
    return series_previewed(timetable, upcoming(core, timetable), _command(options))


async def _require_bank(unit: Unit, caller: Caller, bank: str | None) -> None:
    await series.require_bank(unit, caller.space, bank)


def _require_time_and_zone(options: dict[str, str]) -> None:
    if "time" not in options or "zone" not in options:
        raise BadInput(_("Tell me when and where: /quiz daily set 09:00 Europe/Berlin"))


def _command(options: dict[str, str]) -> str:
    """What to type to set what was previewed."""
    named = (f"{name}={shlex.quote(value)}" for name, value in options.items() if name not in {"time", "zone"})
    return " ".join(("/quiz daily set", options["time"], options["zone"], *named))


async def _daily_show(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    here = await _series_here(core, caller)
    return _list(core, await _some_series_here(core, caller, options) if here else here)


async def _daily_pause(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    until = parse_date(options["until"]) if "until" in options else None
    paused = [await series.pause_series(core, one.id, until) for one in await _some_series_here(core, caller, options)]
    return _list(core, paused) if until else replies.say(_("Paused. /quiz daily resume goes on."))


async def _daily_resume(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    some = await _some_series_here(core, caller, options)
    return _list(core, [await series.resume_series(core, one.id) for one in some])


async def _daily_now(core: Core, caller: Caller, options: dict[str, str]) -> None:
    for one in await _some_series_here(core, caller, options):
        await series.ask_in_series_now(core, one.id)


async def _daily_stop(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    for one in await _some_series_here(core, caller, options):
        await series.remove_series(core, one.id)
    return replies.say(_("Stopped. Points and past questions stay."))


def _list(core: Core, some: list[Series]) -> MessageView:
    ends = {one.id: paused_until(core, one) for one in some}
    return series_list(some, {SeriesId(number): day for number, day in ends.items() if day})


async def _series_here(core: Core, caller: Caller) -> list[Series]:
    return await core.storage.read(lambda unit: unit.schedules.all(caller.space.id, caller.channel))


async def _some_series_here(core: Core, caller: Caller, options: dict[str, str]) -> list[Series]:
    """The series of the channel that a name means; without one, all."""
    here = await _series_here(core, caller)
    if not here:
        raise NotFound(_("No daily question here yet. Set one: /quiz daily set 09:00 Europe/Berlin"))
    name = options.get("name")
    if name and not any(one.is_named(name) for one in here):
        names = ", ".join(one.name for one in here if one.name) or _("none with a name")
        raise NotFound(
            _("No daily question here is named “{name}”. There are: {names}.").format(name=name, names=names)
        )
    return [one for one in here if not name or one.is_named(name)]


HANDLERS: dict[str, Handler] = {
    "daily set": _daily_set,
    "daily preview": _daily_preview,
    "daily show": _daily_show,
    "daily pause": _daily_pause,
    "daily resume": _daily_resume,
    "daily now": _daily_now,
    "daily stop": _daily_stop,
}
