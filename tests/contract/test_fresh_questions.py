"""Hosts hear once that a series runs low, and once that it begins to repeat."""

from datetime import UTC, datetime, time

import pytest

from bot.domain.series import Timetable
from bot.ports import HOSTS
from bot.services.series.series import ask_due
from bot.testing import draft, plain
from tests.contract.test_series import GRACE

pytestmark = pytest.mark.sqlite_first


def some(first, last):
    return [draft(f"Question number {n}?", f"a{n}", f"b{n}") for n in range(first, last)]


async def told(game):
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, HOSTS, 50))
    return [plain(post.view) for post in posts]


async def mornings(game, series, *days):
    for day in days:
        game.clock.set(datetime(2026, 3, day, 8, tzinfo=UTC))
        await ask_due(game.app, series.id, GRACE)


async def test_a_bank_that_lasts_for_a_week_is_no_matter(game):
    await game.imports(*some(0, 12))
    series = await game.series()
    await mornings(game, series, 3, 4, 5, 6, 7)
    assert await told(game) == []


async def test_running_low_is_said_once_and_then_that_it_begins_to_repeat(game):
    await game.imports(*some(0, 9))
    series = await game.series()
    await mornings(game, series, 3, 4)
    assert await told(game) == []
    await mornings(game, series, *range(5, 12))
    (low,) = await told(game)
    assert "Only 6 questions are left that haven't been asked here, and the next seven days need 7." in low
    assert "09:00 Europe/Berlin" in low
    await mornings(game, series, *range(12, 20))
    _low, repeats = await told(game)
    assert "This series has asked all its questions." in repeats


async def test_a_bank_that_grew_may_run_low_again(game):
    await game.imports(*some(0, 9))
    series = await game.series()
    await mornings(game, series, *range(3, 8))
    assert len(await told(game)) == 1
    await game.imports(*some(0, 16))
    await mornings(game, series, *range(8, 12))
    assert len(await told(game)) == 1
    await mornings(game, series, 12)
    assert len(await told(game)) == 2


async def test_a_few_new_questions_are_no_news_until_they_are_used_up(game):
    await game.imports(*some(0, 2))
    series = await game.series()
    await mornings(game, series, 3, 4, 5)
    assert len(await told(game)) == 2
    await game.imports(*some(0, 4))
    await mornings(game, series, 6, 7)
    assert len(await told(game)) == 2
    await mornings(game, series, 8)
    assert "starting to repeat" in (await told(game))[-1]
    assert len(await told(game)) == 3


@pytest.mark.parametrize(("days", "count", "warned"), [({0}, 3, False), (set(range(7)), 3, True)])
async def test_a_weekly_series_needs_one_a_week(game, days, count, warned):
    await game.imports(*some(0, count))
    series = await game.series(timetable=Timetable(at=time(9), zone="Europe/Berlin", days=frozenset(days)))
    await mornings(game, series, 9)
    assert bool(await told(game)) == warned


async def test_each_change_is_in_the_audit(game):
    await game.imports(*some(0, 2))
    series = await game.series()
    await mornings(game, series, 3, 4, 5)
    entries = await game.app.storage.read(lambda unit: unit.audit.about(f"series {series.id}"))
    assert [(one.action, one.details) for one in entries] == [
        ("questions run low", "1 fresh left"),
        ("questions used up", "0 fresh left"),
    ]
