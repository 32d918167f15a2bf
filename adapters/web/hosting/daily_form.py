"""The form with which hosts set a daily question, or change one."""

import asyncio
from collections.abc import Mapping

from aiohttp import web

from adapters.web import telling
from adapters.web.door import Visit
from adapters.web.hosting.daily import ADDRESS as OVERVIEW
from adapters.web.hosting.daily import series_named
from adapters.web.hosting.lengths import check_lengths
from adapters.web.room import CHANNEL
from bot.domain.errors import BadInput, NotFound
from bot.domain.limits import Limit
from bot.domain.series import Options, Series, Timetable
from bot.domain.series_options import LEVELS, options_of, parse_options, parse_timetable
from bot.domain.typed import plainly
from bot.domain.words import WEEKDAYS
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.banks.storing import names_of
from bot.services.chat.completion import zones
from bot.services.limiting import person
from bot.services.series.changing import SeriesNameTaken, change_series, require_free_name
from bot.services.series.series import add_series, require_bank
from bot.services.series.usual_reveal import usual_reveal

ADDRESS = "/hosting/daily"

FIELDS = (
    *("time", "zone", "days", "bank", "topic", "answer_with", "reveal", "name", "close_after", "every", "holidays"),
    *("difficulty", "weights", "together", "thread", "quiet", "mention", "cards"),
)
"""The options of ``daily set``, in the order of the form."""
_ALWAYS = {"time": "09:00", "zone": "UTC"}
"""What a timetable needs for the other options to be checked one by one."""


async def show(visit: Visit) -> web.StreamResponse:
    """Show the form, with how the series is now."""
    series = await _series(visit)
    return await _page(visit, series, options_of(series) if series else await _preset(visit))


async def take(visit: Visit) -> web.StreamResponse:
    """Set or change a series as the form says, or show what is wrong in which field."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    series, filled = await _series(visit), _filled_in(visit)
    wrong = mistakes(filled)
    if wrong:
        return await _page(visit, series, filled, wrong)
    given = _given(filled)
    try:
        await _save(visit, series, parse_timetable(given), parse_options(given))
    except NotFound as error:
        return await _page(visit, series, filled, {"bank": plainly(str(error))})
    except SeriesNameTaken as error:
        return await _page(visit, series, filled, {"name": str(error)})
    except BadInput as error:
        return await _page(visit, series, filled, {"time": str(error)})
    raise telling.done(
        visit,
        OVERVIEW,
        _("The daily question is changed. Below is when it comes.")
        if series
        else _("The daily question is set. Below is when it comes."),
    )


async def _save(visit: Visit, series: Series | None, timetable: Timetable, options: Options) -> None:
    app = visit.room.app
    if series is not None:
        await change_series(app, series.id, timetable, **options)
        return
    async with app.turns.of(("set daily", visit.room.space.id)):  # of two clicks the second finds the name taken
        await _add(visit, timetable, options)


async def _add(visit: Visit, timetable: Timetable, options: Options) -> None:
    app = visit.room.app
    space = await app.storage.read(lambda unit: unit.spaces.get(visit.room.space.id))

    async def check(unit: Unit) -> None:
        await require_free_name(unit, space.id, CHANNEL, options["name"])
        await require_bank(unit, space, options["bank"])

    await app.storage.read(check)
    await add_series(app, space, CHANNEL, timetable, set_by=visit.member.member, **options)


def mistakes(filled: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong in which field: each on its own or, if that is all right, in what they say together."""
    wrong: dict[str, str] = {}
    for name, value in filled.items():
        try:
            check_lengths([value])
            _parsed({**_ALWAYS, **_given({name: value})})
        except BadInput as error:
            wrong[name] = str(error)
    if not filled["days"]:
        wrong["days"] = _("Tick at least one day.")
    if wrong:
        return wrong
    given = _given(filled)
    try:
        _parsed(given)
    except BadInput as error:
        return {_blamed(given): str(error)}
    return {}


def _parsed(given: Mapping[str, str]) -> tuple[Timetable, Options]:
    return parse_timetable(given), parse_options(given)


def _blamed(given: Mapping[str, str]) -> str:
    """Return the last field without which the others are all right."""
    for name in reversed([name for name in given if name not in _ALWAYS]):
        try:
            _parsed({other: value for other, value in given.items() if other != name})
        except BadInput:
            continue
        return name
    return FIELDS[0]


def _given(filled: Mapping[str, str]) -> dict[str, str]:
    """Return the options without those left empty, which have their defaults then."""
    return {name: value for name, value in filled.items() if value or name in _ALWAYS}


def _filled_in(visit: Visit) -> dict[str, str]:
    return {name: visit.text(name).strip() for name in FIELDS} | {"days": ",".join(visit.texts("days"))}


async def _series(visit: Visit) -> Series | None:
    """Return the series that the address names; None for a new one."""
    number = visit.request.query.get("series", "")
    return await series_named(visit, number) if number else None


async def _preset(visit: Visit) -> dict[str, str]:
    """Return what a new series' form begins with: the zone of the newest one here, or else the league's."""

    async def read(unit: Unit) -> dict[str, str]:
        some = await unit.schedules.all(visit.room.space.id, CHANNEL)
        space = await unit.spaces.get(visit.room.space.id)
        zone = some[-1].timetable.zone if some else (await unit.leagues.get(space.league_id)).zone
        return {"zone": zone, "reveal": await usual_reveal(unit, space.id)}

    return {**_ALWAYS, **await visit.room.app.storage.read(read), "days": ",".join(WEEKDAYS)}


async def _page(
    visit: Visit, series: Series | None, values: Mapping[str, str], wrong: Mapping[str, str] | None = None
) -> web.Response:
    async def read(unit: Unit) -> tuple[list[str], list[str]]:
        space_id = visit.room.space.id
        return names_of(await unit.banks.summaries(space_id)), await unit.banks.topics(space_id)

    banks, topics = await visit.room.app.storage.read(read)
    shown = dict.fromkeys(FIELDS, "") | dict(values)
    days = set(WEEKDAYS if shown["days"] == "daily" else shown["days"].split(","))
    return await telling.page(
        visit,
        "hosting_daily_form.html",
        status=400 if wrong else 200,
        action=f"{ADDRESS}?series={series.id}" if series else ADDRESS,
        is_new=series is None,
        values=shown,
        days=list(zip(WEEKDAYS, [day in days for day in WEEKDAYS], strict=True)),
        wrong=wrong or {},
        banks=banks,
        topics=topics,
        levels=LEVELS,
        zones=await asyncio.to_thread(zones),
    )
