"""Set, ask, pause, resume and end series."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Unpack

import structlog

from bot.domain.commands import Caller
from bot.domain.errors import NotFound
from bot.domain.identity import Member, SeriesId, Space
from bot.domain.limits import Limit
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.series import Options, Series, Timetable, due_date
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.rendering.series import all_questions_open, no_question_ready, questions_skipped
from bot.services.acting import note
from bot.services.core import Core
from bot.services.limiting import channel
from bot.services.rounds.asking import open_round, renew_closing_times
from bot.services.rounds.closing import close, end
from bot.services.rounds.last_look import LastLooks, look
from bot.services.rounds.reminding import plan_reminder
from bot.services.series.choosing import choose, is_all_open
from bot.services.series.fresh_questions import watch_supply
from bot.services.series.timetables import begun, first_from
from bot.services.telling import tell, tell_hosts

_log = structlog.get_logger(__name__)


async def add_series(
    core: Core,
    space: Space,
    channel: str,
    timetable: Timetable,
    *,
    replaces: Sequence[Series] = (),
    set_by: Member | None = None,
    **options: Unpack[Options],
) -> Series:
    """Start a series; its first question comes at the timetable's next moment.

    Until a league has asked its first question, its days begin and end in the time zone of its newest series.

    Args:
        core: storage, clock and ids.
        space: where the series asks, with ``channel``.
        channel: the platform's id of the channel.
        timetable: when the series asks; if only every few days, the days count from its first posting.
        replaces: series that this one ends; their open rounds close.
        set_by: the host who sets it up, who is named in its first question; None on the command line.
        options: how the series asks; with reactions, results are always revealed at the close.

    Raises:
        NotFound: this space has no such bank.
    """
    now = core.clock.now()
    started = begun(core, timetable)
    series = Series(
        id=SeriesId(core.ids.next()),
        space_id=space.id,
        channel=channel,
        timetable=started,
        next_at=core.next_fire(started, now),
        set_by=set_by.external_id if set_by else "",
        **options,
    )
    if series.answer_with is AnswerWith.REACTIONS:
        series = replace(series, reveal=Reveal.AT_CLOSE)

    looks = await _look(core, [old.id for old in replaces])

    async def work(unit: Unit) -> Series:
        if set_by is not None:
            await unit.people.ensure_player(set_by)  # only players can be removed from the messages that name them
        await require_bank(unit, space, series.bank)
        for old in replaces:
            await _end(core, unit, old.id, looks)
        await unit.leagues.set_first_zone(space.league_id, timetable.zone)
        await unit.schedules.add(series)
        return series

    return await core.write_and_deliver(work)


async def require_bank(unit: Unit, space: Space, bank: str | None) -> None:
    """Check that a series of this space can draw from a bank.

    Raises:
        NotFound: this space has no such bank.
    """
    named = None if bank is None else await unit.banks.named(bank, space.id)
    if bank is not None and named is None:
        raise NotFound(_("There is no bank named “{bank}”.").format(bank=bank))


async def find_series(core: Core, series_id: SeriesId) -> Series:
    """Return one series.

    Raises:
        NotFound: there is no such series.
    """
    return await core.storage.read(lambda unit: unit.schedules.get(series_id))


async def locate(unit: Unit, series_id: SeriesId) -> tuple[Series, Space]:
    """Return one series and the space where it asks, in the caller's transaction.

    Raises:
        NotFound: there is no such series.
    """
    series = await unit.schedules.get(series_id)
    return series, await unit.spaces.get(series.space_id)


async def ask_due(core: Core, series_id: SeriesId, grace: timedelta) -> None:
    """Ask a question if the series is due; after downtime it comes late, or not at all once ``grace`` is over.

    Each local date gets at most one round, even if several processes call this several times.
    """
    looks, now = await _look(core, [series_id]), core.clock.now()

    async def work(unit: Unit) -> None:
        series = await unit.schedules.lock_if_there(series_id)
        if series is None or series.next_at is None or series.next_at > now:
            return
        if (await unit.spaces.get(series.space_id)).left_at is not None:
            return
        *earlier, due = _moments_due(core, series, series.next_at, now)
        await unit.schedules.set_next(series_id, core.next_fire(series.timetable, now))
        due_on = due_date(series.timetable, due)
        if await unit.rounds.asked_on(series_id, due_on):
            return
        late = now - due > grace
        if skipped := [*earlier, due] if late else earlier:
            await _skip(core, unit, series, skipped)
            await renew_closing_times(unit, series_id, now)
        if not late:
            await _ask(core, unit, series, now, due, looks)

    await core.write_and_deliver(work)


async def _skip(core: Core, unit: Unit, series: Series, missed: Sequence[datetime]) -> None:
    for due in map(datetime.isoformat, missed):
        _log.warning("question_skipped", series_id=series.id, due=due)
        await note(core, unit, "skipped", f"series {series.id}", due)
    await tell_hosts(core, unit, series.space_id, partial(questions_skipped, series, missed))


def _moments_due(core: Core, series: Series, first: datetime, now: datetime) -> list[datetime]:
    due = [first]
    while (following := core.next_fire(series.timetable, due[-1])) <= now:
        due.append(following)
    return due


async def ask_in_series_now(core: Core, series_id: SeriesId) -> Round:
    """Ask the next question of a series at once, out of turn; its open round closes.

    Raises:
        NotFound: there is no such series, or no question is ready.
    """

    looks = await _look(core, [series_id])

    async def work(unit: Unit) -> Round:
        series = await unit.schedules.lock(series_id)
        round_ = await _ask(core, unit, series, core.clock.now(), None, looks)
        if round_ is None and await is_all_open(unit, series, await unit.spaces.get(series.space_id), core.clock.now()):
            raise NotFound(_("Every question of this series is already open here. Try again once some have closed."))
        if round_ is None:
            raise NotFound(_("No question is ready for this series. Import some, or choose another bank or topic."))
        return round_

    return await core.write_and_deliver(work)


async def ask_out_of_turn(core: Core, caller: Caller, series: Sequence[Series]) -> None:
    """Ask the next question of each of these series at once, as a host decided.

    Each question that is asked counts towards the channel's limit, even if the next series has none.

    Raises:
        NotFound: one of them has ended, or no question is ready.
        Limited: too many questions were asked for in the channel.
    """
    here, left = channel(caller), len(series)
    core.limiter.take(Limit.CHANNEL_ASKS, here, left)
    try:
        for one in series:
            await ask_in_series_now(core, one.id)
            left -= 1
    finally:
        core.limiter.give_back(Limit.CHANNEL_ASKS, here, left)


async def _look(core: Core, series_ids: Sequence[SeriesId]) -> LastLooks:
    """Take a last look at the open rounds of series that are about to end or to ask."""

    async def read(unit: Unit) -> list[Round]:
        return [round_ for one in series_ids for round_ in await unit.rounds.open_of_series(one)]

    return await look(core, await core.storage.read(read)) if series_ids else {}


async def _ask(
    core: Core, unit: Unit, series: Series, now: datetime, due: datetime | None, looks: LastLooks
) -> Round | None:
    space = await unit.spaces.lock(series.space_id)  # always locked before any round
    for before in await unit.rounds.open_of_series(series.id):
        await end(core, unit, before, looks)
    due_on = due_date(series.timetable, due) if due else None
    chosen = await choose(core, unit, series, space, now, due_on)
    if chosen is None:
        if due is not None:
            _log.warning("no_question_ready", series_id=series.id)
            all_open = await is_all_open(unit, series, space, now)
            render = all_questions_open if all_open else no_question_ready
            await tell(core, unit, series.space_id, series.channel, render)
        return None
    for quick in chosen.ends:
        await close(unit, quick, now)
    if due is not None and chosen.left is not None:
        await watch_supply(core, unit, series, chosen.left, repeats=chosen.repeats)
    round_ = await open_round(
        core,
        unit,
        chosen.question,
        space=space,
        channel=series.channel,
        now=now,
        closes_at=now + series.close_after if series.close_after else None,
        series=series,
        due_on=due_on,
        shared_id=chosen.shared_id,
    )
    await plan_reminder(unit, round_, now)
    return round_


async def pause_series(core: Core, series_id: SeriesId, until: date | None = None) -> Series:
    """Pause a series until it is resumed, or until a local date on which it resumes by itself.

    Raises:
        NotFound: there is no such series.
        BadInput: the date isn't in the future, or it is years away.
    """

    def when(series: Series) -> datetime | None:
        return first_from(core, series.timetable, until) if until else None

    return await _set_next(core, series_id, when)


async def resume_series(core: Core, series_id: SeriesId) -> Series:
    """Let a series ask again from its timetable's next moment on.

    Raises:
        NotFound: there is no such series.
    """
    return await _set_next(core, series_id, lambda series: core.next_fire(series.timetable, core.clock.now()))


async def remove_series(core: Core, series_id: SeriesId) -> None:
    """End a series for good: its open round closes; past questions and answers stay.

    Raises:
        NotFound: there is no such series.
    """

    looks = await _look(core, [series_id])

    async def work(unit: Unit) -> None:
        await unit.schedules.lock(series_id)
        await _end(core, unit, series_id, looks)

    await core.write_and_deliver(work)


async def _end(core: Core, unit: Unit, series_id: SeriesId, looks: LastLooks) -> None:
    await unit.schedules.remove(series_id)  # first, so that no result promises a next question
    for round_ in await unit.rounds.open_of_series(series_id):
        await end(core, unit, round_, looks)


async def _set_next(core: Core, series_id: SeriesId, when: Callable[[Series], datetime | None]) -> Series:
    async def work(unit: Unit) -> Series:
        series = await unit.schedules.lock(series_id)
        changed = replace(series, next_at=when(series))
        await unit.schedules.set_next(series_id, changed.next_at)
        await renew_closing_times(unit, series_id, core.clock.now())
        return changed

    return await core.write_and_deliver(work)
