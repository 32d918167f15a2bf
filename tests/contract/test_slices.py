"""Thousands of things may be due at once, and nobody waits for all of them to be read."""

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.services.platforms import delivery
from bot.services.platforms.delivery import show_counts
from bot.storage import rounds, schedules, slices, spaces
from bot.storage import tables as t
from bot.storage.rounds import SqlRounds

DUE = 35
SLICE = 10


@asynccontextmanager
async def turns_of_the_loop():
    """A counter that goes up by one in each turn."""
    turns = Counter()

    async def count():
        while True:
            turns["now"] += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    yield turns
    counting.cancel()


async def copies(game, table, its_own):
    """Copy a table's only row, so that there are ``DUE``."""

    async def work(connection):
        row = (await connection.execute(sa.select(table))).one()._mapping
        more = [{**row, "id": row["id"] + n, **its_own(n)} for n in range(1, DUE)]
        await connection.execute(sa.insert(table), more)

    await game.app.storage.write_raw(work)


async def due_series(game):
    await game.series()
    game.clock.advance(timedelta(days=2))
    await copies(game, t.series, lambda _n: {})
    now = game.clock.now()
    return await game.app.storage.read(lambda unit: unit.schedules.due(now, ["web"]))


async def rounds_to_close(game):
    await game.imports()
    await game.daily(close_after=timedelta(hours=1))
    game.clock.advance(timedelta(days=2))
    await copies(game, t.rounds, lambda _n: {"series_id": None})
    now = game.clock.now()
    return await game.app.storage.read(lambda unit: unit.rounds.due_to_close(now, ["web"]))


async def weeks_to_tell(game):
    now = game.clock.now()
    await game.app.storage.write(lambda unit: unit.spaces.set_weekly_next(game.space.id, now))
    await copies(game, t.spaces, lambda n: {"external_id": f"room {n}"})
    return await game.app.storage.read(lambda unit: unit.spaces.weekly_due(now, ["web"]))


@pytest.mark.parametrize(
    ("due", "module", "kind"),
    [
        (due_series, schedules, "SeriesId"),
        (rounds_to_close, rounds, "RoundId"),
        (weeks_to_tell, spaces, "SpaceId"),
    ],
    ids=["series", "rounds", "weeks"],
)
async def test_what_is_due_is_read_a_slice_in_each_turn_of_the_loop(game, monkeypatch, due, module, kind):
    mapped = Counter()
    monkeypatch.setattr(slices, "SLICE", SLICE)
    async with turns_of_the_loop() as turns:

        def in_this_turn(number):
            mapped[turns["now"]] += 1
            return number

        monkeypatch.setattr(module, kind, in_this_turn)
        ids = await due(game)
    assert len(set(ids)) == DUE
    assert max(mapped.values()) <= SLICE
    assert mapped.total() >= DUE


async def test_answers_are_counted_for_a_few_rounds_at_a_time(game, monkeypatch):
    asked, answered = [], SqlRounds.answered

    async def heard(self, round_ids):
        asked.append(list(round_ids))
        return await answered(self, round_ids)

    monkeypatch.setattr(delivery, "COUNTED_AT_ONCE", SLICE)
    monkeypatch.setattr(SqlRounds, "answered", heard)
    game.app.counted.update(range(DUE))
    await show_counts(game.app, {})
    assert sorted(number for some in asked for number in some) == list(range(DUE))
    assert max(map(len, asked)) <= SLICE
    assert game.app.counted == set()
