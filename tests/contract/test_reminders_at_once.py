"""Reminders, and what else happens at the very moment when people are reminded or a question opens."""

import asyncio
from datetime import timedelta

import pytest

from bot.services.rounds.reminding import remind
from bot.services.series import series
from tests.contract.locking import held_up
from tests.contract.reminders import MONDAY, TUESDAY, a_room, daily, with_a_streak

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
async def room(game):
    return await a_room(game)


@pytest.mark.both_databases
async def test_two_processes_remind_nobody_twice(room):
    await with_a_streak(room, "Ada", "Bob", "Cem")
    room.game.clock.set(TUESDAY + timedelta(hours=22))
    this = (await room.round()).id
    await asyncio.gather(*(remind(room.game.app, this) for _process in range(4)))
    await room.beat()
    assert sorted(who for who, _text in room.reminded) == ["ada", "bob", "cem"]


@pytest.mark.both_databases
async def test_whoever_switches_reminders_on_while_a_question_opens_is_reminded_of_it(room, monkeypatch):
    await daily(room)
    await room.at(MONDAY + timedelta(hours=9))
    await room.answers("Ada")
    plan, switching = series.plan_reminder, []

    async def plan_and_dawdle(*args):
        await plan(*args)
        switching.append(asyncio.create_task(room.says("Ada", "/quiz reminders on")))
        await held_up(room.game.app, switching[-1])

    monkeypatch.setattr(series, "plan_reminder", plan_and_dawdle)
    await room.at(TUESDAY + timedelta(hours=9))
    await asyncio.gather(*switching)
    await room.at(TUESDAY + timedelta(hours=22))
    assert [who for who, _text in room.reminded] == ["ada"]


@pytest.mark.both_databases
async def test_whoever_is_forgotten_at_this_very_moment_leaves_no_reminder_behind(room):
    await with_a_streak(room, "Ada")
    room.game.clock.set(TUESDAY + timedelta(hours=22))
    this, app = (await room.round()).id, room.game.app

    async def forget(unit):
        await unit.forgetting.forget_private(room.game.member("Ada"))
        reminding = asyncio.create_task(remind(app, this))
        await held_up(app, reminding)
        return reminding

    await (await app.storage.write(forget))
    assert await app.storage.read(lambda unit: unit.outbox.direct_waiting(room.space.id)) == 0
