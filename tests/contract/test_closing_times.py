"""A question says when it closes, also if the next question of its series closes it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.series import Timetable
from bot.services.rounds.asking import question_key
from bot.services.series.changing import change_series
from bot.services.series.series import ask_due, ask_in_series_now, pause_series, resume_series
from bot.testing import draft

pytestmark = pytest.mark.sqlite_first
TOMORROW = datetime(2026, 3, 3, 8, tzinfo=UTC)


async def closes(game, round_):
    """The moment at which a question's message says that it closes."""
    post = await game.app.storage.read(lambda unit: unit.outbox.find(question_key(round_.id)))
    return post.view.closes_at


@pytest.fixture
async def series(game):
    """A series at nine in Berlin, which is eight in UTC; it is nine in UTC now, so it asks tomorrow first."""
    await game.imports(draft("One?"), draft("Two?"))
    return await game.series()


async def test_a_question_closes_when_the_next_one_comes(game, series):
    round_ = await ask_in_series_now(game.app, series.id)
    assert (round_.closes_at, await closes(game, round_)) == (None, TOMORROW)


async def test_a_question_that_closes_earlier_says_so(game):
    await game.imports()
    round_ = await game.daily(close_after=timedelta(hours=2))
    assert await closes(game, round_) == game.clock.now() + timedelta(hours=2)


async def test_one_of_a_paused_series_does_not_know_until_it_resumes(game, series):
    round_ = await ask_in_series_now(game.app, series.id)
    await pause_series(game.app, series.id)
    assert await closes(game, round_) is None
    await resume_series(game.app, series.id)
    assert await closes(game, round_) == TOMORROW
    await pause_series(game.app, series.id, date(2026, 3, 10))
    assert await closes(game, round_) == TOMORROW + timedelta(days=7)


async def test_it_follows_the_timetable(game, series):
    round_ = await ask_in_series_now(game.app, series.id)
    await change_series(game.app, series.id, Timetable(at=time(12), zone="UTC"))
    assert await closes(game, round_) == datetime(2026, 3, 2, 12, tzinfo=UTC)


async def test_it_waits_longer_if_a_question_was_skipped(game, series):
    round_ = await ask_in_series_now(game.app, series.id)
    game.clock.set(TOMORROW + timedelta(hours=9))
    await ask_due(game.app, series.id, timedelta(hours=6))
    assert await closes(game, round_) == TOMORROW + timedelta(days=1)
