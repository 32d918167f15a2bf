"""A series changes in place: what it asked stays with it, and no local date has two questions."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.errors import NotFound
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.series import Timetable
from bot.services.rounds.closing import close_early
from bot.services.series.changing import SeriesNameTaken, change_series
from bot.services.series.series import ask_due, ask_in_series_now, find_series, pause_series
from bot.services.series.timetables import next_moments
from bot.testing import draft
from tests.contract.test_series import GRACE

TEN = Timetable(at=time(10), zone="Europe/Berlin")


@pytest.fixture
async def daily(game):
    """A series at nine in Berlin; it is nine in UTC now, so it asks tomorrow first."""
    await game.imports(*(draft(f"Question number {n}?") for n in range(4)))
    return await game.series()


async def test_everything_but_its_place_in_time_is_new_and_stored(game, daily):
    round_ = await ask_in_series_now(game.app, daily.id)
    changed = await change_series(
        game.app, daily.id, TEN, name="late", bank="bank", answer_with=AnswerWith.REACTIONS, weights={"data": 2}
    )
    assert await find_series(game.app, daily.id) == changed
    assert (changed.id, changed.name, changed.bank, changed.weights) == (daily.id, "late", "bank", {"data": 2})
    assert changed.reveal is Reveal.AT_CLOSE, "as it always is with reactions"
    assert changed.next_at == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert next_moments(game.app, changed, 2) == [changed.next_at, changed.next_at + timedelta(days=1)]
    assert (await game.app.storage.read(lambda unit: unit.rounds.find(round_.id))).closed_at is None


async def test_a_date_that_has_had_its_question_gets_no_second_one(game, daily):
    game.clock.set(datetime(2026, 3, 3, 8, tzinfo=UTC))
    await ask_due(game.app, daily.id, GRACE)
    changed = await change_series(game.app, daily.id, TEN)
    assert changed.next_at == datetime(2026, 3, 4, 9, tzinfo=UTC)


async def test_a_pause_stays_for_good_or_until_its_date(game, daily):
    await pause_series(game.app, daily.id, date(2026, 3, 9))
    assert (await change_series(game.app, daily.id, TEN)).next_at == datetime(2026, 3, 9, 9, tzinfo=UTC)
    await pause_series(game.app, daily.id)
    assert (await change_series(game.app, daily.id, TEN)).next_at is None
    assert next_moments(game.app, await find_series(game.app, daily.id)) == []


async def test_days_are_counted_on_unless_they_are_counted_otherwise(game, daily):
    second = Timetable(at=time(9), zone="Europe/Berlin", every=2)
    first = (await change_series(game.app, daily.id, second)).timetable
    assert first.anchor == date(2026, 3, 3)
    game.clock.advance(days=3)
    kept = await change_series(game.app, daily.id, Timetable(at=time(10), zone="Europe/Berlin", every=2))
    assert kept.timetable.anchor == first.anchor
    third = await change_series(game.app, daily.id, Timetable(at=time(10), zone="Europe/Berlin", every=3))
    assert third.timetable.anchor == date(2026, 3, 6)


async def test_what_cant_be_changes_nothing(game, daily):
    other = await game.series(name="evening")
    with pytest.raises(SeriesNameTaken, match="named “Evening”"):
        await change_series(game.app, daily.id, TEN, name="Evening")
    with pytest.raises(SeriesNameTaken, match="has no name"):
        await change_series(game.app, other.id, TEN, name=None)
    with pytest.raises(NotFound, match="no bank named"):
        await change_series(game.app, daily.id, TEN, bank="none")
    assert await find_series(game.app, daily.id) == daily
    assert await find_series(game.app, other.id) == other


async def test_closing_early_posts_the_result_once(game, daily):
    round_ = await ask_in_series_now(game.app, daily.id)
    await close_early(game.app, [round_])
    first = await game.app.storage.read(lambda unit: unit.rounds.find(round_.id))
    game.clock.advance(hours=1)
    await close_early(game.app, [round_])
    assert first.closed_at is not None
    assert await game.app.storage.read(lambda unit: unit.rounds.find(round_.id)) == first
