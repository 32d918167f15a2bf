"""The hosts' page about the questions of the day: every series with its next moments, and the questions open now."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from adapters.web import telling
from adapters.web.door import Visit
from adapters.web.failures import status_of
from adapters.web.room import CHANNEL
from bot.domain.errors import BadInput, NotFound, QuizbotError
from bot.domain.identity import RoundId, SeriesId
from bot.domain.limits import Limit
from bot.domain.rounds import Round
from bot.domain.series import Series
from bot.domain.series_options import options_of, parse_date
from bot.domain.typed import plainly
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.rendering.series import stopping
from bot.services.limiting import person
from bot.services.rounds.closing import close_early
from bot.services.series.choosing import prospect
from bot.services.series.series import (
    ask_out_of_turn,
    find_series,
    pause_series,
    remove_series,
    resume_series,
)
from bot.services.series.timetables import next_moments, paused_until

ADDRESS = "/hosting"
STOP = "/hosting/daily/stop"

_ID = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesCard:
    """A series as the page shows it.

    Attributes:
        options: its options, as people type them.
        moments: when it asks next.
        pause_ends: the date on which it resumes by itself; None if it doesn't.
        can_ask: whether a question is ready for it.
        newest: its open round; None if none is open.
    """

    series: Series
    options: dict[str, str]
    moments: Sequence[datetime]
    pause_ends: date | None
    can_ask: bool
    newest: RoundId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRound:
    """A question that people can answer now, and how many have."""

    round: Round
    stem: str
    answered: int


async def show(visit: Visit) -> web.StreamResponse:
    """Show every series of the room, and the questions that are open."""
    return await _page(visit)


async def decide(visit: Visit) -> web.StreamResponse:
    """Carry out what a host decided about a series or an open question."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    try:
        said = await _done(visit)
    except QuizbotError as error:
        of_field = isinstance(error, BadInput) and visit.text("do") == "pause"
        return await _page(visit, problem=str(error), of_field=visit.text("series") if of_field else "", error=error)
    raise telling.done(visit, ADDRESS, said)


async def _done(visit: Visit) -> str:
    """Do what the form says; return a sentence on it."""
    app = visit.room.app
    if visit.text("do") == "close":
        await close_early(app, [await _open_round(visit)])
        return _("The question is closed, and its result is in the room.")
    series = await series_named(visit, visit.text("series"))
    series_id = series.id
    match visit.text("do"):
        case "now":
            await _ask_now(visit, series)
            return _("The next question is in the room.")
        case "pause":
            until = visit.text("until").strip()
            await pause_series(app, series_id, parse_date(until) if until else None)
            return _("The daily question is paused.")
        case "resume":
            await resume_series(app, series_id)
            return _("The daily question is resumed.")
        case "stop":
            await remove_series(app, series_id)
            return _("The daily question is stopped. Points and past questions stay.")
    raise BadInput(_("This page is out of date. Please reload it."))


async def _ask_now(visit: Visit, series: Series) -> None:
    """Ask the next question, unless one was asked since the page was made: two clicks mean one question."""
    app = visit.room.app
    async with app.turns.of(("ask now", series.id)):
        newest = await app.storage.read(lambda unit: _newest(unit, series.id))
        if visit.text("newest") == str(newest or ""):
            with app.limiter.within(Limit.ASKS, person(visit.caller)):
                await ask_out_of_turn(app, visit.caller, [series])


async def _newest(unit: Unit, series_id: SeriesId) -> RoundId | None:
    return max((one.id for one in await unit.rounds.open_of_series(series_id)), default=None)


async def _open_round(visit: Visit) -> Round:
    rounds = await visit.room.app.storage.read(lambda unit: _open_rounds(unit, visit))
    found = next((one for one in rounds if str(one.id) == visit.text("round")), None)
    if found is None:
        raise NotFound(_("That question is closed already."))
    return found


async def _open_rounds(unit: Unit, visit: Visit) -> list[Round]:
    return [one for one in await unit.rounds.open_in(visit.room.space.id, CHANNEL) if one.private_to is None]


async def show_stop(visit: Visit) -> web.StreamResponse:
    """Ask before a series is stopped."""
    series = await series_named(visit, visit.request.query.get("series", ""))
    form = {"do": "stop", "series": str(series.id)}
    return await telling.asking(visit, stopping([series]), form=form, action=ADDRESS, back=ADDRESS)


async def series_named(visit: Visit, number: str) -> Series:
    """Return the series of the room with the id that a form or an address names.

    Raises:
        NotFound: the room has none like that.
    """
    if _ID.fullmatch(number):
        try:
            found = await find_series(visit.room.app, SeriesId(int(number)))
        except NotFound:
            found = None
        if found and (found.space_id, found.channel) == (visit.room.space.id, CHANNEL):
            return found
    raise NotFound(_("That daily question was stopped."))


async def _page(
    visit: Visit, *, problem: str = "", of_field: str = "", error: QuizbotError | None = None
) -> web.Response:
    cards, rounds = await visit.room.app.storage.read(lambda unit: _read(unit, visit))
    return await telling.page(
        visit,
        "hosting_daily.html",
        status=status_of(error) if error else 200,
        cards=cards,
        rounds=rounds,
        problem=plainly(problem),
        of_field=of_field,
        until=visit.text("until"),
    )


async def _read(unit: Unit, visit: Visit) -> tuple[list[SeriesCard], list[OpenRound]]:
    app, space = visit.room.app, await unit.spaces.get(visit.room.space.id)
    cards = [
        SeriesCard(
            series=one,
            options=options_of(one),
            moments=next_moments(app, one),
            pause_ends=paused_until(app, one),
            can_ask=(await prospect(unit, one, space, app.clock.now())).draw() is not None,
            newest=await _newest(unit, one.id),
        )
        for one in await unit.schedules.all(space.id, CHANNEL)
    ]
    rounds = await _open_rounds(unit, visit)
    answered = await unit.rounds.answered([one.id for one in rounds])
    shown = [
        OpenRound(
            round=one,
            stem=(await unit.banks.question(one.question_id, one.revision)).stem,
            answered=answered.get(one.id, 0),
        )
        for one in rounds
    ]
    return cards, shown
